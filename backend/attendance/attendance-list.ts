import { sql } from 'kysely';
import { within } from '#backend/loyalty/transaction-filter.ts';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { anywhere } from '#backend/reports/page.ts';
import type { OfficeClocking } from '#contract/central/office-attendance.ts';

type Raw = {
  terminal_id: string;
  label: string;
  epoch: number;
  seq: number;
  staff: string;
  staff_name: string | null;
  direction: OfficeClocking['direction'];
  known_by: OfficeClocking['by'];
  wall_time: Date;
  received_at: Date;
};

/** When staff came and went, newest first, as the office lists it and as a file for whoever does the wages. */
export const attendanceList: OfficeList<Raw, OfficeClocking> = {
  report: {
    name: { fr: 'Pointages', en: 'Attendance' },
    columns: [
      { key: 'wallTime', label: { fr: 'Date', en: 'Date' }, kind: 'date' },
      { key: 'staffName', label: { fr: 'Nom', en: 'Name' }, kind: 'text' },
      { key: 'staff', label: { fr: 'Code', en: 'Code' }, kind: 'text' },
      {
        key: 'direction',
        label: { fr: 'Sens', en: 'Direction' },
        kind: 'code',
        words: { in: { fr: 'arrivée', en: 'in' }, out: { fr: 'départ', en: 'out' } },
      },
      {
        key: 'by',
        label: { fr: 'Par', en: 'By' },
        kind: 'code',
        words: {
          pin: { fr: 'code', en: 'PIN' },
          badge: { fr: 'badge', en: 'badge' },
          card: { fr: 'carte', en: 'card' },
        },
      },
      { key: 'terminalLabel', label: { fr: 'Caisse', en: 'Till' }, kind: 'text' },
      { key: 'receivedAt', label: { fr: 'Reçu par le serveur', en: 'Received by the server' }, kind: 'date' },
    ],
  },
  query(tenant, { search, status, from, to }) {
    const time = within(sql`clocking.wall_time`, { from, to });
    if (time === null || (status !== undefined && status !== 'in' && status !== 'out')) return null;
    const like = anywhere(search?.trim() ?? '');
    return {
      select: sql`clocking.*, terminals.label, staff.name AS staff_name`,
      from: sql`attendance AS clocking
        JOIN tenants ON tenants.tenant_id = clocking.tenant_id
        JOIN terminals ON terminals.tenant_id = clocking.tenant_id AND terminals.terminal_id = clocking.terminal_id
        LEFT JOIN staff ON staff.tenant_id = clocking.tenant_id AND staff.code = clocking.staff`,
      where: sql`clocking.tenant_id = ${tenant} AND ${time}
        AND (clocking.staff ILIKE ${like} OR staff.name ILIKE ${like})
        ${status ? sql`AND clocking.direction = ${status}` : sql``}`,
      order: [
        { by: sql`clocking.wall_time`, type: 'timestamptz' },
        { by: sql`clocking.terminal_id`, type: 'uuid' },
        { by: sql`clocking.epoch`, type: 'integer' },
        { by: sql`clocking.seq`, type: 'bigint' },
      ],
      direction: 'desc',
    };
  },
  row: (raw) => ({
    terminal: raw.terminal_id,
    terminalLabel: raw.label,
    epoch: raw.epoch,
    seq: raw.seq,
    staff: raw.staff,
    staffName: raw.staff_name ?? raw.staff,
    direction: raw.direction,
    by: raw.known_by,
    wallTime: raw.wall_time.toISOString(),
    receivedAt: raw.received_at.toISOString(),
  }),
};
