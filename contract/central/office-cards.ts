import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { CurrencyCode, Language } from '#contract/money/index.ts';
import { centralBase as base } from './errors.ts';
import { listFilter, listPageInput } from './office-lists.ts';

const card = { cardNumber: CardNumber };

/** The channels on which a shop may write to a customer; each is asked for and refused by itself. */
export const channels = ['sms', 'email', 'mail'] as const;
/** Null: never asked. Who noted it, and when. */
const Consent = z.object({ granted: z.boolean(), atMs: z.int(), by: z.string().max(32) }).nullable();

const known = {
  name: z.string().trim().min(1).max(80).nullable(),
  /** With or without the year. */
  birthday: z
    .string()
    .regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
    .nullable(),
  phone: z
    .string()
    .regex(/^\+?[\d ().-]{6,24}$/)
    .nullable(),
  email: z.email().max(120).nullable(),
  /** Of tickets; null: the shop's. */
  language: Language.nullable(),
  ticketByEmail: z.boolean(),
};
/** All that a shop knows of a cardholder: optional, sealed at rest, erasable. */
export const Customer = z.object({ ...known, consents: z.object({ sms: Consent, email: Consent, mail: Consent }) });
export type Customer = z.infer<typeof Customer>;

/** What a person in the office fills in. The server adds to each consent that changes who noted it, and when. */
export const CustomerChange = z.object({
  ...known,
  consents: z.object({ sms: z.boolean(), email: z.boolean(), mail: z.boolean() }),
});
export type CustomerChange = z.infer<typeof CustomerChange>;

export const OfficeCardStatus = z.enum(['active', 'blocked', 'replaced']);
export type OfficeCardStatus = z.infer<typeof OfficeCardStatus>;

export const OfficeCardRow = z.object({
  cardNumber: CardNumber,
  status: OfficeCardStatus,
  balance: z.int(),
  totalSpendMinor: z.int(),
  currency: CurrencyCode,
  /** Points of writes that have still to reach the card. */
  pendingPoints: z.int(),
  updatedAt: z.string(),
  /** Null: an anonymous card. */
  holder: z.string().nullable(),
});
export type OfficeCardRow = z.infer<typeof OfficeCardRow>;

export const operationKinds = ['sale', 'spend', 'reversal', 'moved-in', 'moved-out', 'issued'] as const;
/** A movement of a card in the shop. */
export const OfficeCardOperation = z.object({
  intention: Uuid,
  kind: z.enum(operationKinds),
  wallTime: z.string(),
  receivedAt: z.string(),
  /** Null: the server made it. */
  till: z.string().nullable(),
  ticketNumber: z.string().nullable(),
  points: z.int(),
  amountMinor: z.int(),
  currency: CurrencyCode.nullable(),
  otherCard: z.string().nullable(),
  outcome: z.enum(['applied', 'not-applied', 'unknown', 'quarantined']).nullable(),
  /** Its place on the card, and the balance there, where known. */
  cardCounter: z.int().nullable(),
  cardBalance: z.int().nullable(),
});
export type OfficeCardOperation = z.infer<typeof OfficeCardOperation>;

export const OfficeCard = OfficeCardRow.extend({
  replacedBy: z.string().nullable(),
  blockReason: z.string().nullable(),
  counter: z.int(),
  /** Writes that have still to reach the card. */
  pending: z.array(
    z.object({ intention: Uuid, operation: z.enum(['earn', 'spend', 'adjust']), points: z.int(), atMs: z.int() }),
  ),
  openCases: z.int(),
});
export type OfficeCard = z.infer<typeof OfficeCard>;

export const caseKinds = [
  'ChainForked',
  'IntentionReused',
  'CardContradicted',
  'OverspentOffline',
  'CardQuarantined',
  'ReversedTwice',
  'PostedAfterRelease',
  'BonusTwice',
  'ClockWentBack',
  'ReplaceAsked',
  'BlockAsked',
  'UnblockAsked',
  'NumberClaimed',
] as const;
/**
 * What a person has found: it was a mistake or the scheme's own doing, a loss that is borne, or fraud. What a shop asks of the
 * network is carried out for all shops, or refused; `taken-back`: by the shop itself, before anybody decided.
 */
