import { implement } from '@orpc/server';
import { tillContract } from '#contract/till/index.ts';
import { issueOnce } from '../cards/issue.ts';
import { setPinOnce, unblockPinOnce } from '../cards/pin.ts';
import type { Service } from '../service.ts';
import { acting, allowed } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** Work on the card that lies on the reader: made, its PIN set, its tries given back. It goes on when its caller hangs up. */
export function cardWorkRoutes(service: Service) {
  const { cardWork, cardWorks } = service;
  return {
    issue: os.cards.issue.handler(async function* ({ input, context, errors, signal }) {
      const who = acting(service, context, errors, 'issue');
      accepted(yield* accepted(issueOnce(cardWork, cardWorks, who, input), errors).follow(signal), errors);
    }),
    setPin: os.cards.setPin.handler(async function* ({ input, context, errors, signal }) {
      const { approval, ...asked } = input;
      // The PIN of now speaks for itself; without it somebody answers for the change.
      const { who, approvedBy } =
        asked.pin === null
          ? await allowed(service, context, errors, 'pin', approval)
          : { who: acting(service, context, errors, 'pin'), approvedBy: null };
      const run = accepted(setPinOnce(cardWork, cardWorks, who, { ...asked, approvedBy }), errors);
      accepted(yield* run.follow(signal), errors);
    }),
    unblockPin: os.cards.unblockPin.handler(async function* ({ input, context, errors, signal }) {
      const { approval, ...asked } = input;
      const { who, approvedBy } = await allowed(service, context, errors, 'pin', approval);
      const run = accepted(unblockPinOnce(cardWork, cardWorks, who, { ...asked, approvedBy }), errors);
      accepted(yield* run.follow(signal), errors);
    }),
  };
}
