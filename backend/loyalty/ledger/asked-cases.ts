import { sql } from 'kysely';
import type { AskedKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { networkCard } from './rights.ts';
import type { Shop } from './shop-words.ts';

/** A shop, and the terminal whose journal says it. */
export type AtTill = Shop & { terminal: string };

type Asked = { kind: AskedKind | 'NumberClaimed'; cardNumber: string; facts: Readonly<Record<string, unknown>> };

/** What one shop may have before the network at a time, of one kind: a till that floods it is heard no further, but of other things. */
const mostOpen = 200;

/**
 * A case for the network: a shop has said of a card what it may not say for all. It lies with the shop that issued the card, whose
 * manager decides it as the network's administrators do; with the one that said it where nobody issued the card. Of one kind, card
 * and shop one is open at a time.
 */
export async function askNetwork(
  trx: TenantTransaction,
  { network, tenant, terminal }: AtTill,
  entry: JournalEntry,
  { kind, cardNumber, facts }: Asked,
  at: Date,
): Promise<void> {
  const open = trx
    .selectFrom('cases')
    .where('network_id', '=', network)
    .where('asked_by', '=', tenant)
    .where('kind', '=', kind)
    .where('settled_at', 'is', null);
  const { count } = await open.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  if (count >= mostOpen) return;
  const same = open.select('case_key').where('card_number', '=', cardNumber);
  if (await same.limit(1).executeTakeFirst()) return;
  const issuer = (await networkCard(trx, network, cardNumber))?.issuer ?? tenant;
  const evidence = { ...facts, ...(await whoSays(trx, { tenant, terminal })), ...saidIn(entry) };
  await trx
    .insertInto('cases')
    .values({
      ...{ tenant_id: issuer, case_key: `${kind}/${cardNumber}/${entry.intention}`, kind, card_number: cardNumber },
      terminal_id: terminal,
      evidence: JSON.stringify([evidence]),
      ...{ opened_at: at, network_id: network, asked_by: tenant },
      ...{ settled_at: null, settled_by: null, decision: null, note: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const saidIn = ({ intention, staff, wallTime }: JournalEntry) => ({ intention, staff, saidAt: wallTime });

async function whoSays(trx: TenantTransaction, { tenant, terminal }: { tenant: string; terminal: string }) {
  const { rows } = await sql<{ shop: string; till: string | null }>`
    SELECT name AS shop, (SELECT label FROM terminals WHERE tenant_id = ${tenant} AND terminal_id = ${terminal}) AS till
    FROM tenants WHERE tenant_id = ${tenant}
  `.execute(trx);
  return rows[0]!;
}

/**
 * What the shop had asked is taken back before anybody decided: by the shop itself, or because the network has said otherwise.
 * @param by who has done so; empty: nobody of the shop
 */
export async function takeBack(
  trx: TenantTransaction,
  { network, tenant }: Shop,
  { kind, cardNumber, by }: { kind: AskedKind; cardNumber: string; by: string },
  at: Date,
): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ settled_at: at, settled_by: by, decision: 'taken-back', note: '' })
    .where('network_id', '=', network)
    .where('asked_by', '=', tenant)
    .where('kind', '=', kind)
    .where('card_number', '=', cardNumber)
    .where('settled_at', 'is', null)
    .execute();
}
