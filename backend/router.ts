import { implement } from '@orpc/server';
import { centralContract } from '#contract/central/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { AccountsDesk } from './accounts/desk.ts';
import { accountRoutes } from './accounts/routes.ts';
import type { CardDesk } from './cards/card-desk.ts';
import type { StockDesk } from './cards/stock/stock-desk.ts';
import { stockRoutes } from './cards/stock/stock-routes.ts';
import type { RequestContext } from './http/request-context.ts';
import type { CardholderDesk } from './loyalty/cardholder/desk.ts';
import { cardholderRoutes } from './loyalty/cardholder/routes.ts';
import type { OfficeCards } from './loyalty/cards/office-desk.ts';
import { officeCardRoutes } from './loyalty/cards/office-routes.ts';
import type { TillCards } from './loyalty/cards/till-cards.ts';
import type { CustomerFiles } from './loyalty/customers/file-requests.ts';
import { customerFileRoutes } from './loyalty/customers/file-routes.ts';
import type { ProgrammeDesk } from './loyalty/programmes/desk.ts';
import { programmeRoutes } from './loyalty/programmes/routes.ts';
import type { OfficeDesk } from './parties/office-desk.ts';
import type { ShopDesk } from './parties/shop-desk.ts';
import { shopRoutes } from './parties/shop-routes.ts';
import { answer } from './refusal.ts';
import type { DaysDesk } from './reports/days/office-days.ts';
import { daysRoutes } from './reports/days/routes.ts';
import type { FileDesk } from './reports/file-desk.ts';
import type { TerminalDesk } from './terminals/terminal-desk.ts';

export type Desks = {
  terminals: TerminalDesk;
  cards: CardDesk;
  stock: StockDesk;
  ledger: TillCards;
  officeCards: OfficeCards;
  office: OfficeDesk;
  programmes: ProgrammeDesk;
  shop: ShopDesk;
  files: FileDesk;
  customerFiles: CustomerFiles;
  cardholders: CardholderDesk;
  days: DaysDesk;
  accounts: AccountsDesk;
  clock: Clock;
  version: string;
};

/** The central contract, each call handed to the desk that answers it. */
export function centralRouter({
  terminals,
  cards,
  stock,
  ledger,
  officeCards,
  office,
  programmes,
  shop,
  files,
  customerFiles,
  cardholders,
  days,
  accounts,
  clock,
  version,
}: Desks) {
  const os = implement(centralContract).$context<RequestContext>();
  // Who asks is settled before what is asked is looked at.
  const signed = os.use(async ({ context, next }) =>
    next({ context: { terminal: answer(await terminals.authentic(context.arrived)) } }),
  );
  const inOffice = os.use(async ({ context, next }) =>
    next({ context: { session: answer(await office.session(context.bearer)) } }),
  );
  const reading = os.use(async ({ context, next }) =>
    next({ context: { session: answer(await office.reader(context.bearer)) } }),
  );
  return os.router({
    health: os.health.handler(() => ({ ok: true, nowMs: clock.wallMs(), version })),
    terminals: {
      enrol: os.terminals.enrol.handler(async ({ input }) => answer(await terminals.enrol(input))),
      push: signed.terminals.push.handler(async ({ input, context }) =>
        answer(await terminals.push(context.terminal, input, context.log)),
      ),
      head: signed.terminals.head.handler(async ({ input, context }) =>
        answer(await terminals.head(context.terminal, input.terminal)),
      ),
      common: signed.terminals.common.handler(async ({ input, context }) =>
        answer(await terminals.common(context.terminal, input)),
      ),
      feed: signed.terminals.feed.handler(async ({ input, context }) =>
        answer(await terminals.feed(context.terminal, input)),
      ),
      time: os.terminals.time.handler(({ input }) => terminals.time(input.nonce)),
      ticketCertificate: signed.terminals.ticketCertificate.handler(async ({ input, context }) =>
        answer(await terminals.ticketCertificate(context.terminal, input.terminal)),
      ),
    },
    cards: {
      show: signed.cards.show.handler(async ({ input, context }) => answer(await ledger.show(context.terminal, input))),
      operation: signed.cards.operation.handler(async ({ input, context }) =>
        answer(await ledger.operation(context.terminal, input)),
      ),
      openRelay: signed.cards.openRelay.handler(async ({ input, context }) =>
        answer(await cards.openRelay(context.terminal, input, context.log)),
      ),
      nextRelayStep: signed.cards.nextRelayStep.handler(async ({ input, context }) =>
        answer(await cards.nextRelayStep(context.terminal, input, context.log)),
      ),
      checkSpend: signed.cards.checkSpend.handler(async ({ input, context }) =>
        answer(await cards.checkSpend(context.terminal, input)),
      ),
      accounts: signed.cards.accounts.handler(async ({ input, context }) =>
        answer(await accounts.accounts(context.terminal, input)),
      ),
      authorise: signed.cards.authorise.handler(async ({ input, context }) =>
        answer(await accounts.authorise(context.terminal, input)),
      ),
    },
    portal: cardholderRoutes(cardholders),
    office: {
      signIn: os.office.signIn.handler(async ({ input }) => answer(await office.signIn(input))),
      signOut: inOffice.office.signOut.handler(async ({ context }) => {
        await office.signOut(context.session);
        return { done: true };
      }),
      transactions: reading.office.transactions.handler(async ({ input, context }) =>
        answer(await office.transactions(context.session, input)),
      ),
      live: inOffice.office.live.handler(async function* ({ context, signal }) {
        const queue = answer(office.live(context.session));
        signal?.addEventListener('abort', () => queue.close(), { once: true });
        yield* queue;
      }),
      ...shopRoutes(office, shop, files),
      ...stockRoutes(stock, async ({ bearer }) => answer(await office.session(bearer))),
      ...officeCardRoutes(officeCards, async ({ bearer }) => answer(await office.session(bearer))),
      ...customerFileRoutes(customerFiles, async ({ bearer }) => answer(await office.session(bearer))),
      ...accountRoutes(accounts, async ({ bearer }) => answer(await office.session(bearer))),
      ...daysRoutes(days, async ({ bearer }) => answer(await office.reader(bearer))),
      ...programmeRoutes(programmes, async ({ bearer }) => answer(await office.session(bearer))),
      enrolmentCode: inOffice.office.enrolmentCode.handler(async ({ input, context }) =>
        answer(await office.enrolmentCode(context.session, input)),
      ),
    },
  });
}
