import { sql } from 'kysely';
import type { CaseKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';

/** What a person must decide about a card. `place` names the conflict within the card: found again, it is the same case. */
export type CardCase = {
  kind: Exclude<CaseKind, 'ChainForked' | 'IntentionReused'>;
  cardNumber: string;
  place: string;
  terminal: string | null;
  evidence: Readonly<Record<string, unknown>>;
};

/** Kinds of which one case is open at a time for each card. */
const gathers: ReadonlySet<CaseKind> = new Set(['CardContradicted', 'OverspentOffline']);

/** Pieces of evidence that one case gathers; the operations themselves are all on record. */
const maxEvidence = 20;

/**
 * Opens cases, each exactly once (invariant 16): one found again is left as it is, settled or not. Of a card that contradicts
 * itself or was overspent one case is open at a time, and gathers what is found until a person settles it.
 */
export async function openCardCases(
  trx: TenantTransaction,
  tenant: string,
  cases: readonly CardCase[],
  at: Date,
): Promise<void> {
  for (const { kind, cardNumber, place, terminal, evidence } of cases) {
    const key = `${kind}/${cardNumber}/${place}`;
    const found = JSON.stringify([{ ...evidence, place }]);
    if (gathers.has(kind)) {
      const { numAffectedRows } = await sql`
        UPDATE cases SET evidence = CASE
          WHEN jsonb_array_length(evidence) >= ${maxEvidence} OR evidence @> ${JSON.stringify([{ place }])}::jsonb THEN evidence
          ELSE evidence || ${found}::jsonb END
        WHERE tenant_id = ${tenant} AND kind = ${kind} AND card_number = ${cardNumber} AND settled_at IS NULL
      `.execute(trx);
      if (numAffectedRows) continue;
    }
    await sql`
      INSERT INTO cases (tenant_id, case_key, kind, terminal_id, card_number, evidence, opened_at)
      VALUES (${tenant}, ${key}, ${kind}, ${terminal}::uuid, ${cardNumber}, ${found}::jsonb, ${at}::timestamptz)
      ON CONFLICT DO NOTHING
    `.execute(trx);
  }
}
