import { implement } from '@orpc/server';
import type { Result } from '#contract/result/index.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import type { TillError } from '#contract/till/errors.ts';
import { tillContract } from '#contract/till/index.ts';
import { issueOnce } from '../cards/issue.ts';
import { setPinOnce, unblockPinOnce } from '../cards/pin.ts';
import type { WorkRun } from '../cards/works.ts';
import type { Service } from '../service.ts';
import { acting, allowed } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** Work on the card that lies on the reader: made, its PIN set, its tries given back. */
export function cardWorkRoutes(service: Service) {
  const { cardWork, cardWorks } = service;

  /** A screen that is loaded anew comes back to it; a command that is gone does not, and the next card is not for it. */
  async function* told(
    run: WorkRun,
    { through }: DoorContext,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<CardWorkEvent, Result<void, TillError>> {
    const hungUp = () => void cardWorks.cancel(run.order.intention);
    if (through === 'command') signal?.addEventListener('abort', hungUp, { once: true });
    return yield* run.follow(signal);
  }

  return {
    issue: os.cards.issue.handler(async function* ({ input, context, errors, signal }) {
      const who = acting(service, context, errors, 'issue');
      const run = accepted(issueOnce(cardWork, cardWorks, who, input), errors);
      accepted(yield* told(run, context, signal), errors);
    }),
    setPin: os.cards.setPin.handler(async function* ({ input, context, errors, signal }) {
      const { approval, ...asked } = input;
      // The PIN of now speaks for itself; without it somebody answers for the change.
      const { who, approvedBy } =
        asked.pin === null
          ? await allowed(service, context, errors, 'pin', approval)
          : { who: acting(service, context, errors, 'pin'), approvedBy: null };
      const run = accepted(setPinOnce(cardWork, cardWorks, who, { ...asked, approvedBy }), errors);
      accepted(yield* told(run, context, signal), errors);
    }),
    unblockPin: os.cards.unblockPin.handler(async function* ({ input, context, errors, signal }) {
      const { approval, ...asked } = input;
      const { who, approvedBy } = await allowed(service, context, errors, 'pin', approval);
      const run = accepted(unblockPinOnce(cardWork, cardWorks, who, { ...asked, approvedBy }), errors);
      accepted(yield* told(run, context, signal), errors);
    }),
  };
}
