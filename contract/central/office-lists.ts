import { z } from 'zod';
import { Language } from '#contract/money/index.ts';
import { exportFormats } from '#contract/reports/columns.ts';
import { centralBase as base } from './errors.ts';

/** What any list may be narrowed by. `from` and `to` are days of the shop (`YYYY-MM-DD`, both included) or instants (RFC 3339). */
export const listFilter = {
  from: z.string().max(30).optional(),
  to: z.string().max(30).optional(),
  terminal: z.string().max(40).optional(),
  search: z.string().max(80).optional(),
  status: z.string().max(40).optional(),
  /** Of the list of one card's operations. */
  card: z.string().max(20).optional(),
};
/** A page of any list: `before` is `next` of the page before. */
export const listPageInput = {
  before: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** Lists that can be had as a file. */
export const listNames = [
  'card-lots',
  'issued-cards',
  'network-card-lots',
  'network-issued-cards',
  // Not `cards`: `/v1/office/cards/export` would be a card of that number.
  'ledger',
  'days',
  'transactions',
  'terminals',
  'staff',
  'attendance',
  'accounts',
  'card-operations',
  'cases',
  'network-cases',
] as const;
export const ListName = z.enum(listNames);
export type ListName = z.infer<typeof ListName>;
/** Of all shops: for the network's administrator alone. */
export const networkLists: readonly ListName[] = ['network-card-lots', 'network-issued-cards', 'network-cases'];
/** Those that a read-only key (T30) gives too: the shop's operations, not its people. */
export const keyLists: readonly ListName[] = ['transactions', 'ledger', 'days'];

const exportInput = {
  list: ListName,
  format: z.enum(exportFormats),
  /** Of the columns' names and of dates and decimals; absent: the shop's. */
  language: Language.optional(),
  ...listFilter,
};
/** The file, as it is made. `X-Comptoir-Rows` says how many rows it will hold; a file that fails half-way is cut off, never ended. */
const file = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.custom<ReadableStream<Uint8Array>>((value) => value instanceof ReadableStream),
});

/** The office's lists as files (CSV, XLSX, JSON). */
export const officeListsContract = {
  exportList: base
    .route({
      method: 'GET',
      path: '/v1/office/{list}/export',
      summary: 'A list of the shop as a file: CSV, XLSX or JSON. Of its operations also with a read-only key',
      outputStructure: 'detailed',
    })
    .input(z.object(exportInput))
    .output(file),
  /** A browser saves what a link gives straight to the disk; with a bearer token it would hold the file in memory. */
  exportLink: base
    .route({
      method: 'POST',
      path: '/v1/office/{list}/export-links',
      summary: 'A link that gives the list as a file, once, within a minute, to whoever has it',
    })
    .input(z.object(exportInput))
    .output(z.object({ url: z.string(), expiresAtMs: z.int() })),
  linkedExport: base
    .route({
      method: 'GET',
      path: '/v1/exports',
      summary: 'The file of a link',
      outputStructure: 'detailed',
    })
    .input(z.object({ link: z.string().max(100) }))
    .output(file),
};
