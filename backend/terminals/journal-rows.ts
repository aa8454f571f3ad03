import { sql } from 'kysely';
import type { TerminalState } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { CountersignedHead } from '#contract/central/index.ts';
import type { Head } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { Position, Writer } from './chain.ts';
import type { ProvenEntry } from './seals.ts';

/** Batches of one terminal go one after another: each holds the terminal's row until it commits. */
export async function lockTerminal(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
): Promise<{ state: TerminalState; currency: CurrencyCode; head: Head | null }> {
  const held = await trx
    .selectFrom('terminals')
    .innerJoin('tenants', 'tenants.tenant_id', 'terminals.tenant_id')
    .select(['state', 'currency'])
    .where('terminals.tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .forUpdate('terminals')
    .executeTakeFirstOrThrow();
  return { ...held, head: await readHead(trx, tenant, terminal) };
}

export async function readHead(trx: TenantTransaction, tenant: string, terminal: string): Promise<Head | null> {
  const row = await trx
    .selectFrom('heads')
    .select(['epoch', 'seq', 'hash'])
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .executeTakeFirst();
  return row ? { epoch: row.epoch, seq: row.seq, hash: row.hash.toString('hex') } : null;
}

/** Hashes (hex) of the entries held at these places, by `epoch/seq`. */
export async function heldHashes(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  at: readonly Position[],
): Promise<Map<string, string>> {
  if (at.length === 0) return new Map();
  const { rows } = await sql<{ epoch: number; seq: number; hash: Buffer }>`
    SELECT epoch, seq, hash FROM journal_entries
    WHERE tenant_id = ${tenant} AND terminal_id = ${terminal}
      AND (epoch, seq) IN (SELECT * FROM unnest(${at.map(({ epoch }) => epoch)}::int[], ${at.map(({ seq }) => seq)}::bigint[]))
  `.execute(trx);
  return new Map(rows.map(({ epoch, seq, hash }) => [`${epoch}/${seq}`, hash.toString('hex')]));
}

const acting = (entries: readonly ProvenEntry[]) => entries.filter(({ sealed }) => entryKinds[sealed.entry.kind].acts);

/** An entry whose intention has already acted in this tenant, and where. */
export type Reused = { entry: ProvenEntry; actedAt: Position & { terminal: string } };

/** In the order of the batch. */
export async function intentionsTaken(
  trx: TenantTransaction,
  tenant: string,
  fresh: readonly ProvenEntry[],
): Promise<Reused[]> {
  const acts = acting(fresh);
  if (acts.length === 0) return [];
  const { rows } = await sql<{ intention: string } & Reused['actedAt']>`
    SELECT intention, terminal_id AS terminal, epoch, seq FROM acts
    WHERE tenant_id = ${tenant} AND intention = ANY(${acts.map(({ sealed }) => sealed.entry.intention)}::uuid[])
  `.execute(trx);
  const taken = new Map(rows.map(({ intention, ...actedAt }) => [intention, actedAt]));
  return acts.flatMap((entry) => {
    const actedAt = taken.get(entry.sealed.entry.intention);
    return actedAt ? [{ entry, actedAt }] : [];
  });
}

/** One statement for the whole batch: one array per column. */
export async function insertEntries(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  fresh: readonly ProvenEntry[],
  receivedAt: Date,
): Promise<void> {
  const entries = fresh.map(({ sealed }) => sealed.entry);
  await sql`
    INSERT INTO journal_entries
      (tenant_id, terminal_id, received_at, epoch, seq, kind, intention, hash, signature, canonical)
    SELECT ${tenant}, ${terminal}, ${receivedAt}::timestamptz, *
    FROM unnest(
      ${entries.map(({ epoch }) => epoch)}::int[], ${entries.map(({ seq }) => seq)}::bigint[],
      ${entries.map(({ kind }) => kind)}::text[], ${entries.map(({ intention }) => intention)}::uuid[],
      ${fresh.map(({ hash }) => hash)}::bytea[], ${fresh.map(({ signature }) => signature)}::bytea[],
      ${fresh.map(({ canonical }) => canonical)}::text[]
    )
  `.execute(trx);
}

/** At most one acting entry per intention, for ever: a second one violates the primary key. */
export async function insertActs(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  fresh: readonly ProvenEntry[],
): Promise<void> {
  const entries = acting(fresh).map(({ sealed }) => sealed.entry);
  if (entries.length === 0) return;
  await sql`
    INSERT INTO acts (tenant_id, terminal_id, intention, epoch, seq)
    SELECT ${tenant}, ${terminal}, *
    FROM unnest(
      ${entries.map(({ intention }) => intention)}::uuid[], ${entries.map(({ epoch }) => epoch)}::int[],
      ${entries.map(({ seq }) => seq)}::bigint[]
    )
  `.execute(trx);
}

/** Moves the head on, and keeps the countersigned one for ever. A trigger refuses to move it back (invariant 14). */
export async function moveHead(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  { head, signature, atMs }: CountersignedHead,
  hash: Buffer,
): Promise<void> {
  const at = { tenant_id: tenant, terminal_id: terminal, epoch: head.epoch, seq: head.seq, hash };
  await trx
    .insertInto('heads')
    .values(at)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'terminal_id']).doUpdateSet({ epoch: head.epoch, seq: head.seq, hash }),
    )
    .execute();
  await trx
    .insertInto('head_history')
    .values({ ...at, signature, accepted_at: new Date(atMs) })
    .execute();
}
