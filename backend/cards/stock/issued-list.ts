import { sql } from 'kysely';
import { networkOf } from '#backend/cards/shop.ts';
import { statusWords } from '#backend/cards/status-words.ts';
import type { ListFilter, OfficeList } from '#backend/reports/office-list.ts';
import { anywhere, type ListQuery } from '#backend/reports/page.ts';
import { type IssuedCardRow, issuedStatuses } from '#contract/central/office-cards-stock.ts';

type Raw = {
  card_number: string;
  status: IssuedCardRow['status'];
  lot: number | null;
  shop_name: string | null;
  issued_at: Date;
};

/** Issued cards of one shop, or of the whole network. @param whose over `cards AS card` */
export function issuedCardsOf(whose: ListQuery['where'], { search, status }: ListFilter): ListQuery | null {
  if (status !== undefined && !(issuedStatuses as readonly string[]).includes(status)) return null;
  const words = search?.trim() ?? '';
  const digits = anywhere(words.replaceAll(/[\s.-]/g, ''));
  return {
    select: sql`card.*, shop.name AS shop_name`,
    from: sql`cards AS card LEFT JOIN tenants AS shop ON shop.tenant_id = card.tenant_id`,
    where: sql`${whose} AND card.issued_at IS NOT NULL
      ${words ? sql`AND (card.card_number LIKE ${digits} OR shop.name ILIKE ${anywhere(words)})` : sql``}
      ${status ? sql`AND card.status = ${status}` : sql``}`,
    order: [
      { by: sql`card.issued_at`, type: 'timestamptz' },
      { by: sql`card.card_number`, type: 'text' },
    ],
    direction: 'desc',
  };
}

/** Which card was issued when, out of which lot. */
export const issuedList: OfficeList<Raw, IssuedCardRow> = {
  report: {
    name: { fr: 'Cartes émises', en: 'Issued cards' },
    columns: [
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      {
        key: 'status',
        label: { fr: 'État', en: 'State' },
        kind: 'code',
        words: statusWords,
      },
      { key: 'lot', label: { fr: 'Lot', en: 'Lot' }, kind: 'integer' },
      { key: 'shop', label: { fr: 'Boutique', en: 'Shop' }, kind: 'text' },
      { key: 'issuedAt', label: { fr: 'Émise le', en: 'Issued' }, kind: 'date' },
    ],
  },
  query: (tenant, filter) => issuedCardsOf(sql`card.tenant_id = ${tenant}`, filter),
  row: (raw) => ({
    cardNumber: raw.card_number,
    status: raw.status,
    lot: raw.lot,
    shop: raw.shop_name,
    issuedAt: raw.issued_at.toISOString(),
  }),
};

/** Those of all shops. */
export const networkIssuedList: typeof issuedList = {
  ...issuedList,
  network: true,
  query: (tenant, filter) => issuedCardsOf(sql`card.network_id = ${networkOf(tenant)}`, filter),
};
