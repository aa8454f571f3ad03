import { z } from 'zod';
import { Role } from '#contract/till/state.ts';
import { centralBase as base } from './errors.ts';
import { listFilter, listPageInput } from './office-lists.ts';

/** Whom a shop may employ. The network's own people are not the shop's to make. */
export const shopRoles = ['cashier', 'seller', 'agent', 'manager', 'auditor'] as const;
export const ShopRole = z.enum(shopRoles);
export type ShopRole = z.infer<typeof ShopRole>;
/** Whoever may enter the office has a password there. */
export const officeRoles: readonly Role[] = ['manager', 'network-admin', 'auditor'];

/** As typed at sign-in: letters, digits, dot, hyphen. */
const StaffCode = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,31}$/);
const StaffName = z.string().trim().min(1).max(80);
/** Six digits or more (T25). */
const StaffPin = z.string().regex(/^\d{6,12}$/);
const OfficePassword = z.string().min(10).max(200);
const code = z.string().max(32);

export const OfficeStaff = z.object({
  code: z.string(),
  name: z.string(),
  role: Role,
  active: z.boolean(),
  hasBadge: z.boolean(),
  /** The name to sign in to the office with; null: no password is set. */
  login: z.string().nullable(),
});
export type OfficeStaff = z.infer<typeof OfficeStaff>;

/** A PIN that the server has drawn: shown once. Null where it was chosen, or not asked for. */
const changed = z.object({ member: OfficeStaff, pin: z.string().nullable() });

/** The shop's people. Every change goes to the tills by the feed. */
export const officeStaffContract = {
  staff: base
    .route({ method: 'GET', path: '/v1/office/staff', summary: "The shop's staff" })
    .input(z.object({ ...listPageInput, search: listFilter.search, status: listFilter.status }))
    .output(z.object({ rows: z.array(OfficeStaff), next: z.string().nullable(), count: z.int() })),
  addStaff: base
    .route({ method: 'POST', path: '/v1/office/staff', summary: 'Adds a member of staff; without a PIN one is drawn' })
    .input(z.object({ code: StaffCode, name: StaffName, role: ShopRole, pin: StaffPin.nullable().default(null) }))
    .output(changed),
  changeStaff: base
    .route({ method: 'PATCH', path: '/v1/office/staff/{code}', summary: 'Name, role, in service or not' })
    .input(z.object({ code, name: StaffName.optional(), role: ShopRole.optional(), active: z.boolean().optional() }))
    .output(changed),
  setStaffPin: base
    .route({ method: 'PUT', path: '/v1/office/staff/{code}/pin', summary: 'A new PIN; without one it is drawn' })
    .input(z.object({ code, pin: StaffPin.nullable().default(null) }))
    .output(changed),
  setStaffBadge: base
    .route({
      method: 'PUT',
      path: '/v1/office/staff/{code}/badge',
      summary: 'The badge that signs in at the till, by its text as a scanner reads it; null: none',
    })
    .input(z.object({ code, badge: z.string().trim().min(4).max(200).nullable() }))
    .output(changed),
  setStaffPassword: base
    .route({
      method: 'PUT',
      path: '/v1/office/staff/{code}/password',
      summary: 'The password for the office, of those whose role may enter it; null: none',
    })
    .input(z.object({ code, password: OfficePassword.nullable() }))
    .output(changed),
};