export const caseDecisions = ['explained', 'loss-borne', 'fraud', 'carried-out', 'refused', 'taken-back'] as const;
export type CaseDecision = (typeof caseDecisions)[number];

export const OfficeCase = z.object({
  key: z.string(),
  kind: z.enum(caseKinds),
  cardNumber: z.string().nullable(),
  till: z.string().nullable(),
  openedAt: z.string(),
  /** What contradicts what, as it was kept. */
  evidence: z.array(z.record(z.string(), z.unknown())),
  /** What whoever asks may decide; none: it is for others to decide, or settled. */
  choices: z.array(z.enum(caseDecisions)),
  settled: z.object({ atMs: z.int(), by: z.string(), decision: z.enum(caseDecisions), note: z.string() }).nullable(),
});
export type OfficeCase = z.infer<typeof OfficeCase>;

/** Cards, their holders, and cases, as the shop's office sees them. */
export const officeCardsContract = {
  cards: base
    .route({ method: 'GET', path: '/v1/office/cards', summary: "The shop's cards, the last used first" })
    .input(
      z.object({
        ...listPageInput,
        /** A card's number or its beginning, or the beginnings of a holder's names (two letters or more of each). */
        search: listFilter.search,
        status: listFilter.status,
      }),
    )
    .output(
      z.object({
        cards: z.array(OfficeCardRow),
        next: z.string().nullable(),
        /** Over the whole selection. */
        totals: z.object({ cards: z.int(), points: z.int() }),
      }),
    ),
  card: base
    .route({
      method: 'GET',
      path: '/v1/office/cards/{cardNumber}',
      summary: 'One card: ledger, pending writes',
    })
    .input(z.object(card))
    .output(OfficeCard),
  /** `status`: a kind of operation; `search`: a part of a ticket's number or of a till's name. */
  cardOperations: base
    .route({
      method: 'GET',
      path: '/v1/office/cards/{cardNumber}/operations',
      summary: 'What moved a card in the shop, newest first',
    })
    .input(z.object({ ...card, ...listPageInput, search: listFilter.search, status: listFilter.status }))
    .output(z.object({ rows: z.array(OfficeCardOperation), next: z.string().nullable(), count: z.int() })),
  blockCard: base
    .route({
      method: 'POST',
      path: '/v1/office/cards/{cardNumber}/blocks',
      summary: 'Takes a card out of use in the whole network, or puts it back',
    })
    .input(
      z.object({
        ...card,
        blocked: z.boolean(),
        reason: z.enum(['lost', 'stolen', 'damaged', 'other', 'found']),
      }),
    )
    .output(z.object({ status: OfficeCardStatus })),
  customer: base
    .route({ method: 'GET', path: '/v1/office/cards/{cardNumber}/customer', summary: 'The holder; null: anonymous' })
    .input(z.object(card))
    .output(z.object({ customer: Customer.nullable() })),
  putCustomer: base
    .route({ method: 'PUT', path: '/v1/office/cards/{cardNumber}/customer', summary: 'Gives the card a holder' })
    .input(z.object({ ...card, customer: CustomerChange }))
    .output(z.object({ customer: Customer })),
  eraseCustomer: base
    .route({
      method: 'DELETE',
      path: '/v1/office/cards/{cardNumber}/customer',
      summary: 'Erases the holder: their key is deleted. The card and its balance stay',
    })
    .input(z.object(card))
    .output(z.object({ done: z.literal(true) })),
  /** `status`: `open` or `settled`; `search`: a card's number or a part of it, a part of a till's name, of the note or of who decided. */
  cases: base
    .route({ method: 'GET', path: '/v1/office/cases', summary: 'What a person has to decide, newest first' })
    .input(z.object({ ...listPageInput, search: listFilter.search, status: listFilter.status }))
    .output(
      z.object({
        cases: z.array(OfficeCase),
        next: z.string().nullable(),
        /** Of the selection; and those of the shop that wait, whatever is selected. */
        count: z.int(),
        open: z.int(),
      }),
    ),
  settleCase: base
    .route({ method: 'POST', path: '/v1/office/cases/settlements', summary: 'Settles a case, for good, with a note' })
    .input(
      z.object({
        key: z.string().max(200),
        decision: z.enum(caseDecisions),
        note: z.string().trim().min(1).max(500),
      }),
    )
    .output(OfficeCase),
};
