import { sql } from 'kysely';
import { moveAccounts } from '#backend/accounts/move-accounts.ts';
import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import { moveHolder } from '../customers/customer-rows.ts';
import { roomFor } from './held.ts';
import { networkOf } from './hot-list.ts';
import { type LedgerRow, ledgerChanges, moveLedger } from './ledger-rows.ts';
import { dropWritesOf, keepOpenWrites } from './open-writes.ts';
import { insertOperations } from './operation-rows.ts';
import { mostMoves, moveOf, type Operation, pointsOfOne } from './operations.ts';
import { clearWay } from './own-words.ts';
import type { CardWork } from './parts.ts';
import { type Shop, shopReplacement } from './shop-words.ts';
import { giveBack } from './unwritten.ts';

/** In each shop of the network that knows the card: its balance, its accounts and its holder go on to the card that replaces it. */
export async function moveInNetwork(
  trx: TenantTransaction,
  { network, home, from, to }: { network: number; home: string; from: string; to: string },
  work: CardWork,
): Promise<void> {
  await enterScope(trx, { network });
  const shops = await trx
    .selectFrom('tenants')
    .select('tenant_id')
    .where('network_id', '=', network)
    .orderBy('tenant_id')
    .execute();
  for (const { tenant_id: tenant } of shops) {
    await enterScope(trx, { tenant });
    await moveInShop(trx, { network, tenant }, { from, to }, work);
  }
  await enterScope(trx, { tenant: home });
}

/**
 * In one shop, whose rows the transaction sees: the same. A shop that has replaced the card itself, for itself alone, keeps to the
 * card it chose; where its own words would lead the balance back to this card, they end. A row too long moves nothing.
 */
export async function moveInShop(
  trx: TenantTransaction,
  shop: Shop,
  { from, to }: { from: string; to: string },
  work: CardWork,
): Promise<void> {
  const { tenant } = shop;
  const last = (await shopReplacement(trx, tenant, from)) ?? to;
  if (!(await clearWay(trx, shop, { from, to: last }, work))) return;
  await moveHolder(trx, tenant, { from, to: last }, work);
  await moveAccounts(trx, tenant, { from, to: last }, work);
  const row = await markReplaced(trx, tenant, from, last);
  if (!row) return;
  await dropWritesOf(trx, tenant, from, work);
  await moveOn(trx, tenant, [row], work);
}

/**
 * A till of the shop has moved a card's balance to another that leads back to it: the card stays in use, and what the till has moved
 * comes back.
 */
export async function moveBack(
  trx: TenantTransaction,
  tenant: string,
  { from, to }: { from: string; to: string },
  work: CardWork,
): Promise<void> {
  await moveOn(trx, tenant, await giveBack(trx, tenant, { from: to, to: from }, work), work);
}

async function markReplaced(
  trx: TenantTransaction,
  tenant: string,
  from: string,
  to: string,
): Promise<LedgerRow | null> {
  const row = await trx
    .updateTable('card_ledger')
    .set({ replaced_by: to })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', from)
    .returning(['card_number as cardNumber', 'balance', 'total_spend_minor as spendMinor', 'counter'])
    .executeTakeFirst();
  return row ? { ...row, replacedBy: to, fresh: false } : null;
}

/**
 * Empties the ledger rows of replaced cards into those of the cards that replace them: an adjustment that the server makes, as two
 * operations of an intention of its own, with a write for the new card. What a till sends late of an old card follows this way. What
 * no card can hold was made up, and stays.
 */
export async function moveOn(
  trx: TenantTransaction,
  tenant: string,
  rows: readonly LedgerRow[],
  work: CardWork,
): Promise<void> {
  let left = rows;
  for (let step = 0; step < mostMoves; step++) {
    left = await withReplacements(trx, tenant, left);
    const operations: Operation[] = [];
    for (const row of left)
      if (row.replacedBy && needsMove(row)) operations.push(...(await nextMove(trx, tenant, row, work)));
    if (operations.length === 0) return;
    await insertOperations(trx, { tenant, terminal: null, receivedAt: work.at }, operations);
    left = await moveLedger(trx, tenant, ledgerChanges(operations, []), work.at);
    await keepOpenWrites(trx, tenant, { fresh: operations, earlier: [] }, work);
  }
}

/** A shop that has a card for the first time asks the network whether it has been replaced meanwhile. */
async function withReplacements(
  trx: TenantTransaction,
  tenant: string,
  rows: readonly LedgerRow[],
): Promise<readonly LedgerRow[]> {
  const fresh = rows.filter((row) => row.fresh).map(({ cardNumber }) => cardNumber);
  if (fresh.length === 0) return rows;
  const network = await networkOf(trx, tenant);
  await enterScope(trx, { network });
  const replaced = await trx
    .selectFrom('cards')
    .select(['card_number', 'replaced_by'])
    .where('network_id', '=', network)
    .where('card_number', 'in', fresh)
    .where('replaced_by', 'is not', null)
    .execute();
  for (const { card_number, replaced_by } of replaced) await markReplaced(trx, tenant, card_number, replaced_by!);
  const by = new Map(replaced.map(({ card_number, replaced_by }) => [card_number, replaced_by]));
  return rows.map((row) => ({ ...row, replacedBy: row.replacedBy ?? by.get(row.cardNumber) ?? null }));
}

const needsMove = ({ balance, spendMinor }: LedgerRow) => balance !== 0 || spendMinor !== 0;

type Held = { balance: number; spendMinor: number; counter: number } | null;

async function nextMove(
  trx: TenantTransaction,
  tenant: string,
  { cardNumber, balance, spendMinor, replacedBy }: LedgerRow,
  { at, ids }: CardWork,
): Promise<Operation[]> {
  const { rows } = await sql<{ programme: string; currency: Operation['currency']; there: Held }>`
    SELECT programme, (SELECT currency FROM tenants WHERE tenant_id = ${tenant}) AS currency,
      (SELECT jsonb_build_object('balance', balance, 'spendMinor', total_spend_minor, 'counter', counter)
        FROM card_ledger WHERE tenant_id = ${tenant} AND card_number = ${replacedBy}) AS there
    FROM card_operations WHERE tenant_id = ${tenant} AND card_number = ${cardNumber}
    ORDER BY wall_time DESC LIMIT 1
  `.execute(trx);
  const { programme = '', currency = null, there } = rows[0] ?? {};
  const held = there ?? { balance: 0, spendMinor: 0, counter: 0 };
  const move = {
    points: roomFor(pointsOfOne(balance), held.balance),
    spendMinor: roomFor(spendMinor, held.spendMinor),
  };
  if (move.points === 0 && move.spendMinor === 0) return [];
  return moveOf(cardNumber, replacedBy!, {
    ...{ intention: ids.uuid(), wallTime: at.toISOString(), entry: null, programme, currency },
    ...move,
    writeFrom: held.counter + 1,
  });
}
