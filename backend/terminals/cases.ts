import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { Writer } from './chain.ts';
import type { ProvenEntry } from './seals.ts';

type ConflictKind = 'ChainForked' | 'IntentionReused';

/** Keeps the evidence of a conflict for a person, once. */
export async function keepCase(
  trx: TenantTransaction,
  kind: ConflictKind,
  { tenant, terminal }: Writer,
  { sealed }: ProvenEntry,
  nowMs: number,
): Promise<void> {
  const { epoch, seq, intention } = sealed.entry;
  const place = kind === 'ChainForked' ? `${epoch}/${seq}` : intention;
  await trx
    .insertInto('cases')
    .values({
      tenant_id: tenant,
      case_key: `${kind}/${terminal}/${place}`,
      kind,
      terminal_id: terminal,
      evidence: JSON.stringify(sealed),
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
