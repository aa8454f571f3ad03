import { sql } from 'kysely';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { takingsMinor } from '#contract/counter/figures.ts';
import type { EntryBody } from '#contract/journal/kinds.ts';

type Raw = {
  day: string;
  label: string;
  number: number;
  closed_at: Date;
  received_at: Date;
  staff: string | null;
  staff_name: string | null;
  currency: string;
  body: EntryBody<'day.closed'>;
};
export type ZInFile = {
  day: string;
  till: string;
  number: number;
  closedAt: string;
  receivedAt: string;
  staff: string | null;
  takingsMinor: number;
  currency: string;
  pointsGiven: number;
  pointsTaken: number;
  expectedMinor: number;
  countedMinor: number;
  differenceMinor: number;
  reason: string | null;
  lateCount: number;
  lateMinor: number;
};

const day = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string | undefined) => text === undefined || (day.test(text) && !Number.isNaN(Date.parse(text)));

/** The Zs that the server has, one a row, as a file: the shop's days add them up. */
export const zList: OfficeList<Raw, ZInFile> = {
  report: {
    name: { fr: 'Journées', en: 'Days' },
    columns: [
      { key: 'day', label: { fr: 'Journée', en: 'Day' }, kind: 'day' },
      { key: 'till', label: { fr: 'Caisse', en: 'Till' }, kind: 'text' },
      { key: 'number', label: { fr: 'Z', en: 'Z' }, kind: 'integer' },
      { key: 'closedAt', label: { fr: 'Clôturée le', en: 'Closed' }, kind: 'date' },
      { key: 'receivedAt', label: { fr: 'Reçue par le serveur', en: 'Received by the server' }, kind: 'date' },
      { key: 'staff', label: { fr: 'Par', en: 'By' }, kind: 'text' },
      { key: 'takingsMinor', label: { fr: 'Recettes', en: 'Takings' }, kind: 'amount' },
      { key: 'currency', label: { fr: 'Devise', en: 'Currency' }, kind: 'text' },
      { key: 'pointsGiven', label: { fr: 'Points donnés', en: 'Points given' }, kind: 'points' },
      { key: 'pointsTaken', label: { fr: 'Points repris', en: 'Points taken' }, kind: 'points' },
      { key: 'expectedMinor', label: { fr: 'Espèces attendues', en: 'Cash expected' }, kind: 'amount' },
      { key: 'countedMinor', label: { fr: 'Espèces comptées', en: 'Cash counted' }, kind: 'amount' },
      { key: 'differenceMinor', label: { fr: 'Écart', en: 'Difference' }, kind: 'amount' },
      { key: 'reason', label: { fr: 'Raison de l’écart', en: 'Reason of the difference' }, kind: 'text' },
      { key: 'lateCount', label: { fr: 'Opérations en retard', en: 'Late operations' }, kind: 'integer' },
      { key: 'lateMinor', label: { fr: 'Dont montant', en: 'Of which amount' }, kind: 'amount' },
    ],
  },
  query(tenant, { from, to, terminal }) {
    if (!isDay(from) || !isDay(to)) return null;
    return {
      select: sql`z.day::text, z.number, z.closed_at, z.received_at, z.staff, z.currency, z.body, till.label,
        staff.name AS staff_name`,
      from: sql`day_closings AS z
        JOIN terminals AS till ON till.tenant_id = z.tenant_id AND till.terminal_id = z.terminal_id
        LEFT JOIN staff ON staff.tenant_id = z.tenant_id AND staff.code = z.staff`,
      where: sql`z.tenant_id = ${tenant}
        AND z.day BETWEEN ${from ?? '-infinity'}::date AND ${to ?? 'infinity'}::date
        ${terminal ? sql`AND z.terminal_id::text = ${terminal}` : sql``}`,
      order: [
        { by: sql`z.day`, type: 'date' },
        { by: sql`z.terminal_id`, type: 'uuid' },
        { by: sql`z.epoch`, type: 'integer' },
        { by: sql`z.seq`, type: 'bigint' },
      ],
      direction: 'desc',
    };
  },
  row: ({ body, ...z }) => ({
    day: z.day,
    till: z.label,
    number: z.number,
    closedAt: z.closed_at.toISOString(),
    receivedAt: z.received_at.toISOString(),
    staff: z.staff_name ?? z.staff,
    takingsMinor: takingsMinor(body.totals),
    currency: z.currency,
    pointsGiven: body.totals.pointsGiven,
    pointsTaken: body.totals.pointsTaken,
    expectedMinor: body.expectedMinor,
    countedMinor: body.countedMinor,
    differenceMinor: body.differenceMinor,
    reason: body.reason,
    lateCount: body.late.count,
    lateMinor: body.late.amountMinor,
  }),
};
