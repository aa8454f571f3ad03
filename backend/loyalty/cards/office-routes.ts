import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { answer } from '#backend/refusal.ts';
import { officeCardsContract } from '#contract/central/office-cards.ts';
import type { OfficeCards } from './office-desk.ts';

/** The office's calls about cards, holders and cases. @param sessionOf who asks; throws the refusal of one who may not */
export function officeCardRoutes(desk: OfficeCards, sessionOf: (context: RequestContext) => Promise<Session>) {
  const os = implement(officeCardsContract)
    .$context<RequestContext>()
    .use(async ({ context, next }) => next({ context: { session: await sessionOf(context) } }));
  return {
    cards: os.cards.handler(async ({ input, context }) => answer(await desk.cards(context.session, input))),
    card: os.card.handler(async ({ input, context }) => answer(await desk.card(context.session, input.cardNumber))),
    cardOperations: os.cardOperations.handler(async ({ input, context }) =>
      answer(await desk.operations(context.session, input)),
    ),
    blockCard: os.blockCard.handler(async ({ input, context }) => {
      const done = answer(await desk.block(context.session, input));
      const { blocked, reason } = input;
      context.log.info({ by: context.session.person.code, blocked, reason }, 'card taken out of use or put back');
      return done;
    }),
    customer: os.customer.handler(async ({ input, context }) =>
      answer(await desk.customer(context.session, input.cardNumber)),
    ),
    putCustomer: os.putCustomer.handler(async ({ input, context }) =>
      answer(await desk.putCustomer(context.session, input.cardNumber, input.customer)),
    ),
    eraseCustomer: os.eraseCustomer.handler(async ({ input, context }) =>
      answer(await desk.eraseCustomer(context.session, input.cardNumber)),
    ),
    cases: os.cases.handler(async ({ input, context }) => answer(await desk.cases(context.session, input))),
    settleCase: os.settleCase.handler(async ({ input, context }) =>
      answer(await desk.settleCase(context.session, input)),
    ),
  };
}
