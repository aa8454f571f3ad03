import { sql } from 'kysely';
import type { TerminalState } from '#backend/db/tables.ts';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { anywhere } from '#backend/reports/page.ts';
import type { OfficeTerminal } from '#contract/central/office-terminals.ts';

type Raw = {
  terminal_id: string;
  label: string;
  machine: string;
  ticket_prefix: string;
  state: TerminalState;
  enrolled_at: Date;
  seen_at: Date | null;
  program: string | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  epoch: number | null;
  seq: number | null;
  last_entry_at: Date | null;
};

const states: readonly string[] = ['active', 'quarantined', 'revoked'] satisfies TerminalState[];

/** The shop's tills, as they are known here: what waits at a till that has no link, only the till can say. */
export const terminalList: OfficeList<Raw, OfficeTerminal> = {
  report: {
    name: { fr: 'Caisses', en: 'Tills' },
    columns: [
      { key: 'label', label: { fr: 'Caisse', en: 'Till' }, kind: 'text' },
      { key: 'ticketPrefix', label: { fr: 'Préfixe des tickets', en: 'Ticket prefix' }, kind: 'text' },
      {
        key: 'state',
        label: { fr: 'État', en: 'State' },
        kind: 'code',
        words: {
          active: { fr: 'en service', en: 'in service' },
          quarantined: { fr: 'en quarantaine', en: 'in quarantine' },
          revoked: { fr: 'retirée', en: 'revoked' },
        },
      },
      { key: 'machine', label: { fr: 'Poste', en: 'Machine' }, kind: 'text' },
      { key: 'program', label: { fr: 'Version', en: 'Version' }, kind: 'text' },
      { key: 'enrolledAt', label: { fr: 'Inscrite le', en: 'Enrolled' }, kind: 'date' },
      { key: 'seenAt', label: { fr: 'Dernier contact', en: 'Last contact' }, kind: 'date' },
      { key: 'lastEntryAt', label: { fr: 'Dernière écriture reçue', en: 'Last entry received' }, kind: 'date' },
      { key: 'entries', label: { fr: 'Écritures de cette époque', en: 'Entries of this epoch' }, kind: 'integer' },
      { key: 'revokedAt', label: { fr: 'Retirée le', en: 'Revoked' }, kind: 'date' },
      { key: 'id', label: { fr: 'Identifiant', en: 'Id' }, kind: 'text' },
    ],
  },
  query(tenant, { search, status }) {
    if (status !== undefined && !states.includes(status)) return null;
    const words = search?.trim();
    const like = anywhere(words ?? '');
    return {
      select: sql`till.*, head.epoch, head.seq, history.accepted_at AS last_entry_at`,
      from: sql`terminals AS till
        LEFT JOIN heads AS head USING (tenant_id, terminal_id)
        LEFT JOIN head_history AS history USING (tenant_id, terminal_id, epoch, seq)`,
      where: sql`till.tenant_id = ${tenant}
        ${words ? sql`AND (till.label ILIKE ${like} OR till.machine ILIKE ${like} OR till.ticket_prefix = ${words})` : sql``}
        ${status ? sql`AND till.state = ${status}` : sql``}`,
      order: [
        { by: sql`till.label`, type: 'text' },
        { by: sql`till.terminal_id`, type: 'uuid' },
      ],
      direction: 'asc',
    };
  },
  row: (raw) => ({
    id: raw.terminal_id,
    label: raw.label,
    machine: raw.machine,
    ticketPrefix: raw.ticket_prefix,
    state: raw.state,
    enrolledAt: raw.enrolled_at.toISOString(),
    seenAt: raw.seen_at?.toISOString() ?? null,
    program: raw.program,
    lastEntryAt: raw.last_entry_at?.toISOString() ?? null,
    epoch: raw.epoch,
    entries: raw.seq,
    revokedAt: raw.revoked_at?.toISOString() ?? null,
    revokedBy: raw.revoked_by,
  }),
};
