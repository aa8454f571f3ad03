import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { programmeInForce } from '#backend/loyalty/programmes/versions.ts';
import { welcomePointsAt } from '#contract/loyalty/programme.ts';
import type { Opening } from './plan.ts';

type Wanted = { tenant: string; cardNumber: string; intention: string; nowMs: number };

/**
 * Decides the first record of a card in this shop, once: a card that is pulled and comes back gets the same, whatever the
 * programme says by then. The welcome bonus is for a card that has no account here; one to which a balance was moved starts with
 * what the ledger says has reached it, and the rest follows as an open write.
 */
export async function decideOpening(trx: TenantTransaction, wanted: Wanted): Promise<Opening> {
  const { tenant, cardNumber, nowMs } = wanted;
  const account = await accountOf(trx, tenant, cardNumber);
  const decided = await trx
    .selectFrom('card_openings')
    .select(['intention', 'points', 'balance', 'rules_version'])
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  if (decided) {
    const { intention, points, balance, rules_version: rulesVersion } = decided;
    return { intention, points, balance, totalSpendMinor: account?.totalSpendMinor ?? 0, rulesVersion };
  }
  const { current: programme, timeZone } = await programmeInForce(trx, tenant);
  const points = account ? 0 : welcomePointsAt(programme, { wallMs: nowMs, timeZone });
  const opening: Opening = {
    intention: wanted.intention,
    points,
    balance: account?.balance ?? points,
    totalSpendMinor: account?.totalSpendMinor ?? 0,
    rulesVersion: programme.version,
  };
  await trx
    .insertInto('card_openings')
    .values({
      tenant_id: tenant,
      card_number: cardNumber,
      intention: opening.intention,
      points,
      balance: opening.balance,
      rules_version: opening.rulesVersion,
      opened_at: new Date(nowMs),
      finished_at: null,
    })
    .execute();
  return opening;
}

/** What the ledger holds of a card here, less what has still to be written to it. */
async function accountOf(trx: TenantTransaction, tenant: string, cardNumber: string) {
  const { rows } = await sql<{ balance: number; totalSpendMinor: number }>`
    SELECT ledger.balance - coalesce(sum(pending.points), 0)::bigint AS balance,
      ledger.total_spend_minor - coalesce(sum(pending.spend_minor), 0)::bigint AS "totalSpendMinor"
    FROM card_ledger AS ledger
    LEFT JOIN open_writes AS pending ON pending.tenant_id = ledger.tenant_id
      AND pending.card_number = ledger.card_number AND pending.settled_at IS NULL
    WHERE ledger.tenant_id = ${tenant} AND ledger.card_number = ${cardNumber}
    GROUP BY ledger.balance, ledger.total_spend_minor
  `.execute(trx);
  return rows[0];
}
