import { sql } from 'kysely';
import { statusWords } from '#backend/cards/status-words.ts';
import type { OfficeList } from '#backend/reports/office-list.ts';
import type { OfficeCardStatus } from '#contract/central/office-cards.ts';
import type { NameIndex } from '../customers/name-index.ts';
import { cardsOf, shownStatus } from './card-query.ts';

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

const select = sql`ledger.card_number, ${shownStatus} AS status, ledger.balance, ledger.total_spend_minor, shop.currency,
  ledger.updated_at`;

/** The shop's ledger, card by card, as a file. @param names null: only numbers are searched, as for a program with a key */
export const cardFile = (names: ((tenant: string) => NameIndex) | null): OfficeList<Raw, CardInFile> => ({
  network: true,
  report: {
    name: { fr: 'Cartes', en: 'Cards' },
    columns: [
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      {
        key: 'status',
        label: { fr: 'État', en: 'State' },
        kind: 'code',
        words: statusWords,
      },
      { key: 'balance', label: { fr: 'Solde', en: 'Balance' }, kind: 'points' },
      { key: 'totalSpendMinor', label: { fr: 'Achats cumulés', en: 'Total spend' }, kind: 'amount' },
      { key: 'currency', label: { fr: 'Devise', en: 'Currency' }, kind: 'text' },
      { key: 'updatedAt', label: { fr: 'Dernière opération', en: 'Last operation' }, kind: 'date' },
    ],
  },
  query(tenant, filter) {
    const cards = cardsOf(tenant, filter, names?.(tenant) ?? null);
    return cards && { ...cards, select };
  },
  row: (raw) => ({
    cardNumber: raw.card_number,
    status: raw.status,
    balance: raw.balance,
    totalSpendMinor: raw.total_spend_minor,
    currency: raw.currency,
    updatedAt: raw.updated_at.toISOString(),
  }),
});
