import { sql } from 'kysely';
import type { ListQuery } from '#backend/reports/page.ts';
import { offlineAllowanceMs } from '#backend/terminals/enrol.ts';
import type { OfficeHold } from '#contract/central/office-accounts.ts';
import { holdForMs } from '#contract/central/till-accounts.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';

/** A till that was heard of so long after its last moment to make an entry has sent all it made: it sends before it asks anything. */
const heardAfterMs = holdForMs + 2 * 60_000;

export type HoldRow = {
  intention: string;
  card_number: string;
  account: AccountName;
  amount: number;
  label: string | null;
  held_at: Date;
  seen_at: Date | null;
};

/** What is promised to tills whose entries have still to come, the oldest first. */
export const holdQuery = (tenant: string): ListQuery => ({
  select: sql`hold.intention, coalesce(hold.moved_to, hold.card_number) AS card_number, hold.account,
    hold.amount_minor AS amount, terminals.label, hold.held_at, terminals.seen_at`,
  from: sql`account_holds AS hold
    LEFT JOIN terminals ON terminals.tenant_id = hold.tenant_id AND terminals.terminal_id = hold.terminal_id`,
  where: sql`hold.tenant_id = ${tenant} AND hold.state = 'held'`,
  order: [
    { by: sql`hold.held_at`, type: 'timestamptz' },
    { by: sql`hold.intention`, type: 'uuid' },
  ],
  direction: 'asc',
});

export function officeHold(row: HoldRow, nowMs: number): OfficeHold {
  const heldAtMs = row.held_at.getTime();
  const wasHeard = row.seen_at !== null && row.seen_at.getTime() >= heldAtMs + heardAfterMs;
  return {
    intention: row.intention,
    cardNumber: row.card_number,
    account: row.account,
    amountMinor: row.amount,
    till: row.label ?? '',
    heldAt: row.held_at.toISOString(),
    ageMs: Math.max(0, nowMs - heldAtMs),
    seenAt: row.seen_at?.toISOString() ?? null,
    // One that is not heard of may come back with the entry for as long as a till goes on without a link.
    mayRelease: wasHeard || nowMs >= heldAtMs + offlineAllowanceMs,
    releasableAtMs: heldAtMs + offlineAllowanceMs,
  };
}
