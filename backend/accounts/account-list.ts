import { sql } from 'kysely';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { anywhere } from '#backend/reports/page.ts';
import type { OfficeCardAccounts } from '#contract/central/office-accounts.ts';

type Raw = {
  card_number: string;
  purse: number;
  owed: number;
  credit_limit: number;
  held: number;
  replaced_by: string | null;
  updated_at: Date;
};

const states: ReadonlyMap<string, ReturnType<typeof sql>> = new Map([
  ['owing', sql`AND own.owed > 0`],
  ['with-purse', sql`AND own.purse <> 0`],
]);

/** Cards that have a purse or a credit in this shop, one line each. */
export const accountList: OfficeList<Raw, OfficeCardAccounts> = {
  report: {
    name: { fr: 'Comptes des cartes', en: 'Card accounts' },
    columns: [
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      { key: 'purseMinor', label: { fr: 'Porte-monnaie', en: 'Purse' }, kind: 'amount' },
      { key: 'owedMinor', label: { fr: 'Dû', en: 'Owed' }, kind: 'amount' },
      { key: 'limitMinor', label: { fr: 'Plafond de crédit', en: 'Credit limit' }, kind: 'amount' },
      { key: 'heldMinor', label: { fr: 'Réservé', en: 'Held' }, kind: 'amount' },
      { key: 'replacedBy', label: { fr: 'Remplacée par', en: 'Replaced by' }, kind: 'card' },
      { key: 'updatedAt', label: { fr: 'Dernier changement', en: 'Last change' }, kind: 'date' },
    ],
  },
  query(tenant, { search, status }) {
    const state = status === undefined ? sql`` : states.get(status);
    if (!state) return null;
    const digits = anywhere((search ?? '').replaceAll(/[\s.-]/g, ''));
    return {
      select: sql`own.*`,
      from: sql`(
        SELECT card_number,
          coalesce(sum(figure_minor) FILTER (WHERE account = 'purse'), 0)::bigint AS purse,
          coalesce(sum(figure_minor) FILTER (WHERE account = 'credit'), 0)::bigint AS owed,
          coalesce(max(limit_minor) FILTER (WHERE account = 'credit'), 0)::bigint AS credit_limit,
          sum(held_minor)::bigint AS held, max(replaced_by) AS replaced_by, max(updated_at) AS updated_at
        FROM card_accounts WHERE tenant_id = ${tenant} GROUP BY card_number
      ) AS own`,
      where: sql`own.card_number LIKE ${digits} ${state}`,
      order: [{ by: sql`own.card_number`, type: 'text' }],
      direction: 'asc',
    };
  },
  row: (raw) => ({
    cardNumber: raw.card_number,
    purseMinor: raw.purse,
    owedMinor: raw.owed,
    limitMinor: raw.credit_limit,
    heldMinor: raw.held,
    replacedBy: raw.replaced_by,
    updatedAt: raw.updated_at.toISOString(),
  }),
};
