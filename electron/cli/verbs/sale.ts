import { parseAmount } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import { withCardPin } from '../card-pin.ts';
import { operationOutcome } from '../operation-outcome.ts';
import { timeoutMs } from '../options.ts';
import { refused } from '../outcome.ts';
import { tillStateNow } from '../till-state.ts';
import type { Verb } from '../verb.ts';

export const sale: Verb = {
  name: 'sale',
  usage: '--amount A [--excluded A] [--pin-stdin] [--intention UUID] [--timeout SECONDS]',
  summary: {
    fr: 'une vente qui donne des points ; attend la carte',
    en: 'a sale that earns points; waits for the card',
  },
  options: { amount: { type: 'string' }, excluded: { type: 'string' } },
  needs: ['amount'],
  actsAs: 'cashier',
  async run(call) {
    const { currency } = await tillStateNow(call.till);
    const amount = parseAmount(String(call.options.amount ?? ''), currency);
    const excluded = parseAmount(String(call.options.excluded ?? ''), currency);
    const wrong = amount.ok ? (call.options.excluded === undefined || excluded.ok ? null : excluded) : amount;
    if (wrong && !wrong.ok) {
      const { type, ...facts } = wrong.error;
      return refused(tillError(type, facts));
    }
    const order = {
      intention: String(call.options.intention ?? call.uuid()),
      amountMinor: amount.ok ? amount.value : 0,
      excludedMinor: excluded.ok ? excluded.value : 0,
      source: 'command' as const,
      receiptNumber: null,
      useCardAsItLies: true,
      timeoutMs: timeoutMs(call.options),
    };
    return withCardPin(call, async (pin) => operationOutcome(call, await call.till.loyalty.sell({ ...order, pin })));
  },
};
