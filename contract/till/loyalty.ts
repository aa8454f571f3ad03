import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { Reward, Tender } from '#contract/journal/kinds/loyalty.ts';
import { CurrencyCode } from '#contract/money/index.ts';
import { TillError } from './errors.ts';
import { Line, Note } from './line.ts';

export const refusals = { REFUSED: { status: 422, data: TillError } } as const;

/** `sent`: handed to a printer that cannot report. `emailed`: no paper; the server sends it once it has the entry. */
export const PrintState = z.enum(['printing', 'confirmed', 'failed', 'unknown', 'sent', 'no-printer', 'emailed']);
export type PrintState = z.infer<typeof PrintState>;

/** A ticket as laid out at 42 columns. `qr`: the line that its QR stands in, and its text. */
export const TicketPreview = z.object({
  lines: z.array(z.string()),
  styles: z.array(z.enum(['normal', 'bold', 'large'])),
  qr: z.object({ line: z.int(), data: z.string() }).optional(),
});
export type TicketPreview = z.infer<typeof TicketPreview>;

/** The end of a sale or of a spending. */
export const SaleResult = z.object({
  /** The entry's name: `epoch-seq`, and its place in the chain. */
  entry: z.string(),
  seq: z.int(),
  intention: Uuid,
  operation: z.enum(['sale', 'spend']),
  cardNumber: z.string(),
  /** The purchase; of points spent as money, what the customer pays less; 0 for a gift. */
  amountMinor: z.int(),
  currency: CurrencyCode,
  /** The change of the balance: negative for a spending. */
  points: z.int(),
  /** What the points were spent on; null for a sale. */
  reward: Reward.nullable(),
  /** Parts of `points` that are not the purchase's own: bonuses, expired points. */
  extras: z.array(z.object({ what: z.enum(['welcome', 'birthday', 'expired']), points: z.int() })),
  /** The version of the programme's rules that computed this. */
  rulesVersion: z.int(),
  previousBalance: z.int(),
  balance: z.int(),
  totalSpendMinor: z.int(),
  lastVisitMs: z.number().nullable(),
  nextGift: z
    .object({ name: z.object({ fr: z.string(), en: z.string() }), points: z.int(), missing: z.int() })
    .nullable(),
  /** Gifts that the customer could take today, cheapest first; none while the card has still to get its balance. */
  inReach: z.array(z.object({ name: z.object({ fr: z.string(), en: z.string() }), points: z.int() })),
  ticketNumber: z.string(),
  /** The ticket as laid out at 42 columns, what the screen previews. */
  ticket: TicketPreview,
  /** `applied`: the card holds the new balance. `unknown`: torn, the card is put right at its next tap. */
  card: z.enum(['applied', 'unknown']),
  exchanges: z.int(),
  tapToResultMs: z.int(),
  /** What earlier writes had left open on this card and this tap settled; absent: nothing, or this is a repeat. */
  settled: z
    .array(z.object({ intention: Uuid, outcome: z.enum(['applied', 'not-applied', 'quarantined']) }))
    .optional(),
});
export type SaleResult = z.infer<typeof SaleResult>;

/** What happens during a sale, in order. The last event is `printed`; a repeat of the intention plays the same end again. */
export const SaleEvent = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('present-card'), untilMs: z.number() }),
  /** A card lies there since the sale before: it must be lifted first. */
  z.object({ stage: z.literal('remove-card') }),
  z.object({ stage: z.literal('reading') }),
  /** The server is asked, or makes this shop's place on the card: the card must lie still. `done` of `of` exchanges, where known. */
  z.object({ stage: z.literal('keep-card'), why: z.enum(['joining', 'checking']) }),
  /** Pulled during the write: the sale is kept; the same card may come back until the wait ends. */
  z.object({ stage: z.literal('present-card-again'), cardNumber: z.string(), untilMs: z.number() }),
  /** Another card was laid down while the first one was awaited. */
  z.object({ stage: z.literal('other-card'), cardNumber: z.string() }),
  z.object({ stage: z.literal('result'), result: SaleResult }),
  z.object({ stage: z.literal('printed'), print: PrintState, why: TillError.nullable() }),
]);
export type SaleEvent = z.infer<typeof SaleEvent>;

