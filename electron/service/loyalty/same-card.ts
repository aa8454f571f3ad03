import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { recordCardOutcome } from './card-outcome.ts';
import { openCard } from './open-card.ts';
import type { LoyaltyParts, PinToFollow, ShopAtTill } from './parts.ts';
import { type Recorded, recordedOperation } from './recorded.ts';
import { checksBefore, refusalOf } from './refusals.ts';
import type { SaleRun } from './sale-run.ts';
import { settleOpenWrites } from './settle.ts';
import { awaitTap } from './tap.ts';

/**
 * How long a debit may be made again after its first try. The server takes a till for dead that says nothing of a card for a
 * minute, and another till may then find that nothing was taken: until then this one must have said so.
 */
const debitWaitMs = 45_000;

/** @param follow the PIN that the card's own key has still to follow; null: none */
export type Torn = { recorded: Recorded; untilMs: number; follow: PinToFollow | null };

/**
 * The card was pulled during its write. If it comes back in time it is put right now, and a spending is taken then; if not, at its
 * next tap. Errors: CardRemoved where it came back and a spending turns out to have taken nothing.
 */
export async function awaitSameCard(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  run: SaleRun,
  { recorded, untilMs: deadlineMs, follow }: Torn,
): Promise<Result<Recorded, TillError>> {
  const { body, kind } = recorded.entry;
  const { cardNumber } = body;
  const untilMs = kind === 'loyalty.spend' ? Math.min(deadlineMs, parts.clock.monotonicMs() + debitWaitMs) : deadlineMs;
  for (let trouble: TillError = tillError('CardTorn', { cardNumber }); ; ) {
    const tap = await awaitTap(parts, run, untilMs, trouble);
    if (!tap.ok) return ok(leftOpen(parts, recorded));
    const settled = await settleThisCard(parts, shop, recorded, follow);
    if (settled.ok) return standing(parts, recorded, settled.value);
    // Whatever refuses itself is not the card that was written to a moment ago.
    if (checksBefore(settled.error).length > 0) {
      run.emit({ stage: 'other-card', cardNumber: String(settled.error.facts?.cardNumber ?? '') });
    }
    trouble = tillError('CardTorn', { cardNumber });
  }
}

/** Nobody waits any more: from now on whoever sees the card decides what became of the write. */
function leftOpen(parts: LoyaltyParts, recorded: Recorded): Recorded {
  const { intention, body } = recorded.entry;
  if (parts.reader.operation(intention)?.facts.cardOutcome !== null) return recorded;
  const { exchanges, tapToResultMs } = recorded;
  recordCardOutcome(parts, intention, { cardNumber: body.cardNumber, outcome: 'unknown', exchanges, tapToResultMs });
  return recorded;
}

function standing(parts: LoyaltyParts, recorded: Recorded, exchanges: number): Result<Recorded, TillError> {
  const { intention, body } = recorded.entry;
  const outcome = parts.reader.operation(intention)?.facts.cardOutcome;
  if (outcome === 'not-applied') return err(tillError('CardRemoved', { cardNumber: body.cardNumber }));
  return recordedOperation(
    parts,
    intention,
    {
      cardPending: outcome !== 'applied',
      exchanges: recorded.exchanges + exchanges,
      tapToResultMs: recorded.tapToResultMs,
    },
    recorded.settled,
  );
}

/** Settles the card if it is this one. Returns the exchanges it took. */
async function settleThisCard(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  { entry: { intention, body } }: Recorded,
  follow: PinToFollow | null,
): Promise<Result<number, TillError>> {
  const lent = await parts.cards.withCard(async (transport): Promise<Result<number, TillError>> => {
    parts.taps.use(parts.cards.state().presence);
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    if (!opened.ok) return opened;
    const { session, cardNumber: found } = opened.value;
    if (found !== body.cardNumber) return err(tillError('CardChanged', { cardNumber: found }));
    const settled = await settleOpenWrites(parts, opened.value, intention);
    if (!settled.ok) return settled;
    await parts.afterOperation?.(opened.value, follow);
    return ok(session.exchanges);
  });
  return lent.ok ? lent.value : err(refusalOf(lent.error));
}
