import { enterNetwork } from '#backend/cards/shop.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { Session } from '#backend/parties/sessions.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import { countedPage, type PageAsked } from '#backend/reports/office-list.ts';
import { listCases, settleCase } from '#backend/terminals/case-list.ts';
import { Outgoing } from '#backend/terminals/outgoing.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { CustomerChange } from '#contract/central/office-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Role } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import { customerOf, eraseCustomer, putCustomer } from '../customers/customer-rows.ts';
import { openPerson } from '../customers/person.ts';
import { blockCard, lockCards } from '../ledger/hot-list.ts';
import { cardFacts } from './card-facts.ts';
import { type CardsAsked, listCards } from './card-list.ts';
import { officeCard } from './office-card.ts';
import { operationList } from './operation-list.ts';

export type OfficeCardsParts = {
  db: Database;
  clock: Clock;
  ids: IdSource;
  random: Random;
  seal: Seal;
  serverSecret: string;
};
export type OfficeCards = ReturnType<typeof officeCards>;
type Answer<T> = Promise<Result<T, CentralError>>;
type Work<T> = (trx: TenantTransaction, of: { tenant: string; by: string; atMs: number }) => Answer<T>;

/** Who changes cards, their holders and cases. The others who may enter the office look. */
const mayWrite = (role: Role): boolean => role === 'manager' || role === 'network-admin';
const notFound = err(refusal('NotFound'));

/** What the office asks about cards, their holders and cases. Every answer is about the session's own shop. */
export function officeCards(parts: OfficeCardsParts) {
  const { db, clock, seal } = parts;
  const look = <T>({ person }: Session, work: Work<T>): Answer<T> =>
    inTenant(db, person.tenant, (trx) => work(trx, { tenant: person.tenant, by: person.code, atMs: clock.wallMs() }));
  const write = async <T>(session: Session, work: Work<T>): Answer<T> =>
    mayWrite(session.person.role) ? look(session, work) : err(refusal('NotAllowed'));

  return {
    cards: (session: Session, asked: CardsAsked) =>
      look(session, async (trx, { tenant }) => {
        await enterNetwork(trx, tenant);
        return listCards(trx, tenant, parts, asked);
      }),
    card: (session: Session, cardNumber: string) =>
      look(session, async (trx, { tenant, atMs }) => {
        const card = await officeCard(trx, tenant, cardNumber, { seal, now: new Date(atMs) });
        return card ? ok(card) : notFound;
      }),
    operations: (session: Session, { cardNumber, ...asked }: PageAsked & { cardNumber: string }) =>
      look(session, (trx, { tenant }) =>
        countedPage(trx, operationList, operationList.query(tenant, { ...asked, card: cardNumber }), asked),
      ),
    block: (session: Session, card: { cardNumber: string; blocked: boolean; reason: string }) =>
      write(session, async (trx, { tenant }) => {
        const network = await lockCards(trx, tenant);
        const known = await cardFacts(trx, tenant, card.cardNumber);
        if (!known) return notFound;
        const outgoing = new Outgoing();
        const isOut = await blockCard(trx, network, card, outgoing);
        await outgoing.publish(trx, tenant);
        const replaced = known.status === 'replaced' ? ('replaced' as const) : null;
        return ok({ status: replaced ?? (isOut ? ('blocked' as const) : ('active' as const)) });
      }),
    customer: (session: Session, cardNumber: string) =>
      look(session, async (trx, { tenant }) => {
        const row = await customerOf(trx, tenant, cardNumber);
        if (!row && !(await cardFacts(trx, tenant, cardNumber))) return notFound;
        return ok({ customer: row ? openPerson(seal, row) : null });
      }),
    putCustomer: (session: Session, cardNumber: string, change: CustomerChange) =>
      write(session, async (trx, { tenant, by, atMs }) => {
        if (!(await cardFacts(trx, tenant, cardNumber))) return notFound;
        return ok({ customer: await putCustomer(trx, parts, { tenant, cardNumber, by, atMs }, change) });
      }),
    eraseCustomer: (session: Session, cardNumber: string) =>
      write(session, async (trx, { tenant, atMs }) => {
        const erased = await eraseCustomer(trx, { tenant, cardNumber, atMs });
        return erased ? ok({ done: true as const }) : notFound;
      }),
    cases: (session: Session, asked: Parameters<typeof listCases>[2]) =>
      look(session, (trx, { tenant }) => listCases(trx, tenant, asked)),
    settleCase: (session: Session, settlement: Pick<Parameters<typeof settleCase>[2], 'key' | 'decision' | 'note'>) =>
      write(session, (trx, { tenant, by, atMs }) =>
        settleCase(trx, tenant, { ...settlement, by, now: new Date(atMs) }),
      ),
  };
}
