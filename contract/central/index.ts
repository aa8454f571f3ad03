import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { SealedEntry } from '#contract/journal/entry.ts';
import { CurrencyCode, Language } from '#contract/money/index.ts';
import { Role } from '#contract/till/state.ts';
import { cardholderContract } from './cardholder.ts';
import { CountersignedHead } from './countersign.ts';
import { centralBase as base } from './errors.ts';
import { FeedItem } from './feed.ts';
import { officeAccountsContract } from './office-accounts.ts';
import { officeAttendanceContract } from './office-attendance.ts';
import { officeCardsContract } from './office-cards.ts';
import { officeCardsStockContract } from './office-cards-stock.ts';
import { officeCustomerFilesContract } from './office-customer-files.ts';
import { officeDaysContract } from './office-days.ts';
import { officeKeysContract } from './office-keys.ts';
import { officeListsContract } from './office-lists.ts';
import { officeProgrammeContract } from './office-programme.ts';
import { officeStaffContract } from './office-staff.ts';
import { officeTerminalsContract } from './office-terminals.ts';
import { TicketCertificate, terminalCalls } from './terminal-calls.ts';
import { tillAccountsContract } from './till-accounts.ts';
import { tillCardsContract } from './till-cards.ts';

export { CountersignedHead } from './countersign.ts';
export { CentralError, centralRefusals } from './errors.ts';
export { FeedItem } from './feed.ts';

const Secret = z.string().regex(/^[0-9a-f]{32}$/);

export const Enrolment = z.object({
  terminal: Uuid,
  tenant: Uuid,
  roles: z.array(z.enum(['loyalty', 'stamps', 'vouchers'])),
  label: z.string(),
  ticketPrefix: z.string(),
  shop: z.object({ id: Uuid, number: z.int().min(1).max(65_535), name: z.string(), address: z.string() }),
  network: z.object({ id: z.int().min(1).max(65_535), name: z.string() }),
  currency: CurrencyCode,
  ticketLanguage: Language,
  /** Master keys of this shop's card application (AN10922 diversifies them per card), hex. */
  /** `spend`: of the key that writes a spending, which the cardholder's PIN diversifies further. */
  cardKeys: z.object({ readWrite: Secret, read: Secret, spend: Secret.optional() }),
  /** SPKI, base64: verifies countersigned heads. */
  serverPublicKey: z.string(),
  /** How long the till may go on without the server, ms. */
  offlineAllowanceMs: z.int(),
  /** The server's word for this till's key, which its tickets carry. Absent: enrolled before there was one; it asks. */
  ticketCertificate: TicketCertificate.optional(),
});
export type Enrolment = z.infer<typeof Enrolment>;

export const OfficeTransaction = z.object({
  terminal: z.string(),
  terminalLabel: z.string(),
  epoch: z.int(),
  seq: z.int(),
  intention: Uuid,
  ticketNumber: z.string(),
  kind: z.string(),
  /** When the person acted, by the terminal's clock; and when the server had it. */
  wallTime: z.string(),
  receivedAt: z.string(),
  late: z.boolean(),
  cardNumber: z.string(),
  staff: z.string().nullable(),
  staffName: z.string().nullable(),
  amountMinor: z.int(),
  currency: CurrencyCode,
  points: z.int(),
  /** Null: not known yet, as of a reversal, which the card gets at its next tap. */
  balance: z.int().nullable(),
  cardOutcome: z.string().nullable(),
});
export type OfficeTransaction = z.infer<typeof OfficeTransaction>;

