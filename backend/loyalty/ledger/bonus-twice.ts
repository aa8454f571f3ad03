import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { bonusYear } from '../customers/birthday-bonus.ts';
import { customerOf } from '../customers/customer-rows.ts';
import { openPerson } from '../customers/person.ts';
import { openCardCases } from './card-cases.ts';
import { movedCards } from './moved-cards.ts';
import type { CardWork } from './parts.ts';

type Bonus = 'welcome' | 'birthday';
type Given = {
  intention: string;
  cardNumber: string;
  ticket: string | null;
  at: string;
  points: number;
  rulesVersion: number;
  programme: string;
};
type Looked = { cardNumber: string; what: Bonus };

/** Bonuses of one customer looked through: there are very few. */
const mostGiven = 100;

/**
 * Two tills without a link may both give a card its welcome, or the bonus of one birthday; and a card that replaces another, or is
 * put together with it, may have had a welcome of its own. Both stand; the later to arrive opens the case, on its card, which names
 * both: so one pair is one case, wherever the cards go on to. A sale that has been taken back gave none. Under the locks of the
 * cards' ledger rows.
 */
export async function openBonusesTwice(
  trx: TenantTransaction,
  { tenant, terminal }: { tenant: string; terminal: string },
  entries: readonly JournalEntry[],
  work: CardWork,
): Promise<void> {
  for (const { cardNumber, what } of lookedAt(entries)) {
    const { cards, standing } = await movedCards(trx, tenant, cardNumber);
    const given = await givenTo(trx, tenant, cards, what);
    if (given.length < 2) continue;
    const yearOf = what === 'birthday' ? await birthdayYears(trx, tenant, standing, work) : () => 'once';
    const firsts = new Map<string, Given>();
    for (const later of given) {
      const year = await yearOf(later);
      const first = firsts.get(year);
      if (!first) {
        firsts.set(year, later);
        continue;
      }
      const evidence = { given: [first, later].map((each) => evidenceOf(what, each)) };
      const about = { cardNumber: later.cardNumber, place: `${what}/${year}` };
      await openCardCases(trx, tenant, [{ kind: 'BonusTwice', ...about, terminal, evidence }], work.at);
    }
  }
}

/** Where a bonus may now be one too many: each card and bonus once. */
function lookedAt(entries: readonly JournalEntry[]): Iterable<Looked> {
  const looked = entries.flatMap(lookedAtOf).map((each) => [`${each.cardNumber}/${each.what}`, each] as const);
  return new Map(looked).values();
}

function lookedAtOf({ kind, body }: JournalEntry): Looked[] {
  if (kind === 'loyalty.sale') {
    const { cardNumber, extras = [] } = body;
    return extras.flatMap(({ what }) => (what === 'expired' ? [] : [{ cardNumber, what }]));
  }
  if (kind === 'card.issued') return body.points > 0 ? [{ cardNumber: body.cardNumber, what: 'welcome' }] : [];
  if (kind !== 'card.replaced' || body.fromCard === body.toCard) return [];
  return (['welcome', 'birthday'] as const).map((what) => ({ cardNumber: body.toCard, what }));
}

const evidenceOf = (what: Bonus, { cardNumber, ticket, at, points, intention }: Given) => ({
  what,
  cardNumber,
  ticket,
  at,
  points,
  intention,
});

/** The first record of a card holds its welcome too. */
async function givenTo(
  trx: TenantTransaction,
  tenant: string,
  cards: readonly string[],
  what: Bonus,
): Promise<Given[]> {
  const { rows } = await sql<Omit<Given, 'at'> & { at: Date }>`
    SELECT operation.intention, operation.card_number AS "cardNumber", operation.ticket_number AS ticket, operation.wall_time AS at, operation.programme,
      coalesce((extra ->> 'points')::int, operation.points) AS points,
      (entry.canonical::jsonb #>> '{body,rulesVersion}')::int AS "rulesVersion"
    FROM card_operations AS operation
    JOIN journal_entries AS entry USING (tenant_id, terminal_id, epoch, seq)
    LEFT JOIN LATERAL jsonb_array_elements(entry.canonical::jsonb #> '{body,extras}') AS extra ON extra ->> 'what' = ${what}
    WHERE operation.tenant_id = ${tenant} AND operation.card_number = ANY(${cards})
      AND (operation.kind = 'sale' AND extra IS NOT NULL
        OR operation.kind = 'issued' AND operation.points > 0 AND ${what} = 'welcome')
      AND NOT EXISTS (
        SELECT 1 FROM card_operations AS back WHERE back.tenant_id = ${tenant} AND back.reverses = operation.intention
      )
    ORDER BY operation.received_at, operation.terminal_id, operation.epoch, operation.seq LIMIT ${mostGiven}
  `.execute(trx);
  return rows.map(({ at, ...given }) => ({ ...given, at: at.toISOString() }));
}

async function birthdayYears(trx: TenantTransaction, tenant: string, cardNumber: string, { seal }: CardWork) {
  const row = await customerOf(trx, tenant, cardNumber);
  const person = row ? openPerson(seal, row) : null;
  return async ({ programme, rulesVersion, at }: Given): Promise<string> =>
    String(await bonusYear(trx, tenant, { programme, rulesVersion, wallMs: Date.parse(at) }, person));
}
