import { type Kysely, sql } from 'kysely';
import { acrossTenants } from '../isolation.ts';

/**
 * A replaced card's accounts go on to another card, by postings that the server makes: two of one intention, with no terminal. Holds
 * say which card bears them now, and who gave them back. The office's transactions hold what was done with accounts too, and money
 * off with its amount.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of accounts) await sql.raw(statement).execute(db);
  await acrossTenants(db, ['loyalty_transactions', 'journal_entries'], async () => {
    for (const statement of carry) await sql.raw(statement).execute(db);
  });
}

const accounts = [
  'ALTER TABLE card_accounts ADD COLUMN replaced_by text',
  `ALTER TABLE account_holds ADD COLUMN moved_to text, ADD COLUMN released_at timestamptz, ADD COLUMN released_by text,
    ADD COLUMN release_reason text`,
  `CREATE INDEX account_holds_by_age ON account_holds (tenant_id, held_at, intention) WHERE state = 'held'`,
  `ALTER TABLE account_postings DROP CONSTRAINT account_postings_pkey,
    ADD PRIMARY KEY (tenant_id, intention, card_number, account),
    ADD COLUMN other_card text,
    ALTER COLUMN terminal_id DROP NOT NULL, ALTER COLUMN epoch DROP NOT NULL, ALTER COLUMN seq DROP NOT NULL`,
];

const carry = [
  `INSERT INTO loyalty_transactions (tenant_id, terminal_id, epoch, seq, intention, kind, ticket_number, wall_time, received_at,
      card_number, staff, amount_minor, currency, points, balance)
    SELECT entry.tenant_id, entry.terminal_id, entry.epoch, entry.seq, entry.intention, entry.kind, said.body ->> 'ticketNumber',
      (said.whole ->> 'wallTime')::timestamptz, entry.received_at, said.body ->> 'cardNumber', said.whole ->> 'staff',
      CASE WHEN entry.kind IN ('purse.topped-up', 'credit.drawn') THEN 1 ELSE -1 END * (said.body ->> 'amountMinor')::bigint,
      said.body ->> 'currency', 0, NULL
    FROM journal_entries AS entry
    CROSS JOIN LATERAL (SELECT entry.canonical::jsonb AS whole, entry.canonical::jsonb -> 'body' AS body) AS said
    WHERE entry.kind IN ('purse.topped-up', 'purse.paid', 'purse.refunded', 'credit.drawn', 'credit.repaid')
    ON CONFLICT DO NOTHING`,
  `UPDATE loyalty_transactions AS row SET amount_minor = -(entry.canonical::jsonb #>> '{body,reward,amountMinor}')::bigint
    FROM journal_entries AS entry
    WHERE row.kind = 'loyalty.spend' AND entry.tenant_id = row.tenant_id AND entry.terminal_id = row.terminal_id
      AND entry.epoch = row.epoch AND entry.seq = row.seq
      AND entry.canonical::jsonb #>> '{body,reward,kind}' = 'money'`,
];
