import type { Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { SaleEvent, SaleResult } from '#contract/till/loyalty.ts';
import type { SaleOrder, SaleRun, SpendOrder } from '#service/loyalty/sale-run.ts';

/** A purchase as most tests make it; each has its own intention. */
export const usualSale: Omit<SaleOrder, 'intention'> = {
  operation: 'sale',
  amountMinor: 1250,
  excludedMinor: 0,
  pin: null,
  source: 'keyboard',
  receiptNumber: null,
  useCardAsItLies: false,
  timeoutMs: 30_000,
};

/** A spending likewise. */
export const usualSpend: Omit<SpendOrder, 'intention'> = {
  operation: 'spend',
  what: { kind: 'points', points: 100 },
  pin: null,
  source: 'keyboard',
  approvedBy: null,
  useCardAsItLies: false,
  timeoutMs: 30_000,
};

/** A sale that was asked for, and what has come of it so far. */
export type AskedSale = {
  intention: string;
  events: SaleEvent[];
  stages: () => string[];
  result: () => SaleResult;
  /** Null while it goes on. */
  end: () => Result<void, TillError> | null;
};

/** Listens to a sale from its beginning. */
export function follow(run: SaleRun): AskedSale {
  const events: SaleEvent[] = [];
  let end: Result<void, TillError> | null = null;
  void (async () => {
    const heard = run.follow();
    for (let step = await heard.next(); ; step = await heard.next()) {
      if (step.done) {
        end = step.value;
        return;
      }
      events.push(step.value);
    }
  })();
  return {
    intention: run.order.intention,
    events,
    stages: () => events.map(({ stage }) => stage),
    result() {
      const found = events.find((event) => event.stage === 'result');
      if (!found) throw new Error(`no result: ${JSON.stringify(end)}`);
      return found.result;
    },
    end: () => end,
  };
}
