import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { type EntryBody, type EntryKind, entryKinds } from './kinds.ts';

/** A movement of one commodity on one account, in the commodity's smallest unit. Postings of an entry sum to zero per commodity. */
export const Posting = z.strictObject({
  account: z.string().min(1).max(80),
  commodity: z.string().min(1).max(60),
  amount: z.int(),
});
export type Posting = z.infer<typeof Posting>;

export const EntryHash = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hex');

const envelope = {
  v: z.literal(1),
  terminal: Uuid,
  epoch: z.int().min(1),
  seq: z.int().min(1),
  intention: Uuid,
  staff: z.string().max(32).nullable(),
  role: z.string().max(32).nullable(),
  /** RFC 3339, UTC, milliseconds: what the terminal's clock showed. */
  wallTime: z.iso.datetime({ precision: 3 }),
  monotonicMs: z.int().min(0),
  bootId: Uuid,
  postings: z.array(Posting).max(32),
  previousHash: EntryHash,
};

const kinds = Object.entries(entryKinds).map(([kind, { body }]) =>
  z.strictObject({ ...envelope, kind: z.literal(kind), body }),
);

/** One fact, as hashed and signed. */
export type JournalEntry<K extends EntryKind = EntryKind> = K extends EntryKind
  ? z.infer<z.ZodObject<typeof envelope>> & { kind: K; body: EntryBody<K> }
  : never;

export const JournalEntry = z.discriminatedUnion(
  'kind',
  kinds as [(typeof kinds)[number], ...typeof kinds],
) as unknown as z.ZodType<JournalEntry>;

/** An entry with its SHA-256 (hex) and the terminal's ES256 signature (base64url of r‖s) over the canonical bytes. */
export const SealedEntry = z.strictObject({
  entry: JournalEntry,
  hash: EntryHash,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type SealedEntry<K extends EntryKind = EntryKind> = { entry: JournalEntry<K>; hash: string; signature: string };

/** Where a terminal's chain stands. */
export const Head = z.strictObject({ epoch: z.int().min(1), seq: z.int().min(0), hash: EntryHash });
export type Head = z.infer<typeof Head>;

/** The hash that precedes the first entry of an epoch. */
export const genesisHash = '0'.repeat(64);

/** Commodities whose postings do not sum to zero, with what is left over. Empty when the entry balances (invariant 7). */
export function unbalanced(postings: readonly Posting[]): { commodity: string; sum: number }[] {
  const sums = new Map<string, number>();
  for (const { commodity, amount } of postings) sums.set(commodity, (sums.get(commodity) ?? 0) + amount);
  return [...sums].filter(([, sum]) => sum !== 0).map(([commodity, sum]) => ({ commodity, sum }));
}
