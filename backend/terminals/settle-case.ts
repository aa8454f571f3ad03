import { sql } from 'kysely';
import type { CaseKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { CaseDecision, OfficeCase } from '#contract/central/office-cards.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import {
  type CaseRow,
  type CaseViewer,
  caseColumns,
  caseTables,
  choicesOf,
  evidenceOf,
  officeCase,
  seenBy,
} from './case-view.ts';

type Settlement = { key: string; decision: CaseDecision; note: string; by: string; now: Date };

/** A case that asks for something, as it is to be carried out. `askedBy`: the shop (tenant) that asks. */
export type AskedCase = {
  kind: CaseKind;
  cardNumber: string | null;
  askedBy: string | null;
  evidence: OfficeCase['evidence'];
};

/**
 * Settles a case for good: it stays on record with who decided what. The same said again changes nothing.
 * @param carryOut called in this transaction, once for each case whose settling says so
 * Refusals: NotFound, NotAllowed (it is for others to decide), InvalidRequest (`decision`: not one for this case), CaseSettled.
 */
export async function settleCase(
  trx: TenantTransaction,
  viewer: CaseViewer,
  { key, decision, note, by, now }: Settlement,
  carryOut: (asked: AskedCase) => Promise<void>,
): Promise<Result<OfficeCase, CentralError>> {
  const row = await heldCase(trx, viewer, key);
  if (!row) return err(refusal('NotFound'));
  if (row.settled_at !== null) {
    const isSame = row.settled_by === by && row.decision === decision && row.note === note;
    return isSame ? ok(officeCase(row, viewer)) : err(refusal('CaseSettled', { by: row.settled_by }));
  }
  const choices = choicesOf(row, viewer);
  if (choices.length === 0) return err(refusal('NotAllowed'));
  if (!choices.includes(decision)) return err(refusal('InvalidRequest', { what: 'decision' }));
  await sql`
    UPDATE cases AS found SET settled_at = ${now}, settled_by = ${by}, decision = ${decision}, note = ${note}
    WHERE ${seenBy(viewer)} AND found.case_key = ${key}
  `.execute(trx);
  const { kind, card_number: cardNumber, asked_by: askedBy } = row;
  if (decision === 'carried-out') await carryOut({ kind, cardNumber, askedBy, evidence: evidenceOf(row) });
  return ok(officeCase({ ...row, settled_at: now, settled_by: by, decision, note }, viewer));
}

/** Held until the transaction ends: of two who decide at the same moment the second finds it settled. */
async function heldCase(trx: TenantTransaction, viewer: CaseViewer, key: string): Promise<CaseRow | undefined> {
  const { rows } = await sql<CaseRow>`
    SELECT ${caseColumns} FROM ${caseTables} WHERE ${seenBy(viewer)} AND found.case_key = ${key} FOR UPDATE OF found
  `.execute(trx);
  return rows[0];
}
