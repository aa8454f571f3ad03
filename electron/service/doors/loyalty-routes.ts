import { implement } from '@orpc/server';
import { tillContract } from '#contract/till/index.ts';
import type { Acting } from '../acting.ts';
import { doOnce } from '../loyalty/do-once.ts';
import { findReversible, foundOperation } from '../loyalty/find-operation.ts';
import type { CounterOrder, SaleRun } from '../loyalty/sale-run.ts';
import { showCard } from '../loyalty/show-card.ts';
import type { Service } from '../service.ts';
import { acting, allowed } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted, type Refuser } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** What is done with a customer's card: sold, spent, taken back, looked at. */
export function loyaltyRoutes(service: Service) {
  const { loyalty, sales, cardWorks, reprints, reversals, desk } = service;

  /** Does what was asked, once. A screen that is loaded anew comes back to it; a command that is gone does not, and the next card is not for it. */
  function begun(who: Acting, order: CounterOrder, errors: Refuser, signal: AbortSignal | undefined): SaleRun {
    const run = accepted(doOnce(loyalty, sales, who, order), errors);
    const hungUp = () => void sales.cancel(order.intention);
    if (order.source === 'command') signal?.addEventListener('abort', hungUp, { once: true });
    return run;
  }

  return {
    sell: os.loyalty.sell.handler(async function* ({ input, context, errors, signal }) {
      const run = begun(acting(service, context, errors, 'sale'), { operation: 'sale', ...input }, errors, signal);
      // A repeat of a sale that has ended takes no newer amount off the screen.
      const shown = desk.register.amount?.amountMinor;
      if (input.source === 'register' && shown === input.amountMinor) desk.register.clearAmount();
      accepted(yield* run.follow(signal), errors);
    }),
    spend: os.loyalty.spend.handler(async function* ({ input, context, errors, signal }) {
      const { approval, ...asked } = input;
      const { who, approvedBy } = await allowed(service, context, errors, 'spend', approval);
      const run = begun(who, { operation: 'spend', ...asked, approvedBy }, errors, signal);
      accepted(yield* run.follow(signal), errors);
    }),
    reverse: os.loyalty.reverse.handler(async ({ input, context, errors }) =>
      accepted(await reversals.reverse(loyalty, acting(service, context, errors, 'reversal'), input), errors),
    ),
    findOperation: os.loyalty.findOperation.handler(async ({ input, errors }) =>
      foundOperation(accepted(await findReversible(loyalty, input.entry), errors)),
    ),
    cancel: os.loyalty.cancel.handler(({ input: { intention } }) => ({
      cancelled: sales.cancel(intention) || cardWorks.cancel(intention),
    })),
    showCard: os.loyalty.showCard.handler(async function* ({ input, errors, signal }) {
      const given = signal ?? new AbortController().signal;
      accepted(yield* showCard(loyalty, input.timeoutMs, given), errors);
    }),
    reprint: os.loyalty.reprint.handler(async ({ input, context, errors }) =>
      accepted(await reprints.print(loyalty, acting(service, context, errors, 'reprint'), input), errors),
    ),
  };
}
