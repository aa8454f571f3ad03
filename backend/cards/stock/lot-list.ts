import { sql } from 'kysely';
import { networkOf } from '#backend/cards/shop.ts';
import type { LotKind } from '#backend/db/tables.ts';
import type { ListFilter, OfficeList } from '#backend/reports/office-list.ts';
import { anywhere, type ListQuery } from '#backend/reports/page.ts';
import { type CardLot, lotStates } from '#contract/central/office-cards-stock.ts';
import { cardDataOf, cardNumberOf, parseCardNumber } from '#contract/loyalty/card-number.ts';

type Raw = {
  lot: number;
  kind: LotKind;
  first_data: number;
  last_data: number;
  issued: number;
  state: CardLot['state'];
  shop_name: string | null;
  shop_number: number | null;
  ordered_at: Date;
  ordered_by: string;
  made_at: Date | null;
};

const issued = sql<number>`(
  SELECT count(*) FROM cards WHERE cards.network_id = lot.network_id AND cards.lot = lot.lot AND cards.status <> 'stock'
)`;
const size = sql<number>`(lot.last_data - lot.first_data + 1)`;
const state = sql<string>`(
  CASE WHEN lot.made_at IS NULL THEN 'ordered' WHEN ${issued} >= ${size} THEN 'used' ELSE 'stock' END
)`;

/** Lots of one shop, or of the whole network. @param whose over `card_lots AS lot` */
export function lotsOf(whose: ListQuery['where'], { search, status }: ListFilter): ListQuery | null {
  if (status !== undefined && !(lotStates as readonly string[]).includes(status)) return null;
  const words = search?.trim() ?? '';
  return {
    select: sql`lot.*, ${issued} AS issued, ${state} AS state, shop.name AS shop_name, shop.number AS shop_number`,
    from: sql`card_lots AS lot LEFT JOIN tenants AS shop ON shop.tenant_id = lot.tenant_id`,
    where: sql`${whose} ${words ? sql`AND ${searched(words)}` : sql``} ${status ? sql`AND ${state} = ${status}` : sql``}`,
    order: [{ by: sql`lot.lot`, type: 'integer' }],
    direction: 'desc',
  };
}

/** A lot's number, a card's number in it, or a shop's name. */
function searched(words: string) {
  const card = parseCardNumber(words);
  if (card.ok) return sql`${cardDataOf(card.value)} BETWEEN lot.first_data AND lot.last_data`;
  return sql`(lot.lot::text = ${words} OR shop.name ILIKE ${anywhere(words)})`;
}

export const lotRow = (raw: Raw): CardLot => {
  const cards = raw.last_data - raw.first_data + 1;
  return {
    lot: raw.lot,
    kind: raw.kind,
    state: raw.state,
    firstNumber: cardNumberOf(raw.first_data),
    lastNumber: cardNumberOf(raw.last_data),
    size: cards,
    issued: raw.issued,
    free: raw.made_at ? cards - raw.issued : 0,
    shop: raw.shop_name,
    shopNumber: raw.shop_number,
    orderedAt: raw.ordered_at.toISOString(),
    orderedBy: raw.ordered_by,
    madeAt: raw.made_at?.toISOString() ?? null,
  };
};

/** A shop's lots, with the file that they are had as. */
export const lotList: OfficeList<Raw, CardLot> = {
  report: {
    name: { fr: 'Lots de cartes', en: 'Card lots' },
    columns: [
      { key: 'lot', label: { fr: 'Lot', en: 'Lot' }, kind: 'integer' },
      {
        key: 'kind',
        label: { fr: 'Cartes', en: 'Cards' },
        kind: 'code',
        words: {
          blank: { fr: 'vierges', en: 'blank' },
          prepared: { fr: 'préparées', en: 'prepared' },
          'pre-personalised': { fr: 'prêtes à servir', en: 'ready to use' },
        },
      },
      {
        key: 'state',
        label: { fr: 'État', en: 'State' },
        kind: 'code',
        words: {
          ordered: { fr: 'commandé', en: 'ordered' },
          stock: { fr: 'en stock', en: 'in stock' },
          used: { fr: 'épuisé', en: 'used up' },
        },
      },
      { key: 'firstNumber', label: { fr: 'Premier numéro', en: 'First number' }, kind: 'card' },
      { key: 'lastNumber', label: { fr: 'Dernier numéro', en: 'Last number' }, kind: 'card' },
      { key: 'size', label: { fr: 'Nombre', en: 'Number' }, kind: 'integer' },
      { key: 'issued', label: { fr: 'Émises', en: 'Issued' }, kind: 'integer' },
      { key: 'free', label: { fr: 'Libres', en: 'Free' }, kind: 'integer' },
      { key: 'shop', label: { fr: 'Boutique', en: 'Shop' }, kind: 'text' },
      { key: 'orderedAt', label: { fr: 'Commandé le', en: 'Ordered' }, kind: 'date' },
      { key: 'madeAt', label: { fr: 'Reçu le', en: 'Received' }, kind: 'date' },
    ],
  },
  query: (tenant, filter) => lotsOf(sql`lot.tenant_id = ${tenant}`, filter),
  row: lotRow,
};

/** Those of all shops, and of the network itself. */
export const networkLotList: typeof lotList = {
  ...lotList,
  network: true,
  query: (tenant, filter) => lotsOf(sql`lot.network_id = ${networkOf(tenant)}`, filter),
};
