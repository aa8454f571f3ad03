import { enterNetwork } from '#backend/cards/shop.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { mayManage } from '#backend/parties/may-manage.ts';
import type { Session } from '#backend/parties/sessions.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import { countedPage, type PageAsked } from '#backend/reports/office-list.ts';
import { listCases } from '#backend/terminals/case-list.ts';
import { Outgoing } from '#backend/terminals/outgoing.ts';
import { settleCase } from '#backend/terminals/settle-case.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { CaseDecision, CustomerChange } from '#contract/central/office-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { customerOf, eraseCustomer, putCustomer } from '../customers/customer-rows.ts';
import { openPerson } from '../customers/person.ts';
import { carryOut } from '../ledger/carry-out.ts';
import { blockCard, lockCards, tellShop } from '../ledger/hot-list.ts';
import { mayBlock, networkCard } from '../ledger/rights.ts';
import { keepShopWord } from '../ledger/shop-words.ts';
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
type Asking = { tenant: string; by: string; atMs: number; person: Session['person'] };
type Work<T> = (trx: TenantTransaction, of: Asking) => Answer<T>;

const notFound = err(refusal('NotFound'));

/** What the office asks about cards, their holders and cases. Every answer is about the session's own shop. */
export function officeCards(parts: OfficeCardsParts) {
  const { db, clock, seal } = parts;
  const look = <T>({ person }: Session, work: Work<T>): Answer<T> =>
    inTenant(db, person.tenant, (trx) => {
      const { tenant, code: by } = person;
      return work(trx, { tenant, by, atMs: clock.wallMs(), person });
    });
  const write = async <T>(session: Session, work: Work<T>): Answer<T> =>
    mayManage(session.person.role) ? look(session, work) : err(refusal('NotAllowed'));

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
      write(session, async (trx, { tenant, person }) => {
        const network = await lockCards(trx, tenant);
        const known = await cardFacts(trx, tenant, card.cardNumber);
        if (!known) return notFound;
        const held = await networkCard(trx, network, card.cardNumber);
        const ofNetwork = person.role === 'network-admin';
        // Who has signed in here may take any card of the network out of use; what others took out is not theirs to put back.
        const may = ofNetwork || card.blocked || (await mayBlock(trx, { network, tenant }, card, held));
        if (!may && held?.status === 'blocked') return err(refusal('NotAllowed'));
        const outgoing = new Outgoing();
        await keepShopWord(trx, { network, tenant }, card.cardNumber, { blocked: false, reason: null });
        const by = ofNetwork ? null : tenant;
        if (card.blocked || held?.status === 'blocked') await blockCard(trx, network, { ...card, by }, outgoing);
        else await tellShop(trx, { network, tenant }, card.cardNumber, outgoing);
        await outgoing.publish(trx, tenant);
        const { status } = (await cardFacts(trx, tenant, card.cardNumber))!;
        return ok({ status });
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
    cases: (session: Session, asked: PageAsked) =>
      look(session, async (trx, { tenant, person }) => {
        const { network_id: networkId } = await enterNetwork(trx, tenant);
        return listCases(trx, { tenant, networkId, role: person.role }, asked);
      }),
    settleCase: (session: Session, settlement: { key: string; decision: CaseDecision; note: string }) =>
      write(session, async (trx, { tenant, by, atMs, person }) => {
        const network = await lockCards(trx, tenant);
        const work = { at: new Date(atMs), ids: parts.ids, seal, outgoing: new Outgoing() };
        const viewer = { tenant, networkId: network, role: person.role };
        const settled = await settleCase(trx, viewer, { ...settlement, by, now: work.at }, (asked) =>
          carryOut(trx, { network, home: tenant }, asked, work),
        );
        await work.outgoing.publish(trx, tenant);
        return settled;
      }),
  };
}
