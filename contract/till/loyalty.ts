import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { CurrencyCode } from '#contract/money/index.ts';
import { TillError } from './errors.ts';

export const refusals = { REFUSED: { status: 422, data: TillError } } as const;

export const PrintState = z.enum(['printing', 'confirmed', 'failed', 'unknown', 'sent', 'no-printer']);
export type PrintState = z.infer<typeof PrintState>;

export const SaleResult = z.object({
  /** The entry's name: `epoch-seq`, and its place in the chain. */
  entry: z.string(),
  seq: z.int(),
  intention: Uuid,
  cardNumber: z.string(),
  amountMinor: z.int(),
  currency: CurrencyCode,
  points: z.int(),
  previousBalance: z.int(),
  balance: z.int(),
  totalSpendMinor: z.int(),
  lastVisitMs: z.number().nullable(),
  nextGift: z
    .object({ name: z.object({ fr: z.string(), en: z.string() }), points: z.int(), missing: z.int() })
    .nullable(),
  ticketNumber: z.string(),
  /** The ticket as laid out at 42 columns, what the screen previews. */
  ticket: z.object({ lines: z.array(z.string()), styles: z.array(z.enum(['normal', 'bold', 'large'])) }),
  /** `applied`: the card holds the new balance. `unknown`: torn, the card is put right at its next tap. */
  card: z.enum(['applied', 'unknown']),
  exchanges: z.int(),
  tapToResultMs: z.int(),
});
export type SaleResult = z.infer<typeof SaleResult>;

/** What happens during a sale, in order. The last event is `printed`; a repeat of the intention plays the same end again. */
export const SaleEvent = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('present-card'), untilMs: z.number() }),
  /** A card lies there since the sale before: it must be lifted first. */
  z.object({ stage: z.literal('remove-card') }),
  z.object({ stage: z.literal('reading') }),
  /** Pulled during the write: the sale is kept; the same card may come back until the wait ends. */
  z.object({ stage: z.literal('present-card-again'), cardNumber: z.string(), untilMs: z.number() }),
  /** Another card was laid down while the first one was awaited. */
  z.object({ stage: z.literal('other-card'), cardNumber: z.string() }),
  z.object({ stage: z.literal('result'), result: SaleResult }),
  z.object({ stage: z.literal('printed'), print: PrintState, why: TillError.nullable() }),
]);
export type SaleEvent = z.infer<typeof SaleEvent>;

export const CardView = z.object({
  cardNumber: z.string(),
  balances: z.array(z.object({ shop: z.string(), programme: z.string(), balance: z.int() })),
  totalSpendMinor: z.int(),
  counter: z.int(),
  history: z.array(
    z.object({ operation: z.string(), points: z.int(), balance: z.int(), atMs: z.number(), intention: z.string() }),
  ),
  /** What a torn write had left open and this tap settled. */
  settled: z.array(z.object({ intention: Uuid, outcome: z.string() })),
});
export type CardView = z.infer<typeof CardView>;

export const CardShowEvent = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('present-card'), untilMs: z.number() }),
  z.object({ stage: z.literal('reading') }),
  z.object({ stage: z.literal('result'), card: CardView }),
]);
export type CardShowEvent = z.infer<typeof CardShowEvent>;

const wait = { timeoutMs: z.int().min(1_000).max(300_000).default(30_000) };

export const loyaltyContract = {
  /** One purchase that earns points, from the intention to the printed ticket. */
  sell: oc
    .errors(refusals)
    .input(
      z.object({
        intention: Uuid,
        amountMinor: z.int(),
        source: z.enum(['keyboard', 'register', 'command']),
        receiptNumber: z.string().max(20).nullable().default(null),
        /** A screen asks to lift a forgotten card first; a new command may use it as it lies. */
        useCardAsItLies: z.boolean().default(false),
        ...wait,
      }),
    )
    .output(eventIterator(SaleEvent)),
  /** Stops waiting for a card. Too late once the sale is in the journal. */
  cancel: oc
    .errors(refusals)
    .input(z.object({ intention: Uuid }))
    .output(z.object({ cancelled: z.boolean() })),
  /** Reads a card and settles what a torn write left open. */
  showCard: oc.errors(refusals).input(z.object(wait)).output(eventIterator(CardShowEvent)),
  /** Prints a sale's ticket again, marked DUPLICATA and counted. */
  reprint: oc
    .errors(refusals)
    .input(z.object({ intention: Uuid, sale: Uuid }))
    .output(z.object({ print: PrintState, why: TillError.nullable(), copy: z.int() })),
};
