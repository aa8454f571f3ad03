import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { announce } from '#backend/live/announcements.ts';
import { refusal } from '#backend/refusal.ts';
import { readPage } from '#backend/reports/page.ts';
import { publish } from '#backend/terminals/feed.ts';
import type { CentralError } from '#contract/central/index.ts';
import { type OfficeStaff, officeRoles, type ShopRole, shopRoles } from '#contract/central/office-staff.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Role } from '#contract/till/state.ts';
import type { Person } from './sign-in.ts';
import { type StaffRow, staffList } from './staff-list.ts';

type Answer = Promise<Result<OfficeStaff, CentralError>>;
export type StaffChange = { name?: string | undefined; role?: ShopRole | undefined; active?: boolean | undefined };

/** May this person change that one? The network's people are not the shop's to change. */
const mayChange = (by: Person, role: Role): boolean =>
  by.role === 'network-admin' || (shopRoles as readonly Role[]).includes(role);

/**
 * Adds a member of staff and tells the tills.
 * @param pinHash Argon2id, PHC text
 * Refusals: StaffCodeTaken.
 */
export async function addStaff(
  trx: TenantTransaction,
  by: Person,
  { code, name, role, pinHash }: { code: string; name: string; role: ShopRole; pinHash: string },
): Answer {
  const { numInsertedOrUpdatedRows: added } = await trx
    .insertInto('staff')
    .values({ tenant_id: by.tenant, code, name, role, pin_hash: pinHash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!added) return err(refusal('StaffCodeTaken', { code }));
  return told(trx, by.tenant, code);
}

/**
 * Changes name, role or whether someone works here, and tells the tills; who may no longer enter the office is put out of it at once.
 * Refusals: NotFound, NotAllowed, LastManager (nobody would be left who may do this).
 */
export async function changeStaff(trx: TenantTransaction, by: Person, code: string, change: StaffChange): Answer {
  const found = await changeable(trx, by, code);
  if (!found.ok) return found;
  const now = found.value;
  const [role, active] = [change.role ?? now.role, change.active ?? now.active];
  const stopsManaging = now.role === 'manager' && now.active && (role !== 'manager' || !active);
  if (stopsManaging && (await managersBeside(trx, by.tenant, code)) === 0) return err(refusal('LastManager'));
  await trx
    .updateTable('staff')
    .set({ name: change.name ?? now.name, role, active })
    .where('tenant_id', '=', by.tenant)
    .where('code', '=', code)
    .execute();
  if (!active || !officeRoles.includes(role)) await endSessionsOf(trx, by.tenant, code);
  return told(trx, by.tenant, code);
}

/** Refusals: NotFound, NotAllowed. */
export async function setStaffPin(trx: TenantTransaction, by: Person, code: string, pinHash: string): Answer {
  const found = await changeable(trx, by, code);
  if (!found.ok) return found;
  const mine = trx.updateTable('staff').where('tenant_id', '=', by.tenant).where('code', '=', code);
  await mine.set({ pin_hash: pinHash }).execute();
  return told(trx, by.tenant, code);
}

/**
 * @param badge its text as a scanner reads it: what is kept is its SHA-256, as the tills compare it
 * Refusals: NotFound, NotAllowed, StaffCodeTaken (somebody else's badge).
 */
export async function setStaffBadge(trx: TenantTransaction, by: Person, code: string, badge: string | null): Answer {
  const found = await changeable(trx, by, code);
  if (!found.ok) return found;
  const hash = badge === null ? null : createHash('sha256').update(badge.trim()).digest('hex');
  const others = trx.selectFrom('staff').select('code').where('tenant_id', '=', by.tenant).where('code', '<>', code);
  if (hash !== null && (await others.where('badge_hash', '=', hash).executeTakeFirst())) {
    return err(refusal('StaffCodeTaken', { what: 'badge' }));
  }
  const mine = trx.updateTable('staff').where('tenant_id', '=', by.tenant).where('code', '=', code);
  await mine.set({ badge_hash: hash }).execute();
  return told(trx, by.tenant, code);
}

/**
 * The password of the office, which ends the sessions that stood on the one before.
 * @param passwordHash Argon2id, PHC text; null takes the way into the office away
 * Refusals: NotFound, NotAllowed (also for a role that does not enter the office), StaffCodeTaken (no free user name), LastManager.
 */
export async function setStaffPassword(
  trx: TenantTransaction,
  by: Person,
  code: string,
  passwordHash: string | null,
): Answer {
  const found = await changeable(trx, by, code);
  if (!found.ok) return found;
  const { role, active, login } = found.value;
  if (passwordHash !== null && !officeRoles.includes(role)) return err(refusal('NotAllowed'));
  const shutsOut = passwordHash === null && role === 'manager' && active && login !== null;
  if (shutsOut && (await managersBeside(trx, by.tenant, code)) === 0) return err(refusal('LastManager'));
  await endSessionsOf(trx, by.tenant, code);
  const mine = { tenant_id: by.tenant, code };
  if (passwordHash === null) {
    await trx.deleteFrom('office_accounts').where('tenant_id', '=', by.tenant).where('code', '=', code).execute();
    return ok(await memberOf(trx, by.tenant, code));
  }
  if (login !== null) {
    const account = trx.updateTable('office_accounts').where('login', '=', login);
    await account.set({ password_hash: passwordHash }).execute();
    return ok(await memberOf(trx, by.tenant, code));
  }
  for (const free of [code, `${code}.${await shopNumber(trx, by.tenant)}`]) {
    const { numInsertedOrUpdatedRows: added } = await trx
      .insertInto('office_accounts')
      .values({ login: free, ...mine, password_hash: passwordHash })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added) return ok(await memberOf(trx, by.tenant, code));
  }
  return err(refusal('StaffCodeTaken', { what: 'login' }));
}

