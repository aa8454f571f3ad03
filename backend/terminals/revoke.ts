import { sql } from 'kysely';
import { releaseHolds } from '#backend/accounts/project-accounts.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import { readPage } from '#backend/reports/page.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeTerminal } from '#contract/central/office-terminals.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { terminalList } from './terminal-list.ts';

/**
 * Takes a till out of use for good and keeps the head at which it ended: under the lock that an ingest takes too, so that a batch
 * is accepted before it or not at all (invariant 22). Asked again, nothing changes.
 * Refusals: NotFound.
 */
export async function revokeTerminal(
  trx: TenantTransaction,
  { tenant, terminal }: { tenant: string; terminal: string },
  { by, nowMs }: { by: string; nowMs: number },
): Promise<Result<OfficeTerminal, CentralError>> {
  const row = await trx
    .selectFrom('terminals')
    .select('state')
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return err(refusal('NotFound'));
  if (row.state !== 'revoked') await markRevoked(trx, { tenant, terminal }, { by, nowMs });
  return ok(await terminalOf(trx, tenant, terminal));
}

async function markRevoked(
  trx: TenantTransaction,
  { tenant, terminal }: { tenant: string; terminal: string },
  { by, nowMs }: { by: string; nowMs: number },
): Promise<void> {
  const head = await trx
    .selectFrom('heads')
    .select(['epoch', 'seq', 'hash'])
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .executeTakeFirst();
  // No entry of it will ever be accepted: what it was promised goes back.
  await releaseHolds(trx, { tenant, terminal }, new Date(nowMs));
  await trx
    .updateTable('terminals')
    .set({
      state: 'revoked',
      revoked_at: new Date(nowMs),
      revoked_by: by,
      revocation_epoch: head?.epoch ?? null,
      revocation_seq: head?.seq ?? null,
      revocation_hash: head?.hash ?? null,
    })
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .execute();
}

async function terminalOf(trx: TenantTransaction, tenant: string, terminal: string): Promise<OfficeTerminal> {
  const query = terminalList.query(tenant, {})!;
  const page = await readPage<Parameters<typeof terminalList.row>[0]>(
    trx,
    { ...query, where: sql`${query.where} AND till.terminal_id = ${terminal}` },
    { limit: 1 },
  );
  if (!page.ok) throw new Error('a page without a cursor cannot be refused');
  return terminalList.row(page.value.rows[0]!);
}
