import { type RawBuilder, sql } from 'kysely';
import type { AskedKind, CaseKind } from '#backend/db/tables.ts';
import type { CaseDecision, OfficeCase } from '#contract/central/office-cards.ts';
import type { Role } from '#contract/till/state.ts';

/** Who looks at cases: a person of a shop; the network's administrators see its cases wherever they lie. */
export type CaseViewer = { tenant: string; networkId: number; role: Role };

export type CaseRow = {
  case_key: string;
  kind: CaseKind;
  card_number: string | null;
  till: string | null;
  opened_at: Date;
  evidence: unknown;
  settled_at: Date | null;
  settled_by: string | null;
  decision: string | null;
  note: string | null;
  asked_by: string | null;
};

export const caseColumns = sql`found.case_key, found.kind, found.card_number, terminals.label AS till, found.opened_at,
  found.evidence, found.settled_at, found.settled_by, found.decision, found.note, found.asked_by`;
export const caseTables = sql`cases AS found
  LEFT JOIN terminals ON terminals.tenant_id = found.tenant_id AND terminals.terminal_id = found.terminal_id`;

/** The viewer's cases, of `cases AS found`. An administrator's transaction must see the network's rows. */
export const seenBy = ({
  tenant,
  networkId,
  role,
}: Pick<CaseViewer, 'tenant' | 'role'> & { networkId: number | RawBuilder<number> }): RawBuilder<boolean> =>
  role === 'network-admin'
    ? sql`(found.tenant_id = ${tenant} OR found.network_id = ${networkId})`
    : sql`found.tenant_id = ${tenant}`;

const findings = ['explained', 'loss-borne', 'fraud'] as const;
/** The one that changes nothing first: a form shows it chosen. */
const answers = ['refused', 'carried-out'] as const;
const asked: ReadonlySet<CaseKind> = new Set<AskedKind>(['ReplaceAsked', 'BlockAsked', 'UnblockAsked']);

/** What the viewer may decide of it. Nobody answers for the network what their own shop has asked of it. */
export function choicesOf(row: CaseRow, { tenant, role }: CaseViewer): readonly CaseDecision[] {
  if (row.settled_at !== null) return [];
  if (role !== 'network-admin' && (role !== 'manager' || row.asked_by === tenant)) return [];
  return asked.has(row.kind) ? answers : findings;
}

/** Of a journal's conflict the entry itself is kept. */
export const evidenceOf = ({ evidence }: CaseRow) =>
  (Array.isArray(evidence) ? evidence : [evidence]) as OfficeCase['evidence'];

export const officeCase = (row: CaseRow, viewer: CaseViewer): OfficeCase => ({
  key: row.case_key,
  kind: row.kind,
  cardNumber: row.card_number,
  till: row.till,
  openedAt: row.opened_at.toISOString(),
  evidence: evidenceOf(row),
  choices: [...choicesOf(row, viewer)],
  settled: row.settled_at && {
    atMs: row.settled_at.getTime(),
    by: row.settled_by ?? '',
    decision: row.decision as CaseDecision,
    note: row.note ?? '',
  },
});
