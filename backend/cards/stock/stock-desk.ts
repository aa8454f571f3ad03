import { type RawBuilder, sql } from 'kysely';
import { enterNetwork } from '#backend/cards/shop.ts';
import type { LotKind } from '#backend/db/tables.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { mayManage } from '#backend/parties/may-manage.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { refusal } from '#backend/refusal.ts';
import { type CountedPage, countedPage, listPage, type PageAsked } from '#backend/reports/office-list.ts';
import type { ListQuery } from '#backend/reports/page.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { CardLot, ShopStock } from '#contract/central/office-cards-stock.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { issuedCardsOf, issuedList } from './issued-list.ts';
import { lotList, lotsOf } from './lot-list.ts';
import { assignLot, makeLot, orderLot, stockOf } from './lots.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
/** Who asks, where, and whether the whole network is theirs to see. */
type Seen = { trx: TenantTransaction; tenant: string; networkId: number; all: boolean };

export type StockDesk = ReturnType<typeof stockDesk>;

/** Cards as goods: a shop's office sees and orders its own, the network's administrator makes lots and hands them out. */
export function stockDesk({ db, clock }: { db: Database; clock: Clock }) {
  const look = <T>({ person }: Session, work: (seen: Seen) => Promise<T>): Promise<T> =>
    inTenant(db, person.tenant, async (trx) => {
      const { network_id: networkId } = await enterNetwork(trx, person.tenant);
      return work({ trx, tenant: person.tenant, networkId, all: person.role === 'network-admin' });
    });
  const asNetwork = (session: Session, work: (seen: Seen) => Answer<number>): Answer<CardLot> =>
    look(session, async (seen) => (seen.all ? shown(seen, await work(seen)) : err(refusal('NotAllowed'))));

  return {
    lots: (
      session: Session,
      asked: PageAsked,
    ): Answer<CountedPage<CardLot> & { stock: ShopStock[]; network: boolean }> =>
      look(session, async (seen) => {
        const page = await countedPage(seen.trx, lotList, lotsOf(ownOr(seen, sql`lot`), asked), asked);
        if (!page.ok) return page;
        const stock = await stockOf(seen.trx, seen.networkId, seen.all ? null : seen.tenant);
        return ok({ ...page.value, stock, network: seen.all });
      }),
    issued: (session: Session, asked: PageAsked) =>
      look(session, (seen) => countedPage(seen.trx, issuedList, issuedCardsOf(ownOr(seen, sql`card`), asked), asked)),
    order: (session: Session, asked: { count: number; kind: LotKind; shop: number | null }): Answer<CardLot> =>
      look(session, async (seen) => {
        if (!mayManage(session.person.role)) return err(refusal('NotAllowed'));
        const whose = await whoseOrder(seen, asked.shop);
        if (!whose.ok) return whose;
        const { count, kind } = asked;
        const now = new Date(clock.wallMs());
        const wanted = { networkId: seen.networkId, tenant: whose.value, count, kind, by: session.person.code, now };
        return shown(seen, await orderLot(seen.trx, wanted));
      }),
    make: (session: Session, { lot }: { lot: number }) =>
      asNetwork(session, ({ trx, networkId }) => makeLot(trx, networkId, lot, new Date(clock.wallMs()))),
    assign: (session: Session, { lot, shop }: { lot: number; shop: number }) =>
      asNetwork(session, async (seen) => {
        const tenant = await tenantOf(seen, shop);
        if (!tenant.ok) return tenant;
        const now = new Date(clock.wallMs());
        return assignLot(seen.trx, { networkId: seen.networkId, lot, tenant: tenant.value, now });
      }),
  };
}

const ownOr = ({ all, tenant, networkId }: Seen, table: RawBuilder<unknown>): ListQuery['where'] =>
  all ? sql`${table}.network_id = ${networkId}` : sql`${table}.tenant_id = ${tenant}`;

/** A lot after a change, as the list shows it. */
async function shown(seen: Seen, changed: Result<number, CentralError>): Answer<CardLot> {
  if (!changed.ok) return changed;
  const query = lotsOf(sql`lot.network_id = ${seen.networkId} AND lot.lot = ${changed.value}`, {})!;
  const page = await listPage(seen.trx, lotList, query, { limit: 1 });
  return page.ok ? ok(page.value.rows[0]!) : page;
}

/** A shop orders for itself; only the network orders for others, or for nobody yet. */
async function whoseOrder(seen: Seen, shop: number | null): Answer<string | null> {
  if (shop === null) return ok(seen.all ? null : seen.tenant);
  const tenant = await tenantOf(seen, shop);
  if (!tenant.ok) return tenant;
  return seen.all || tenant.value === seen.tenant ? tenant : err(refusal('NotAllowed'));
}

async function tenantOf({ trx, networkId }: Seen, shop: number): Answer<string> {
  const row = await trx
    .selectFrom('tenants')
    .select('tenant_id')
    .where('network_id', '=', networkId)
    .where('number', '=', shop)
    .executeTakeFirst();
  return row ? ok(row.tenant_id) : err(refusal('NotFound', { what: 'shop' }));
}
