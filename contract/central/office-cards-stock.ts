import { z } from 'zod';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { centralBase as base } from './errors.ts';
import { listFilter, listPageInput } from './office-lists.ts';

const ShopNumber = z.int().min(1).max(65_535);

/** `blank`: as from the factory. `prepared`: the network's keys are on it. `pre-personalised`: it works at once, without a link. */
export const lotKinds = ['blank', 'prepared', 'pre-personalised'] as const;
export const LotKind = z.enum(lotKinds);
/** `ordered`: its numbers are reserved, the cards are still to come. `stock`: some are free. `used`: all are issued. */
export const lotStates = ['ordered', 'stock', 'used'] as const;

export const CardLot = z.object({
  lot: z.int(),
  kind: LotKind,
  state: z.enum(lotStates),
  firstNumber: CardNumber,
  lastNumber: CardNumber,
  size: z.int(),
  issued: z.int(),
  free: z.int(),
  /** Null: the network has it itself. */
  shop: z.string().nullable(),
  shopNumber: ShopNumber.nullable(),
  orderedAt: z.string(),
  orderedBy: z.string(),
  madeAt: z.string().nullable(),
});
export type CardLot = z.infer<typeof CardLot>;

/** What a shop has: cards to issue, cards issued, cards on their way. */
export const ShopStock = z.object({
  number: ShopNumber,
  name: z.string(),
  free: z.int(),
  issued: z.int(),
  ordered: z.int(),
});
export type ShopStock = z.infer<typeof ShopStock>;

export const issuedStatuses = ['active', 'blocked', 'replaced'] as const;
export const IssuedCardRow = z.object({
  cardNumber: CardNumber,
  status: z.enum(issuedStatuses),
  /** Null: it came to the network before its lots were kept. */
  lot: z.int().nullable(),
  shop: z.string().nullable(),
  issuedAt: z.string(),
});
export type IssuedCardRow = z.infer<typeof IssuedCardRow>;

const page = { ...listPageInput, search: listFilter.search, status: listFilter.status };

/** Cards as goods: ordered, made in numbered lots, stocked per shop. A shop sees its own, the network's administrator all. */
export const officeCardsStockContract = {
  cardLots: base
    .route({ method: 'GET', path: '/v1/office/card-lots', summary: 'Lots of card numbers, the newest first' })
    .input(z.object(page))
    .output(
      z.object({
        rows: z.array(CardLot),
        next: z.string().nullable(),
        count: z.int(),
        /** The shops whose lots one sees. */
        stock: z.array(ShopStock),
        /** May one make lots and hand them to shops? */
        network: z.boolean(),
      }),
    ),
  /** The numbers are reserved at once, those that follow the last lot. */
  orderCardLot: base
    .route({ method: 'POST', path: '/v1/office/card-lots', summary: 'Orders a lot of cards' })
    .input(
      z.object({
        count: z.int().min(10).max(100_000),
        kind: LotKind,
        /** Null: for the network itself, which hands it out later. A shop orders for itself alone. */
        shop: ShopNumber.nullable(),
      }),
    )
    .output(CardLot),
  makeCardLot: base
    .route({
      method: 'POST',
      path: '/v1/office/card-lots/{lot}/making',
      summary: 'The cards of an ordered lot are there',
    })
    .input(z.object({ lot: z.coerce.number().int().positive() }))
    .output(CardLot),
  /** A lot of which no card has been issued yet. */
  assignCardLot: base
    .route({ method: 'POST', path: '/v1/office/card-lots/{lot}/assignment', summary: 'Hands a lot to a shop' })
    .input(z.object({ lot: z.coerce.number().int().positive(), shop: ShopNumber }))
    .output(CardLot),
  issuedCards: base
    .route({ method: 'GET', path: '/v1/office/issued-cards', summary: 'Which card was issued where and when' })
    .input(z.object(page))
    .output(z.object({ rows: z.array(IssuedCardRow), next: z.string().nullable(), count: z.int() })),
};
