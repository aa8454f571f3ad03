import { implement } from '@orpc/server';
import type { AccountEvent } from '#contract/till/accounts.ts';
import { tillError } from '#contract/till/errors.ts';
import { tillContract } from '#contract/till/index.ts';
import { actOnce } from '../accounts/act.ts';
import { accountResult } from '../accounts/posted.ts';
import { centralRefusal } from '../cards/central-refusal.ts';
import { isNotFound } from '../loyalty/central-cards.ts';
import type { Service } from '../service.ts';
import { allowed } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** A card's purse and credit: looked at, and moved. */
export function accountsRoutes(service: Service) {
  const { accounts, cardWorks } = service;
  return {
    show: os.accounts.show.handler(async ({ input: { cardNumber }, errors }) => {
      const told = await accounts.central()?.accounts(cardNumber);
      if (!told) throw errors.REFUSED({ data: tillError('NeedsLink', { why: 'purse' }) });
      if (told.ok) return told.value;
      const unknown = isNotFound(told.error) ? tillError('CardNumberUnknown', { cardNumber }) : null;
      throw errors.REFUSED({ data: unknown ?? centralRefusal(told.error) });
    }),
    act: os.accounts.act.handler(async function* ({ input, context, errors, signal }) {
      const { approval, ...order } = input;
      const right = order.act === 'refund' ? 'purse-refund' : 'account';
      const { who, approvedBy } = await allowed(service, context, errors, right, approval);
      const run = accepted(actOnce(accounts, who, { ...order, approvedBy }), errors);
      const hungUp = () => void cardWorks.cancel(order.intention);
      if (context.through === 'command') signal?.addEventListener('abort', hungUp, { once: true });
      const heard = run.follow(signal);
      for (let step = await heard.next(); ; step = await heard.next()) {
        if (step.done) return accepted(step.value, errors);
        const event = step.value;
        if (event.stage === 'done') {
          const result = accepted(accountResult(accounts, order.intention), errors);
          yield { stage: 'posted', result } satisfies AccountEvent;
        } else if (event.stage !== 'issued') yield event satisfies AccountEvent;
      }
    }),
  };
}
