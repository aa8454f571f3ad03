import { sql } from 'kysely';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { takenMinor } from '#backend/loyalty/transaction-amounts.ts';
import type { Session } from '#backend/parties/sessions.ts';
import type { OfficeDay, OfficeOpenTill, OfficeZ } from '#contract/central/office-days.ts';
import { addTotals, noTotals } from '#contract/counter/add-totals.ts';
import { takingsMinor } from '#contract/counter/figures.ts';
import type { EntryBody } from '#contract/journal/kinds.ts';
import type { CurrencyCode } from '#contract/money/index.ts';

export type DaysAsked = {
  before?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
};
export type DaysDesk = ReturnType<typeof daysDesk>;

/** What the office asks about the shop's days. Every answer is about the session's own tenant. */
export function daysDesk({ db }: { db: Database }) {
  return {
    days: ({ person }: Session, asked: DaysAsked) =>
      inTenant(db, person.tenant, async (trx) => ({
        ...(await shopDays(trx, person.tenant, asked)),
        open: await openTills(trx, person.tenant),
      })),
  };
}

type ClosingRow = {
  day: string;
  terminal_id: string;
  label: string;
  closed_at: Date;
  received_at: Date;
  staff: string | null;
  staff_name: string | null;
  currency: CurrencyCode;
  body: EntryBody<'day.closed'>;
  agrees: boolean;
};

/** Days that have a Z, newest first, each whole: a page is cut between days, never within one. */
async function shopDays(trx: TenantTransaction, tenant: string, { before, from, to, limit }: DaysAsked) {
  const { rows: dates } = await sql<{ day: string }>`
    SELECT DISTINCT day::text FROM day_closings
    WHERE tenant_id = ${tenant}
      AND day < ${before ?? 'infinity'}::date AND day >= ${from ?? '-infinity'}::date AND day <= ${to ?? 'infinity'}::date
    ORDER BY day DESC LIMIT ${limit + 1}
  `.execute(trx);
  const page = dates.slice(0, limit).map(({ day }) => day);
  const closings = page.length === 0 ? [] : await closingsOf(trx, tenant, page.at(-1)!, page[0]!);
  return {
    days: page.map((day) =>
      dayOf(
        day,
        closings.filter((closing) => closing.day === day),
      ),
    ),
    next: dates.length > limit ? page.at(-1)! : null,
  };
}

async function closingsOf(trx: TenantTransaction, tenant: string, from: string, to: string): Promise<ClosingRow[]> {
  const { rows } = await sql<ClosingRow>`
    SELECT z.day::text, z.terminal_id, t.label, z.closed_at, z.received_at, z.staff, s.name AS staff_name, z.currency, z.body,
      z.agrees
    FROM day_closings z
    JOIN terminals t ON t.tenant_id = z.tenant_id AND t.terminal_id = z.terminal_id
    LEFT JOIN staff s ON s.tenant_id = z.tenant_id AND s.code = z.staff
    WHERE z.tenant_id = ${tenant} AND z.day BETWEEN ${from}::date AND ${to}::date
    ORDER BY t.label, z.epoch, z.seq
  `.execute(trx);
  return rows;
}

/** Two tills and more come to one total (T12). */
function dayOf(day: string, closings: readonly ClosingRow[]): OfficeDay {
  const totals = closings.map(({ body }) => body.totals).reduce(addTotals, noTotals);
  const sum = (figure: (body: ClosingRow['body']) => number) =>
    closings.reduce((total, { body }) => total + figure(body), 0);
  return {
    day,
    currency: closings[0]!.currency,
    totals,
    takingsMinor: takingsMinor(totals),
    differenceMinor: sum(({ differenceMinor }) => differenceMinor),
    late: { count: sum(({ late }) => late.count), amountMinor: sum(({ late }) => late.amountMinor) },
    zs: closings.map(zOf),
  };
}

function zOf({ terminal_id, label, closed_at, received_at, staff, staff_name, body, agrees }: ClosingRow): OfficeZ {
  const { number, totals, expectedMinor, countedMinor, differenceMinor, reason, blind, late } = body;
  return {
    terminal: terminal_id,
    terminalLabel: label,
    number,
    closedAt: closed_at.toISOString(),
    receivedAt: received_at.toISOString(),
    staff,
    staffName: staff_name,
    totals,
    takingsMinor: takingsMinor(totals),
    expectedMinor,
    countedMinor,
    differenceMinor,
    reason,
    blind,
    late,
    agrees,
  };
}

type OpenRow = {
  terminal_id: string;
  label: string;
  number: number | null;
  day: string | null;
  first_at: Date | null;
  last_at: Date | null;
  operations: number;
  takings: number;
};

/** Per till that may still work: its operations behind its last Z. */
async function openTills(trx: TenantTransaction, tenant: string): Promise<OfficeOpenTill[]> {
  const { rows } = await sql<OpenRow>`
    SELECT t.terminal_id, t.label, z.number, z.day::text, since.first_at, since.last_at, since.operations, since.takings
    FROM terminals t
    LEFT JOIN LATERAL (
      SELECT number, day, epoch, seq FROM day_closings
      WHERE tenant_id = t.tenant_id AND terminal_id = t.terminal_id ORDER BY epoch DESC, seq DESC LIMIT 1
    ) z ON true
    CROSS JOIN LATERAL (
      SELECT min(wall_time) AS first_at, max(wall_time) AS last_at, count(*)::integer AS operations,
        coalesce(sum(${takenMinor}), 0)::bigint AS takings
      FROM loyalty_transactions
      WHERE tenant_id = t.tenant_id AND terminal_id = t.terminal_id
        AND (epoch, seq) > (coalesce(z.epoch, 0), coalesce(z.seq, 0))
    ) since
    WHERE t.tenant_id = ${tenant} AND t.state <> 'revoked'
    ORDER BY t.label, t.terminal_id
  `.execute(trx);
  return rows.map((row) => ({
    terminal: row.terminal_id,
    terminalLabel: row.label,
    lastZ: row.number === null || row.day === null ? null : { number: row.number, day: row.day },
    firstAt: row.first_at?.toISOString() ?? null,
    lastAt: row.last_at?.toISOString() ?? null,
    operations: row.operations,
    takingsMinor: row.takings,
  }));
}
