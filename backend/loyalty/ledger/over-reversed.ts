import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { CardCase } from './card-cases.ts';
import type { Settled } from './operation-rows.ts';
import type { Operation } from './operations.ts';

type Row = {
  intention: string;
  cardNumber: string;
  currency: CurrencyCode;
  ofMinor: number;
  ofPoints: number;
  backMinor: number;
  backPoints: number;
};

/**
 * Operations of which tills that did not know of each other have taken back more than there was: a purchase by its amount, a
 * spending by its points; of one that never reached its card anything is too much. The cards' ledger rows must be locked.
 */
export async function overReversed(
  trx: TenantTransaction,
  { tenant, operations, settled, terminal }: BatchOfCards,
): Promise<CardCase[]> {
  const touched = [...operations, ...settled.filter(({ kind }) => kind === 'spend')];
  const intentions = touched.map((each) => ('reverses' in each ? (each.reverses ?? each.intention) : each.intention));
  if (intentions.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT original.intention, original.card_number AS "cardNumber", original.currency,
      CASE WHEN original.kind = 'sale' THEN original.amount_minor ELSE 0 END AS "ofMinor", original.points AS "ofPoints",
      back.minor AS "backMinor", back.points AS "backPoints"
    FROM (
      SELECT reverses, -sum(amount_minor)::bigint AS minor, sum(points)::bigint AS points FROM card_operations
      WHERE tenant_id = ${tenant} AND reverses = ANY(${intentions}::uuid[]) GROUP BY reverses
    ) AS back
    JOIN card_operations AS original ON original.tenant_id = ${tenant} AND original.intention = back.reverses
    WHERE original.kind = 'sale' AND back.minor > original.amount_minor
      OR original.kind = 'spend' AND (original.outcome = 'not-applied' OR back.points > -original.points)
    ORDER BY original.intention
  `.execute(trx);
  return rows.map(({ cardNumber, ...evidence }) => {
    const place = evidence.intention;
    return { kind: 'ReversedTwice', cardNumber, place, terminal, evidence };
  });
}

type BatchOfCards = {
  tenant: string;
  terminal: string | null;
  operations: readonly Pick<Operation, 'intention' | 'reverses'>[];
  settled: readonly Pick<Settled, 'intention' | 'kind'>[];
};
