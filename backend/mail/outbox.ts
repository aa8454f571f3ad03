import { sql } from 'kysely';
import { type Database, inScope, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';

/** A message that is due, and whose turn it is now: nobody else takes it before its lease ends. */
export type DueMail = {
  tenant: string;
  intention: string;
  /** Where its `ticket.outcome` stands. */
  terminal: string;
  epoch: number;
  seq: number;
  /** This one included. */
  attempts: number;
};

const queue = { key: 'mail' } as const;

const isEmailed = (entry: JournalEntry): entry is JournalEntry<'ticket.outcome'> =>
  entry.kind === 'ticket.outcome' && entry.body.outcome === 'emailed';

/**
 * Puts tickets that a till left to e-mail into the queue, in the transaction that takes their entries: what the server has
 * acknowledged it will send. The same intention again changes nothing.
 */
export async function queueTickets(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  entries: readonly JournalEntry[],
  receivedAt: Date,
): Promise<void> {
  const emailed = entries.filter(isEmailed);
  if (emailed.length === 0) return;
  await trx
    .insertInto('mail_outbox')
    .values(
      emailed.map(({ intention, epoch, seq }) => ({
        ...{ tenant_id: tenant, intention, terminal_id: terminal, epoch, seq },
        next_at: receivedAt,
        created_at: receivedAt,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes the message that has been due longest, for `leaseMs`. Several servers never take the same one. Null: none is due. */
export function takeDue(db: Database, nowMs: number, leaseMs: number): Promise<DueMail | null> {
  return inScope(db, queue, async (trx) => {
    const { rows } = await sql<DueMail>`
      UPDATE mail_outbox SET attempts = attempts + 1, next_at = ${new Date(nowMs + leaseMs)}
      WHERE (tenant_id, intention) IN (
        SELECT tenant_id, intention FROM mail_outbox WHERE state = 'waiting' AND next_at <= ${new Date(nowMs)}
        ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      RETURNING tenant_id AS tenant, intention, terminal_id AS terminal, epoch, seq, attempts
    `.execute(trx);
    return rows[0] ?? null;
  });
}

/** What became of an attempt. `again`: it is due once more at that time. */
export type MailOutcome =
  | { state: 'sent' | 'no-address'; fault: null }
  | { state: 'given-up'; fault: string }
  | { state: 'waiting'; fault: string; nextAtMs: number };

export async function keepOutcome(
  db: Database,
  { tenant, intention }: DueMail,
  outcome: MailOutcome,
  nowMs: number,
): Promise<void> {
  const ended = outcome.state !== 'waiting';
  await inTenant(db, tenant, (trx) =>
    trx
      .updateTable('mail_outbox')
      .set({
        state: outcome.state,
        last_fault: outcome.fault,
        ...(ended ? { ended_at: new Date(nowMs) } : { next_at: new Date(outcome.nextAtMs) }),
      })
      .where('tenant_id', '=', tenant)
      .where('intention', '=', intention)
      .execute(),
  );
}
