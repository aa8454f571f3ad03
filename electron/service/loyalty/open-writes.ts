import type { OpenWrite } from '#contract/central/feed.ts';
import type { OpenIntent } from '#contract/loyalty/torn-writes.ts';
import type { Operation, WriteOutcome } from '../store/index.ts';
import type { LoyaltyParts } from './parts.ts';

/** An open write, and whether it stands in this till's own journal; if so, how another till has found it meanwhile. */
export type OpenWriteHere = OpenIntent & { own: boolean; foundElsewhere: WriteOutcome | null };

/**
 * All that has still to reach a card: what other tills and the server left open, then this till's own, oldest first each.
 * Their order changes no balance, and each one's least counter holds in any order.
 */
export function openWritesOf({ reader, feed }: Pick<LoyaltyParts, 'reader' | 'feed'>, cardNumber: string) {
  const elsewhere = feed.openWrites(cardNumber).filter(({ intention }) => reader.act(intention) === null);
  const own = reader.openCardIntents(cardNumber);
  return [
    ...elsewhere.map((write) => foreignIntent(write)),
    ...own.map((operation) => ownIntent(operation, feed.settledElsewhere(operation.facts.intention))),
  ];
}

const foreignIntent = ({ cardNumber: _, ...write }: OpenWrite): OpenWriteHere => ({
  ...write,
  own: false,
  foundElsewhere: null,
});

function ownIntent({ sealed: { entry } }: Operation, foundElsewhere: WriteOutcome | null): OpenWriteHere {
  const { intention, wallTime } = entry;
  const { points, cardCounter } = entry.body;
  const write = { intention, points, cardCounter, wallMs: Date.parse(wallTime), own: true, foundElsewhere };
  switch (entry.kind) {
    case 'loyalty.sale':
      return { ...write, operation: 'earn', spendMinor: entry.body.amountMinor };
    case 'loyalty.spend':
      return { ...write, operation: 'spend', spendMinor: 0 };
    case 'loyalty.reversal':
    case 'card.replaced':
      return { ...write, operation: 'adjust', spendMinor: entry.body.spendMinor };
  }
}

/**
 * The least counter at which a write made from now on can stand on a card, by all that this till knows: one more than what is
 * sure. What an open sale or spending would have made of the card is not sure; what it was made upon is.
 */
export function leastCounter({ reader, feed }: Pick<LoyaltyParts, 'reader' | 'feed'>, cardNumber: string): number {
  const known = reader.card(cardNumber);
  if (!known || known.quarantined) return 1;
  return sureCounter(known.counter, openWritesOf({ reader, feed }, cardNumber)) + 1;
}

/** @param known the highest counter that this journal has for the card */
export function sureCounter(known: number, open: readonly OpenWriteHere[]): number {
  const unsure = open.filter(({ own, operation }) => own && operation !== 'adjust');
  return unsure.reduce((counter, { cardCounter }) => Math.min(counter, cardCounter - 1), known);
}
