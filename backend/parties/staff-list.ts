import { sql } from 'kysely';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { anywhere } from '#backend/reports/page.ts';
import type { OfficeStaff } from '#contract/central/office-staff.ts';
import type { Role } from '#contract/till/state.ts';

export type StaffRow = {
  code: string;
  name: string;
  role: Role;
  active: boolean;
  badge_hash: string | null;
  login: string | null;
};

/** The shop's people. Hashes of PINs, badges and passwords never leave by this. */
export const staffList: OfficeList<StaffRow, OfficeStaff> = {
  report: {
    name: { fr: 'Personnel', en: 'Staff' },
    columns: [
      { key: 'name', label: { fr: 'Nom', en: 'Name' }, kind: 'text' },
      { key: 'code', label: { fr: 'Code', en: 'Code' }, kind: 'text' },
      {
        key: 'role',
        label: { fr: 'Rôle', en: 'Role' },
        kind: 'code',
        words: {
          cashier: { fr: 'caisse', en: 'cashier' },
          seller: { fr: 'vente de recharges', en: 'recharge seller' },
          agent: { fr: 'agent', en: 'agent' },
          manager: { fr: 'responsable', en: 'manager' },
          auditor: { fr: 'contrôle', en: 'auditor' },
          'entity-manager': { fr: 'responsable d’entité', en: 'entity manager' },
          carrier: { fr: 'opérateur', en: 'carrier' },
          'network-admin': { fr: 'réseau', en: 'network' },
        },
      },
      { key: 'active', label: { fr: 'En service', en: 'In service' }, kind: 'flag' },
      { key: 'hasBadge', label: { fr: 'Badge', en: 'Badge' }, kind: 'flag' },
      { key: 'login', label: { fr: 'Nom d’utilisateur au bureau', en: 'User name in the office' }, kind: 'text' },
    ],
  },
  query(tenant, { search, status }) {
    if (status !== undefined && status !== 'active' && status !== 'inactive') return null;
    const like = anywhere(search?.trim() ?? '');
    return {
      select: sql`staff.code, staff.name, staff.role, staff.active, staff.badge_hash, account.login`,
      from: sql`staff LEFT JOIN office_accounts AS account USING (tenant_id, code)`,
      where: sql`staff.tenant_id = ${tenant} AND (staff.name ILIKE ${like} OR staff.code ILIKE ${like})
        ${status === undefined ? sql`` : sql`AND staff.active = ${status === 'active'}`}`,
      order: [
        { by: sql`staff.name`, type: 'text' },
        { by: sql`staff.code`, type: 'text' },
      ],
      direction: 'asc',
    };
  },
  row: ({ badge_hash, ...row }) => ({
    code: row.code,
    name: row.name,
    role: row.role,
    active: row.active,
    hasBadge: badge_hash !== null,
    login: row.login,
  }),
};
