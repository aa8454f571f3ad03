import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { Writer } from './chain.ts';
import type { ProvenEntry } from './seals.ts';

type ConflictKind = 'ChainForked' | 'IntentionReused';

const keyOf = (kind: ConflictKind, terminal: string, { sealed: { entry } }: ProvenEntry): string =>
  `${kind}/${terminal}/${kind === 'ChainForked' ? `${entry.epoch}/${entry.seq}` : entry.intention}`;

/** Has a person settled the case of this conflict? */
export async function isSettled(
  trx: TenantTransaction,
  kind: ConflictKind,
  { tenant, terminal }: Writer,
  entry: ProvenEntry,
): Promise<boolean> {
  const row = await trx
    .selectFrom('cases')
    .select('settled_at')
    .where('tenant_id', '=', tenant)
    .where('case_key', '=', keyOf(kind, terminal, entry))
    .executeTakeFirst();
  return row?.settled_at != null;
}

/** Keeps the evidence of a conflict for a person, once. */
export async function keepCase(
  trx: TenantTransaction,
  kind: ConflictKind,
  { tenant, terminal }: Writer,
  entry: ProvenEntry,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto('cases')
    .values({
      tenant_id: tenant,
      case_key: keyOf(kind, terminal, entry),
      kind,
      terminal_id: terminal,
      evidence: JSON.stringify(entry.sealed),
      opened_at: new Date(nowMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Keeps a conflict for a person and answers the refusal. A terminal that has written two entries in one place is quarantined: its copy
 * of the journal, or its key, is in two hands. The transaction must then commit: the batch is refused, the case stays.
 */
export async function openCase(
  trx: TenantTransaction,
  kind: ConflictKind,
  writer: Writer,
  entry: ProvenEntry,
  nowMs: number,
): Promise<CentralError> {
  await keepCase(trx, kind, writer, entry, nowMs);
  const { epoch, seq, intention } = entry.sealed.entry;
  if (kind === 'ChainForked') {
    await trx
      .updateTable('terminals')
      .set({ state: 'quarantined' })
      .where('tenant_id', '=', writer.tenant)
      .where('terminal_id', '=', writer.terminal)
      .where('state', '=', 'active')
      .execute();
  }
  return refusal(kind, { epoch, seq, intention });
}
