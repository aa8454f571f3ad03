import { sql } from 'kysely';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { anywhere } from '#backend/reports/page.ts';
import type { OfficeCardStatus } from '#contract/central/office-cards.ts';

type Raw = {
  card_number: string;
  status: OfficeCardStatus;
  balance: number;
  total_spend_minor: number;
  currency: string;
  updated_at: Date;
};
/** A card in a file: no holder's name leaves by it, whoever asks. */
export type CardInFile = {
  cardNumber: string;
  status: OfficeCardStatus;
  balance: number;
  totalSpendMinor: number;
  currency: string;
  updatedAt: string;
};

const statuses: readonly string[] = ['active', 'blocked', 'replaced'] satisfies OfficeCardStatus[];
const statusOf = sql<string>`CASE WHEN card.status IN ('blocked', 'replaced') THEN card.status ELSE 'active' END`;

/** The shop's ledger, card by card, as a file. */
export const cardFile: OfficeList<Raw, CardInFile> = {
  network: true,
  report: {
    name: { fr: 'Cartes', en: 'Cards' },
    columns: [
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      {
        key: 'status',
        label: { fr: 'État', en: 'State' },
        kind: 'code',
        words: {
          active: { fr: 'en service', en: 'in service' },
          blocked: { fr: 'bloquée', en: 'blocked' },
          replaced: { fr: 'remplacée', en: 'replaced' },
        },
      },
      { key: 'balance', label: { fr: 'Solde', en: 'Balance' }, kind: 'points' },
      { key: 'totalSpendMinor', label: { fr: 'Achats cumulés', en: 'Total spend' }, kind: 'amount' },
      { key: 'currency', label: { fr: 'Devise', en: 'Currency' }, kind: 'text' },
      { key: 'updatedAt', label: { fr: 'Dernière opération', en: 'Last operation' }, kind: 'date' },
    ],
  },
  query(tenant, { search, status }) {
    if (status !== undefined && !statuses.includes(status)) return null;
    const digits = search?.replaceAll(/[\s.-]/g, '') ?? '';
    return {
      select: sql`ledger.card_number, ${statusOf} AS status, ledger.balance, ledger.total_spend_minor, shop.currency,
        ledger.updated_at`,
      from: sql`card_ledger AS ledger JOIN tenants AS shop USING (tenant_id)
        LEFT JOIN cards AS card ON card.network_id = shop.network_id AND card.card_number = ledger.card_number`,
      where: sql`ledger.tenant_id = ${tenant} AND ledger.card_number LIKE ${anywhere(digits)}
        ${status === undefined ? sql`` : sql`AND ${statusOf} = ${status}`}`,
      order: [
        { by: sql`ledger.updated_at`, type: 'timestamptz' },
        { by: sql`ledger.card_number`, type: 'text' },
      ],
      direction: 'desc',
    };
  },
  row: (raw) => ({
    cardNumber: raw.card_number,
    status: raw.status,
    balance: raw.balance,
    totalSpendMinor: raw.total_spend_minor,
    currency: raw.currency,
    updatedAt: raw.updated_at.toISOString(),
  }),
};
