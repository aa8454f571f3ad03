import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { announce } from '#backend/live/announcements.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import { type AccountKind, accountKinds, actOfKind, changeMinor } from '#contract/accounts/effects.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { Known } from './ledger/outcomes.ts';

/**
 * What the office's list shows of an operation. A gift has no amount; money off and what is taken back are negative; of purse and
 * credit it is the change of what is in the purse, or of what is owed.
 */
type Listed = {
  cardNumber: string;
  ticketNumber: string;
  currency: CurrencyCode;
  amountMinor: number;
  points: number;
  balance: number | null;
};
type ListedEntry = JournalEntry<'loyalty.sale' | 'loyalty.spend' | 'loyalty.reversal' | AccountKind>;

const listedKinds: ReadonlySet<string> = new Set([
  'loyalty.sale',
  'loyalty.spend',
  'loyalty.reversal',
  ...accountKinds,
]);
const isListed = (entry: JournalEntry): entry is ListedEntry => listedKinds.has(entry.kind);

/**
 * The office's transactions, from the journal: one row per sale, spending, reversal and act of a purse
 * or credit, and what became of its card write. In the
 * transaction that takes the entries, so the two never differ (invariant 8). Those who watch the shop are told when it commits.
 */
export async function projectTransactions(
  trx: TenantTransaction,
  writer: Writer,
  entries: readonly JournalEntry[],
  receivedAt: Date,
): Promise<void> {
  const listed = entries.filter(isListed);
  const outcomes = entries.filter((entry): entry is JournalEntry<'card.outcome'> => entry.kind === 'card.outcome');
  if (listed.length > 0) await insertListed(trx, writer, listed, receivedAt);
  const told = outcomes.map(({ intention, body }) => ({ intention, outcome: body.outcome }));
  if (told.length > 0) await settleCards(trx, writer.tenant, told);
  const intentions = [...new Set([...listed, ...outcomes].map(({ intention }) => intention))];
  if (intentions.length > 0) await announce(trx, { tenant: writer.tenant, intentions });
}

function listedOf({ kind, body }: ListedEntry): Listed {
  const { cardNumber, ticketNumber, currency } = body;
  const what = { cardNumber, ticketNumber, currency };
  switch (kind) {
    case 'loyalty.sale':
      return { ...what, amountMinor: body.amountMinor, points: body.points, balance: body.balance };
    case 'loyalty.spend': {
      const { reward, points, balance } = body;
      return { ...what, amountMinor: reward.kind === 'money' ? 0 - reward.amountMinor : 0, points, balance };
    }
    case 'loyalty.reversal': {
      const { amountMinor, moneyOffMinor = 0, points } = body;
      return { ...what, amountMinor: moneyOffMinor - amountMinor, points, balance: null };
    }
    default:
      return { ...what, amountMinor: changeMinor(actOfKind(kind)!, body.amountMinor), points: 0, balance: null };
  }
}

const insertListed = (
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  entries: readonly ListedEntry[],
  receivedAt: Date,
) => {
  const listed = entries.map(listedOf);
  return sql`
  INSERT INTO loyalty_transactions
    (tenant_id, terminal_id, received_at, epoch, seq, intention, kind, ticket_number, wall_time, card_number, staff,
     amount_minor, currency, points, balance)
  SELECT ${tenant}, ${terminal}, ${receivedAt}::timestamptz, *
  FROM unnest(
    ${entries.map(({ epoch }) => epoch)}::int[], ${entries.map(({ seq }) => seq)}::bigint[],
    ${entries.map(({ intention }) => intention)}::uuid[], ${entries.map(({ kind }) => kind)}::text[],
    ${listed.map(({ ticketNumber }) => ticketNumber)}::text[], ${entries.map(({ wallTime }) => wallTime)}::timestamptz[],
    ${listed.map(({ cardNumber }) => cardNumber)}::text[], ${entries.map(({ staff }) => staff)}::text[],
    ${listed.map(({ amountMinor }) => amountMinor)}::bigint[], ${listed.map(({ currency }) => currency)}::text[],
    ${listed.map(({ points }) => points)}::int[], ${listed.map(({ balance }) => balance)}::bigint[]
  )
`.execute(trx);
};

/** What became of card writes, on the list, and told to those who watch the shop. */
export async function settleListed(
  trx: TenantTransaction,
  tenant: string,
  outcomes: readonly { intention: string; outcome: Known }[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await settleCards(trx, tenant, outcomes);
  await announce(trx, { tenant, intentions: outcomes.map(({ intention }) => intention) });
}

/** The last outcome that was told stands; `unknown` never hides one that is settled, whoever settled it. */
async function settleCards(
  trx: TenantTransaction,
  tenant: string,
  outcomes: readonly { intention: string; outcome: Known }[],
): Promise<void> {
  const last = new Map<string, Known>();
  for (const { intention, outcome } of outcomes) {
    if (outcome !== 'unknown' || !last.has(intention)) last.set(intention, outcome);
  }
  await sql`
    UPDATE loyalty_transactions AS sale SET card_outcome = settled.outcome
    FROM unnest(${[...last.keys()]}::uuid[], ${[...last.values()]}::text[]) AS settled (intention, outcome)
    WHERE sale.tenant_id = ${tenant} AND sale.intention = settled.intention
      AND (settled.outcome <> 'unknown' OR sale.card_outcome IS NULL)
  `.execute(trx);
}
