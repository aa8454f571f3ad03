import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { answer } from '#backend/refusal.ts';
import { officeCardsStockContract } from '#contract/central/office-cards-stock.ts';
import type { StockDesk } from './stock-desk.ts';

/** The office's calls about lots and issued cards. @param sessionOf who asks; throws the refusal of one who may not */
export function stockRoutes(desk: StockDesk, sessionOf: (context: RequestContext) => Promise<Session>) {
  const os = implement(officeCardsStockContract)
    .$context<RequestContext>()
    .use(async ({ context, next }) => next({ context: { session: await sessionOf(context) } }));
  return {
    cardLots: os.cardLots.handler(async ({ input, context }) => answer(await desk.lots(context.session, input))),
    issuedCards: os.issuedCards.handler(async ({ input, context }) =>
      answer(await desk.issued(context.session, input)),
    ),
    orderCardLot: os.orderCardLot.handler(async ({ input, context }) =>
      answer(await desk.order(context.session, input)),
    ),
    makeCardLot: os.makeCardLot.handler(async ({ input, context }) => answer(await desk.make(context.session, input))),
    assignCardLot: os.assignCardLot.handler(async ({ input, context }) =>
      answer(await desk.assign(context.session, input)),
    ),
  };
}
