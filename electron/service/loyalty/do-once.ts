import type { JournalEntry } from '#contract/journal/entry.ts';
import { rewardFor } from '#contract/loyalty/programme.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { LoyaltyParts } from './parts.ts';
import { noClaim } from './print-ticket.ts';
import { claims, recordedOperation, resultOf } from './recorded.ts';
import { type CounterOrder, isSameOrder, isSamePurchase, SaleRun, type SaleRuns } from './sale-run.ts';
import { sell } from './sell.ts';
import { spend } from './spend.ts';

/**
 * A sale or a spending by its intention, once for ever: a repeat joins the one under way or hears the first answer again,
 * also after a restart, from the journal. Errors: IntentionReused (same id, another content), SaleInProgress.
 */
export function doOnce(
  parts: LoyaltyParts,
  runs: SaleRuns,
  acting: Acting,
  order: CounterOrder,
): Result<SaleRun, TillError> {
  const known = runs.find(order.intention);
  if (known && !isSameOrder(known.order, order)) return err(tillError('IntentionReused'));
  if (known && !known.refused && !hasTurnedOut(parts, known)) return ok(known);
  // A refusal left nothing durable, so it is no answer to keep: the person tries the same intention again.
  if (known) runs.forget(order.intention);
  const recorded = parts.reader.act(order.intention);
  if (recorded) return answerAgain(parts, order);
  const run = runs.begin(order);
  if (!run.ok) return run;
  const { intention, operation, source } = order;
  const what = order.operation === 'sale' ? { amountMinor: order.amountMinor } : { what: order.what.kind };
  parts.log('info', `${operation}.asked`, { intention, source, staff: acting.code, ...what });
  const done =
    order.operation === 'sale' ? sell(parts, acting, run.value, order) : spend(parts, acting, run.value, order);
  void done
    .catch((defect: unknown) => {
      parts.onDefect(defect);
      run.value.finish(endAfterDefect(parts, run.value));
    })
    .then(() => parts.log('info', `${operation}.ended`, { intention, outcome: run.value.outcome }));
  return run;
}

/** It ended without anybody knowing whether points were taken, and since then the card has told. */
const hasTurnedOut = ({ reader }: LoyaltyParts, { ended, leftOpen, order }: SaleRun): boolean =>
  ended &&
  leftOpen &&
  order.operation === 'spend' &&
  reader.operation(order.intention)?.facts.cardOutcome !== 'unknown';

/** What stands in the journal is told as it stands: a refusal would make the cashier sell it once more. */
function endAfterDefect(parts: LoyaltyParts, run: SaleRun): Result<void, TillError> {
  try {
    if (parts.reader.act(run.order.intention)) return tellRecorded(parts, run);
  } catch (another) {
    // The journal does not say whether the sale stands, so neither do we. The wait must end all the same.
    parts.onDefect(another);
    return err(tillError('ServiceGone', { what: 'defect' }));
  }
  return err(tillError('ProgramFault', { what: 'defect' }));
}

function answerAgain(parts: LoyaltyParts, order: CounterOrder): Result<SaleRun, TillError> {
  const run = new SaleRun(order);
  const told = tellRecorded(parts, run);
  if (!told.ok) return told;
  run.finish(told);
  return ok(run);
}

/**
 * Tells an operation's end from the journal, as it has turned out since. Errors: IntentionReused, NotEnrolled, CardRemoved (a
 * spending that took nothing).
 */
function tellRecorded(parts: LoyaltyParts, run: SaleRun): Result<void, TillError> {
  const { intention } = run.order;
  const standing = parts.reader.operation(intention);
  if (!standing || !isThisOrder(parts, standing.sealed.entry, run.order)) return err(tillError('IntentionReused'));
  const { cardOutcome, printOutcome, tapToResultMs, cardNumber } = standing.facts;
  if (run.order.operation === 'spend' && cardOutcome === 'not-applied') {
    return err(tillError('CardRemoved', { cardNumber }));
  }
  const outcome = parts.reader
    .outcomes(intention)
    .map(({ entry }) => entry)
    .find((entry) => entry.kind === 'card.outcome');
  const recorded = recordedOperation(parts, intention, {
    cardPending: cardOutcome !== 'applied',
    exchanges: outcome?.body.exchanges ?? 0,
    tapToResultMs: tapToResultMs ?? 0,
  });
  if (!recorded.ok) return recorded;
  run.emit({ stage: 'result', result: resultOf(recorded.value) });
  const said = claims(recorded.value) ? { print: printOutcome ?? 'unknown', why: null } : noClaim(cardNumber);
  run.emit({ stage: 'printed', ...said });
  return ok(undefined);
}

/** Points are money at any time; only gifts have their days. */
const anyMoment = { wallMs: 0, timeZone: 'UTC' };

/** The entry on record is what this order asks for. */
function isThisOrder({ feed }: LoyaltyParts, entry: JournalEntry, order: CounterOrder): boolean {
  if (order.operation === 'sale') return entry.kind === 'loyalty.sale' && isSamePurchase(entry.body, order);
  if (entry.kind !== 'loyalty.spend') return false;
  const { reward, points, programme, rulesVersion } = entry.body;
  if (order.what.kind === 'points') {
    if (reward.kind !== 'money' || reward.voucher) return false;
    // Only full steps of what was asked for were taken, by the rules of then.
    const rules = feed.programmeVersion(programme, rulesVersion);
    const wanted = rules && rewardFor(rules, order.what, Number.MAX_SAFE_INTEGER, anyMoment);
    return wanted?.ok ? wanted.value.points === -points : -points <= order.what.points;
  }
  const gift = reward.kind === 'gift' ? reward.id : reward.voucher?.id;
  return gift === order.what.gift;
}
