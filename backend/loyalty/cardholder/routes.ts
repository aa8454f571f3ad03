import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import { answer } from '#backend/refusal.ts';
import { cardholderContract } from '#contract/central/cardholder.ts';
import type { CardholderDesk } from './desk.ts';

/** The calls of the cardholder's own page. */
export function cardholderRoutes(desk: CardholderDesk) {
  const os = implement(cardholderContract).$context<RequestContext>();
  const signedIn = os.use(async ({ context, next }) =>
    next({ context: { session: answer(await desk.session(context.bearer)) } }),
  );
  return {
    signIn: os.signIn.handler(async ({ input, context }) => answer(await desk.signIn(input, context.address))),
    signOut: signedIn.signOut.handler(async ({ context }) => {
      await desk.signOut(context.session);
      return { done: true as const };
    }),
    card: signedIn.card.handler(({ context }) => desk.card(context.session)),
    declareLost: signedIn.declareLost.handler(({ context }) => desk.declareLost(context.session)),
    changePin: signedIn.changePin.handler(async ({ input, context }) =>
      answer(await desk.changePin(context.session, input, context.address)),
    ),
  };
}
