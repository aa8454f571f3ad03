import type { JournalEntry } from '#contract/journal/entry.ts';
import type { EntryBody } from '#contract/journal/kinds.ts';
import type { Operation } from './operations.ts';
import { joined, type Known } from './outcomes.ts';

/** What a till said of one write to one card. */
export type Reported = {
  intention: string;
  cardNumber: string;
  outcome: Known;
  cardCounter: number | null;
  cardBalance: number | null;
};

const keyOf = ({ intention, cardNumber }: { intention: string; cardNumber: string }) => `${intention}/${cardNumber}`;

function reportOf({ intention, body }: { intention: string; body: EntryBody<'card.outcome'> }): Reported {
  const { cardNumber, outcome, cardCounter = null, balance = null } = body;
  return { intention, cardNumber, outcome, cardCounter, cardBalance: balance };
}

/** An outcome on top of what was known. Where the record stands is believed of an applied one alone; unsaid: as was intended. */
export function withOutcome<T extends Pick<Operation, 'outcome' | 'cardCounter' | 'cardBalance'>>(
  known: T,
  { outcome, cardCounter, cardBalance }: Reported,
): T {
  const stands = joined(known.outcome, outcome);
  if (outcome !== 'applied' || known.outcome === 'applied') return { ...known, outcome: stands };
  return {
    ...known,
    outcome: stands,
    cardCounter: cardCounter ?? known.cardCounter,
    cardBalance: cardBalance ?? known.cardBalance,
  };
}

/**
 * Outcomes of a batch put onto the operations of the same batch, as a sale and its outcome mostly come together.
 * @returns the operations, and, joined to one each, the outcomes of operations that came before
 */
export function mergeOutcomes(
  operations: readonly Operation[],
  outcomes: readonly JournalEntry<'card.outcome'>[],
): { operations: Operation[]; earlier: Reported[] } {
  const fresh = new Map(operations.map((operation) => [keyOf(operation), operation]));
  const earlier = new Map<string, Reported>();
  for (const report of outcomes.map(reportOf)) {
    const key = keyOf(report);
    const operation = fresh.get(key);
    if (operation && operation.kind !== 'moved-out') fresh.set(key, withOutcome(operation, report));
    else if (!operation) {
      const before = earlier.get(key);
      earlier.set(key, before ? withOutcome(before, report) : report);
    }
  }
  return { operations: [...fresh.values()], earlier: [...earlier.values()] };
}