/** The server's ledger of a card in this shop, as the till was told. */
export const CardLedger = z.object({
  /** Null: no operation of this card in this shop has reached the server yet; the card's own balance is all there is. */
  balance: z.int().nullable(),
  totalSpendMinor: z.int(),
  status: z.enum(['active', 'blocked', 'replaced']),
  pin: z.enum(['not-set', 'set', 'blocked']),
  /** A first name, for the screen; null for an anonymous card. */
  holder: z.string().nullable(),
  /** Writes that have still to reach the card. */
  pendingPoints: z.int(),
  /** The highest counter at which the server knows a record to stand on the card; absent: it does not say. */
  cardCounter: z.int().nonnegative().optional(),
  /** What this shop's word on the card does in the whole network; where it does not, the network is asked first. Absent: all. */
  networkWide: z.object({ replace: z.boolean(), block: z.boolean(), unblock: z.boolean() }).optional(),
  history: z.array(
    z.object({
      atMs: z.number(),
      till: z.string(),
      kind: z.string(),
      ticketNumber: z.string().nullable(),
      amountMinor: z.int(),
      points: z.int(),
      balance: z.int().nullable(),
    }),
  ),
});
export type CardLedger = z.infer<typeof CardLedger>;

export const CardView = z.object({
  cardNumber: z.string(),
  balances: z.array(z.object({ shop: z.string(), programme: z.string(), balance: z.int() })),
  totalSpendMinor: z.int(),
  counter: z.int(),
  /** What the card itself holds, newest first. */
  history: z.array(
    z.object({ operation: z.string(), points: z.int(), balance: z.int(), atMs: z.number(), intention: z.string() }),
  ),
  /** Null without a link, or when the server did not answer in time. */
  ledger: CardLedger.nullable(),
  /**
   * Why card and ledger differ. `pending`: writes have still to reach the card. `unsent`: this till has not sent all.
   * `elsewhere`: another till of the shop has not sent all. `contradiction`: neither explains it; a case for a person.
   */
  difference: z.enum(['none', 'pending', 'unsent', 'elsewhere', 'contradiction']).nullable(),
  /** Gifts that the balance reaches, and points as money where the programme has it. */
  spendable: z.object({
    gifts: z.array(z.object({ id: z.string(), name: z.object({ fr: z.string(), en: z.string() }), points: z.int() })),
    money: z.object({ points: z.int(), amountMinor: z.int() }).nullable(),
  }),
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

/** A manager's own sign-in, given on the spot for one act: PIN, or the badge's text as it was scanned. Never stored, never logged. */
export const ApprovalAsked = z.union([
  z.object({ code: z.string().max(32), pin: z.string().max(32) }),
  z.object({ badge: z.string().min(4).max(200) }),
]);
export type ApprovalAsked = z.infer<typeof ApprovalAsked>;

export const FoundOperation = z.object({
  entry: z.string(),
  intention: Uuid,
  operation: z.enum(['sale', 'spend']),
  ticketNumber: z.string(),
  cardNumber: z.string(),
  wallTime: z.string(),
  till: z.string(),
  amountMinor: z.int(),
  currency: CurrencyCode,
  points: z.int(),
  reward: Reward.nullable(),
  /** What earlier reversals have left of it. */
  left: z.object({ amountMinor: z.int(), points: z.int() }),
});
export type FoundOperation = z.infer<typeof FoundOperation>;

export const ReversalResult = z.object({
  entry: z.string(),
  seq: z.int(),
  intention: Uuid,
  reverses: z.string(),
  cardNumber: z.string(),
  amountMinor: z.int(),
  currency: CurrencyCode,
  points: z.int(),
  /** The card's balance after this, as far as this till knows. */
  balance: z.int().nullable(),
  whole: z.boolean(),
  /** `pending`: the card is put right at its next tap, at any till. */
  card: z.enum(['applied', 'pending']),
  ticketNumber: z.string(),
  ticket: TicketPreview,
  print: PrintState,
  why: TillError.nullable(),
  exchanges: z.int(),
  tapToResultMs: z.int(),
});
export type ReversalResult = z.infer<typeof ReversalResult>;

const wait = { timeoutMs: z.int().min(1_000).max(300_000).default(30_000) };

export const loyaltyContract = {
  /** One purchase that earns points, from the intention to the printed ticket. */
  sell: oc
    .errors(refusals)
    .input(
      z.object({
        intention: Uuid,
        amountMinor: z.int(),
        /** Of the amount, what earns nothing. */
        excludedMinor: z.int().nonnegative().default(0),
        /** How it is paid; absent: in cash, which goes into the drawer. */
        tender: Tender.optional(),
        /** The cardholder's, for a large purchase: PinRequired, and the same intention is asked again with it. Never stored. */
        pin: z.string().max(12).nullable().default(null),
        source: z.enum(['keyboard', 'register', 'command']),
        receiptNumber: Line.pipe(z.string().max(20)).nullable().default(null),
        /** A screen asks to lift a forgotten card first; a new command may use it as it lies. */
        useCardAsItLies: z.boolean().default(false),
        ...wait,
      }),
    )
    .output(eventIterator(SaleEvent)),
  /** A gift, or points as money. PinRequired: the same intention is asked again with the cardholder's PIN. */
  spend: oc
    .errors(refusals)
    .input(
      z.object({
        intention: Uuid,
        what: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('gift'), gift: z.string().max(40) }),
          z.object({ kind: z.literal('points'), points: z.int().min(1).max(8_388_607) }),
        ]),
        /** The cardholder's, as typed; never stored, never logged. */
        pin: z.string().max(12).nullable().default(null),
        source: z.enum(['keyboard', 'command']),
        approval: ApprovalAsked.nullable().default(null),
        useCardAsItLies: z.boolean().default(false),
        ...wait,
      }),
    )
    .output(eventIterator(SaleEvent)),
  /** Takes a sale or a spending back. Needs no card: one that lies on the reader is put right at once, any other at its next tap. */
  reverse: oc
    .errors(refusals)
    .input(
      z.object({
        intention: Uuid,
        /** `epoch-seq`, an intention's id, a ticket's number, or the text of a ticket's QR. */
        entry: z.string().min(1).max(600),
        /** Of the purchase; null: all that is left of it. A spending goes back whole. */
        amountMinor: z.int().positive().nullable().default(null),
        reason: Note,
        approval: ApprovalAsked.nullable().default(null),
      }),
    )
    .output(ReversalResult),
  /** What a reversal would find: the operation and what is left of it. */
  findOperation: oc
    .errors(refusals)
    .input(z.object({ entry: z.string().min(1).max(600) }))
    .output(FoundOperation),
  /** Stops waiting for a card. Too late once the sale is in the journal. */
  cancel: oc
    .errors(refusals)
    .input(z.object({ intention: Uuid }))
    .output(z.object({ cancelled: z.boolean() })),
  /** Reads a card and settles what a torn write left open. */
  showCard: oc.errors(refusals).input(z.object(wait)).output(eventIterator(CardShowEvent)),
  /** Prints the ticket of a sale, a spending, a reversal or an act of a card's purse or credit again, marked DUPLICATA and counted. */
  reprint: oc
    .errors(refusals)
    .input(z.object({ intention: Uuid, sale: Uuid }))
    .output(z.object({ print: PrintState, why: TillError.nullable(), copy: z.int() })),
};