/** The member as they are now, held until the transaction ends, if this person may change them. */
async function changeable(trx: TenantTransaction, by: Person, code: string): Promise<Result<StaffRow, CentralError>> {
  // All of the shop's staff are held: two managers who demote each other at once must not both succeed.
  await trx.selectFrom('staff').select('code').where('tenant_id', '=', by.tenant).orderBy('code').forUpdate().execute();
  const row = await rowOf(trx, by.tenant, code);
  if (!row) return err(refusal('NotFound'));
  return mayChange(by, row.role) ? ok(row) : err(refusal('NotAllowed'));
}

async function rowOf(trx: TenantTransaction, tenant: string, code: string): Promise<StaffRow | undefined> {
  const query = staffList.query(tenant, {})!;
  const page = await readPage<StaffRow>(
    trx,
    { ...query, where: sql`${query.where} AND staff.code = ${code}` },
    { limit: 1 },
  );
  return page.ok ? page.value.rows[0] : undefined;
}

const memberOf = async (trx: TenantTransaction, tenant: string, code: string): Promise<OfficeStaff> =>
  staffList.row((await rowOf(trx, tenant, code))!);

/** Those who can enter the office: a manager of the counter alone could let nobody else in. */
async function managersBeside(trx: TenantTransaction, tenant: string, code: string): Promise<number> {
  const { count } = await trx
    .selectFrom('staff')
    .innerJoin('office_accounts', (account) =>
      account
        .onRef('office_accounts.tenant_id', '=', 'staff.tenant_id')
        .onRef('office_accounts.code', '=', 'staff.code'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('staff.tenant_id', '=', tenant)
    .where('staff.role', '=', 'manager')
    .where('staff.active', '=', true)
    .where('staff.code', '<>', code)
    .executeTakeFirstOrThrow();
  return count;
}

async function shopNumber(trx: TenantTransaction, tenant: string): Promise<number> {
  const shop = trx.selectFrom('tenants').select('number').where('tenant_id', '=', tenant);
  return (await shop.executeTakeFirstOrThrow()).number;
}

async function endSessionsOf(trx: TenantTransaction, tenant: string, code: string): Promise<void> {
  const ended = await trx
    .deleteFrom('sessions')
    .where('tenant_id', '=', tenant)
    .where('code', '=', code)
    .returning('token_hash')
    .execute();
  for (const { token_hash } of ended) await announce(trx, { sessionEnded: token_hash });
}

/** What the tills are told of a member, and what the office is. */
async function told(trx: TenantTransaction, tenant: string, code: string): Answer {
  const row = await trx
    .selectFrom('staff')
    .select(['name', 'role', 'active', 'pin_hash as pinHash', 'badge_hash as badgeHash'])
    .where('tenant_id', '=', tenant)
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  await publish(trx, tenant, { item: 'staff', code, ...row });
  return ok(await memberOf(trx, tenant, code));
}
