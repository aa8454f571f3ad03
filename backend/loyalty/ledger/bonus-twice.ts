import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { bonusYear } from '../customers/birthday-bonus.ts';
import { customerOf } from '../customers/customer-rows.ts';
import { openPerson } from '../customers/person.ts';
import { openCardCases } from './card-cases.ts';
import type { CardWork } from './parts.ts';

type Bonus = 'welcome' | 'birthday';
type Given = {
  intention: string;
  ticket: string | null;
  at: string;
  points: number;
  rulesVersion: number;
  programme: string;
};

/** Sales of one card looked through for a bonus of theirs: a card has very few. */
const mostGiven = 100;

/**
 * Two tills without a link may both give a card its welcome, or the bonus of one birthday. Both stand; the second to arrive opens the
 * case, which names both. A sale that has been taken back gave none. Under the locks of the cards' ledger rows.
 */
export async function openBonusesTwice(
  trx: TenantTransaction,
  { tenant, terminal }: { tenant: string; terminal: string },
  sales: readonly JournalEntry<'loyalty.sale'>[],
  work: CardWork,
): Promise<void> {
  for (const { body, intention } of sales) {
    for (const { what } of body.extras ?? []) {
      if (what === 'expired') continue;
      const given = await givenTo(trx, tenant, body.cardNumber, what);
      const here = given.find((each) => each.intention === intention);
      if (!here || given.length < 2) continue;
      const yearOf = what === 'birthday' ? await birthdayYears(trx, tenant, body.cardNumber, work) : () => 'once';
      const year = await yearOf(here);
      for (const other of given) {
        if (other === here || (await yearOf(other)) !== year) continue;
        const evidence = {
          given: [other, here].map(({ ticket, at, points, intention }) => ({ what, ticket, at, points, intention })),
        };
        const found = {
          kind: 'BonusTwice' as const,
          cardNumber: body.cardNumber,
          place: `${what}/${year}`,
          terminal,
          evidence,
        };
        await openCardCases(trx, tenant, [found], work.at);
        break;
      }
    }
  }
}

/** The first record of a card holds its welcome too. */
async function givenTo(trx: TenantTransaction, tenant: string, cardNumber: string, what: Bonus): Promise<Given[]> {
  const { rows } = await sql<Omit<Given, 'at'> & { at: Date }>`
    SELECT operation.intention, operation.ticket_number AS ticket, operation.wall_time AS at, operation.programme,
      coalesce((extra ->> 'points')::int, operation.points) AS points,
      (entry.canonical::jsonb #>> '{body,rulesVersion}')::int AS "rulesVersion"
    FROM card_operations AS operation
    JOIN journal_entries AS entry USING (tenant_id, terminal_id, epoch, seq)
    LEFT JOIN LATERAL jsonb_array_elements(entry.canonical::jsonb #> '{body,extras}') AS extra ON extra ->> 'what' = ${what}
    WHERE operation.tenant_id = ${tenant} AND operation.card_number = ${cardNumber}
      AND (operation.kind = 'sale' AND extra IS NOT NULL
        OR operation.kind = 'issued' AND operation.points > 0 AND ${what} = 'welcome')
      AND NOT EXISTS (
        SELECT 1 FROM card_operations AS back WHERE back.tenant_id = ${tenant} AND back.reverses = operation.intention
      )
    ORDER BY operation.received_at, operation.intention LIMIT ${mostGiven}
  `.execute(trx);
  return rows.map(({ at, ...given }) => ({ ...given, at: at.toISOString() }));
}

async function birthdayYears(trx: TenantTransaction, tenant: string, cardNumber: string, { seal }: CardWork) {
  const row = await customerOf(trx, tenant, cardNumber);
  const person = row ? openPerson(seal, row) : null;
  return async ({ programme, rulesVersion, at }: Given): Promise<string> =>
    String(await bonusYear(trx, tenant, { programme, rulesVersion, wallMs: Date.parse(at) }, person));
}
