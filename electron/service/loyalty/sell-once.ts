import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting, LoyaltyParts } from './parts.ts';
import { recordedSale, saleResult } from './sale-facts.ts';
import { type SaleOrder, SaleRun, type SaleRuns } from './sale-run.ts';
import { sell } from './sell.ts';

/**
 * A sale by its intention, once for ever: a repeat joins the sale under way or hears the first answer again,
 * also after a restart, from the journal. Errors: IntentionReused (same id, another amount), SaleInProgress.
 */
export function sellOnce(
  parts: LoyaltyParts,
  runs: SaleRuns,
  acting: Acting,
  order: SaleOrder,
): Result<SaleRun, TillError> {
  const known = runs.find(order.intention);
  if (known && known.order.amountMinor !== order.amountMinor) return err(tillError('IntentionReused'));
  if (known && !known.refused) return ok(known);
  // A refusal left nothing durable, so it is no answer to keep: the person tries the same intention again.
  if (known) runs.forget(order.intention);
  const recorded = parts.reader.act(order.intention);
  if (recorded) return answerAgain(parts, order);
  const run = runs.begin(order);
  if (!run.ok) return run;
  const { intention, amountMinor, source } = order;
  parts.log('info', 'sale.asked', { intention, amountMinor, source, staff: acting.code });
  void sell(parts, acting, run.value)
    .catch((defect: unknown) => {
      parts.onDefect(defect);
      run.value.finish(endAfterDefect(parts, run.value));
    })
    .then(() => parts.log('info', 'sale.ended', { intention, outcome: run.value.outcome }));
  return run;
}

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

function answerAgain(parts: LoyaltyParts, order: SaleOrder): Result<SaleRun, TillError> {
  const run = new SaleRun(order);
  const told = tellRecorded(parts, run);
  if (!told.ok) return told;
  run.finish(told);
  return ok(run);
}

/** Tells a sale's end from the journal. Errors: IntentionReused, NotEnrolled. */
function tellRecorded(parts: LoyaltyParts, run: SaleRun): Result<void, TillError> {
  const { intention, amountMinor } = run.order;
  const sale = parts.reader.sale(intention);
  if (sale?.sealed.entry.body.amountMinor !== amountMinor) return err(tillError('IntentionReused'));
  const outcome = parts.reader
    .outcomes(intention)
    .map(({ entry }) => entry)
    .find((entry) => entry.kind === 'card.outcome');
  const facts = recordedSale(parts, intention, {
    cardPending: sale.facts.cardOutcome !== 'applied',
    exchanges: outcome?.body.exchanges ?? 0,
    tapToResultMs: sale.facts.tapToResultMs ?? 0,
  });
  if (!facts.ok) return facts;
  run.emit({ stage: 'result', result: saleResult(facts.value) });
  run.emit({ stage: 'printed', print: sale.facts.printOutcome ?? 'unknown', why: null });
  return ok(undefined);
}