/** Terminal, office <-> central server. REST; the OpenAPI document is made from this map. */
export const centralContract = {
  health: base
    .route({ method: 'GET', path: '/v1/health', summary: 'Is the server up, and what does its clock say' })
    .output(z.object({ ok: z.literal(true), nowMs: z.int(), version: z.string() })),
  terminals: {
    enrol: base
      .route({
        method: 'POST',
        path: '/v1/enrolments',
        summary: 'Makes an installation a terminal, with a single-use code',
      })
      .input(z.object({ code: z.string().max(40), publicKey: z.string().max(200), name: z.string().max(80) }))
      .output(Enrolment),
    push: base
      .route({
        method: 'POST',
        path: '/v1/terminals/{terminal}/journal',
        summary: 'Appends a contiguous batch; idempotent',
      })
      .input(z.object({ terminal: Uuid, entries: z.array(SealedEntry).min(1).max(500) }))
      .output(CountersignedHead),
    head: base
      .route({ method: 'GET', path: '/v1/terminals/{terminal}/head', summary: 'The head the server has accepted' })
      .input(z.object({ terminal: Uuid }))
      .output(CountersignedHead.nullable()),
    feed: base
      .route({ method: 'GET', path: '/v1/terminals/{terminal}/feed', summary: 'What changed since the cursor' })
      .input(z.object({ terminal: Uuid, cursor: z.coerce.number().int().min(0).default(0) }))
      .output(
        z.object({
          items: z.array(FeedItem).max(1000),
          cursor: z.int(),
          more: z.boolean(),
          /** Can this server send tickets by e-mail? Where it cannot, tills print them, whatever the customer wishes. */
          ticketsByEmail: z.boolean().default(false),
        }),
      ),
    ...terminalCalls,
  },
  cards: { ...tillCardsContract, ...tillAccountsContract },
  portal: cardholderContract,
  office: {
    signIn: base
      .route({
        method: 'POST',
        path: '/v1/office/sessions',
        summary: 'Opens a session; the answer holds its bearer token',
      })
      .input(z.object({ code: z.string().max(32), password: z.string().max(200) }))
      .output(
        z.object({
          token: z.string(),
          expiresAtMs: z.int(),
          name: z.string(),
          role: Role,
          tenantName: z.string(),
          currency: CurrencyCode,
        }),
      ),
    signOut: base
      .route({ method: 'DELETE', path: '/v1/office/sessions', summary: 'Ends the session' })
      .output(z.object({ done: z.literal(true) })),
    transactions: base
      .route({ method: 'GET', path: '/v1/office/transactions', summary: "The shop's transactions, newest first" })
      .input(
        z.object({
          before: z.string().max(1_000).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
          from: z.string().max(30).optional(),
          to: z.string().max(30).optional(),
          terminal: z.string().max(40).optional(),
          search: z.string().max(80).optional(),
        }),
      )
      .output(
        z.object({
          transactions: z.array(OfficeTransaction),
          next: z.string().nullable(),
          /** Over the whole selection, not the page. */
          totals: z.object({ count: z.int(), amountMinor: z.int(), points: z.int(), cards: z.int() }),
          days: z.array(z.object({ day: z.string(), amountMinor: z.int(), count: z.int() })),
          terminals: z.array(z.object({ id: z.string(), label: z.string() })),
        }),
      ),
    /** Each new transaction of the shop, within a second of its acceptance. */
    live: base
      .route({
        method: 'GET',
        path: '/v1/office/transactions/live',
        summary: 'New transactions as they come (server-sent events)',
      })
      .output(eventIterator(OfficeTransaction)),
    ...officeCardsContract,
    ...officeCardsStockContract,
    ...officeCustomerFilesContract,
    ...officeDaysContract,
    ...officeProgrammeContract,
    ...officeTerminalsContract,
    ...officeStaffContract,
    ...officeAttendanceContract,
    ...officeAccountsContract,
    ...officeKeysContract,
    ...officeListsContract,
    enrolmentCode: base
      .route({
        method: 'POST',
        path: '/v1/office/enrolment-codes',
        summary: 'Makes a single-use code for one more till',
      })
      .input(z.object({ label: z.string().min(1).max(40) }))
      .output(z.object({ code: z.string(), expiresAtMs: z.int() })),
  },
};
export type CentralContract = typeof centralContract;
