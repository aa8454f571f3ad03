import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { CardCase } from './card-cases.ts';

/** A record known to stand on a card. */
export type OnCard = { intention: string; cardNumber: string; counter: number; balance: number; points: number };

/** A record with those known around it, and any other that claims its place. */
export type Neighbours = { at: OnCard; previous: OnCard | null; next: OnCard | null; twin: OnCard | null };

/** What a record's neighbours say: `contradicted` at a place, or `unexplained`, where what lies between may still come. */
export type Finding =
  | { what: 'contradicted'; place: number; records: OnCard[] }
  | { what: 'unexplained'; record: OnCard }
  | { what: 'explained'; record: OnCard };

/**
 * Compares a record with its neighbours by counter. Two records in one place, or a balance that does not follow from the one
 * before it, show a card that was copied, set back to an old image, or written with a stolen key. Where counters are missing in
 * between, another till may still send them. Independent of the order in which records came to be known.
 */
export function findings({ at, previous, next, twin }: Neighbours): Finding[] {
  const found: Finding[] = [];
  if (twin) found.push({ what: 'contradicted', place: at.counter, records: [at, twin].sort(byIntention) });
  if (previous) found.push(...between(previous, at));
  if (next) found.push(...between(at, next));
  return found;
}

const byIntention = (a: OnCard, b: OnCard) => (a.intention < b.intention ? -1 : 1);

function between(before: OnCard, after: OnCard): Finding[] {
  if (after.balance - after.points === before.balance) return [{ what: 'explained', record: after }];
  if (after.counter > before.counter + 1) return [{ what: 'unexplained', record: after }];
  return [
    { what: 'contradicted', place: after.counter, records: [before, after] },
    { what: 'explained', record: after },
  ];
}

/** Reads what stands around records that have just become known. Bounded by the batch: three look-ups by key for each. */
export async function neighboursOf(
  trx: TenantTransaction,
  tenant: string,
  fresh: readonly OnCard[],
): Promise<Neighbours[]> {
  if (fresh.length === 0) return [];
  const other = (condition: ReturnType<typeof sql>, order: ReturnType<typeof sql>) => sql`
    LEFT JOIN LATERAL (
      SELECT jsonb_build_object('intention', intention, 'cardNumber', card_number, 'counter', card_counter,
        'balance', card_balance, 'points', points) AS record
      FROM card_operations
      WHERE tenant_id = ${tenant} AND card_number = fresh.card AND outcome = 'applied' AND ${condition}
      ORDER BY ${order} LIMIT 1
    )`;
  const { rows } = await sql<Omit<Neighbours, 'at'> & { place: number }>`
    SELECT place, previous.record AS previous, next.record AS next, twin.record AS twin
    FROM unnest(
      ${fresh.map(({ cardNumber }) => cardNumber)}::text[], ${fresh.map(({ counter }) => counter)}::bigint[],
      ${fresh.map(({ intention }) => intention)}::uuid[]
    ) WITH ORDINALITY AS fresh (card, counter, intention, place)
    ${other(sql`card_counter < fresh.counter`, sql`card_counter DESC, intention DESC`)} AS previous ON true
    ${other(sql`card_counter > fresh.counter`, sql`card_counter, intention`)} AS next ON true
    ${other(sql`card_counter = fresh.counter AND intention <> fresh.intention`, sql`card_counter, intention`)} AS twin ON true
  `.execute(trx);
  return rows.map(({ place, ...around }) => ({ at: fresh[place - 1]!, ...around }));
}

/** A contradiction as a case: what each of the records says. */
export const contradiction = (
  { place, records }: Extract<Finding, { what: 'contradicted' }>,
  terminal: string | null,
): CardCase => ({
  kind: 'CardContradicted',
  cardNumber: records[0]!.cardNumber,
  place: String(place),
  terminal,
  evidence: { records },
});
