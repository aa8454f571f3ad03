import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { birthdayYearAt } from '#contract/loyalty/programme.ts';
import type { CardWork } from '../ledger/parts.ts';
import { customerOf, memberItem } from './customer-rows.ts';
import { openPerson, type Person } from './person.ts';

/** Notes that a cardholder has had this birthday's bonus, and tells the other tills, so that it is given once. */
export async function giveBirthdayBonuses(
  trx: TenantTransaction,
  tenant: string,
  sales: readonly JournalEntry<'loyalty.sale'>[],
  { seal, outgoing }: CardWork,
): Promise<void> {
  for (const sale of sales.filter(({ body }) => body.extras?.some(({ what }) => what === 'birthday'))) {
    const row = await customerOf(trx, tenant, sale.body.cardNumber);
    if (!row) continue;
    const person = openPerson(seal, row);
    const { programme, rulesVersion } = sale.body;
    const given = { programme, rulesVersion, wallMs: Date.parse(sale.wallTime) };
    const year = await bonusYear(trx, tenant, given, person);
    if (row.birthday_bonus_year !== null && row.birthday_bonus_year >= year) continue;
    await trx
      .updateTable('customers')
      .set({ birthday_bonus_year: year })
      .where('tenant_id', '=', tenant)
      .where('customer_id', '=', row.customer_id)
      .execute();
    outgoing.add(tenant, memberItem({ ...row, birthday_bonus_year: year }, person));
  }
}

/** The year of the birthday that the sale was near to, by the rules that gave the bonus; else the sale's own. */
export async function bonusYear(
  trx: TenantTransaction,
  tenant: string,
  { programme, rulesVersion, wallMs }: { programme: string; rulesVersion: number; wallMs: number },
  person: Person | null,
): Promise<number> {
  const shop = await trx
    .selectFrom('tenants')
    .leftJoin('programmes', (join) =>
      join
        .onRef('programmes.tenant_id', '=', 'tenants.tenant_id')
        .on('programme_id', '=', programme)
        .on('version', '=', rulesVersion),
    )
    .select(['time_zone', 'programme'])
    .where('tenants.tenant_id', '=', tenant)
    .executeTakeFirstOrThrow();
  const birthday = person?.birthday?.slice(-5);
  const near =
    birthday && shop.programme ? birthdayYearAt(shop.programme, birthday, { wallMs, timeZone: shop.time_zone }) : null;
  return near ?? new Date(wallMs).getUTCFullYear();
}
