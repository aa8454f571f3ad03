import type { CountersignedHead, FeedItem } from '#contract/central/index.ts';
import type { SealedEntry } from '#contract/journal/entry.ts';
import type { Result } from '#contract/result/index.ts';

/** The store could not write (disk full, …). Nothing changed. */
export interface StoreFault {
  type: string;
}

/** How much the server has not acknowledged. Counted as `Link` says: `unsent` in operations. */
export interface Outbox {
  unsent: number;
  unsentEntries: number;
  /** Wall time of the oldest unsent entry, ms. */
  oldestUnsentMs: number | null;
  unsentByKind: Record<string, number>;
}

/** How long the server has been out of reach, as kept over restarts. */
export interface ContactRecord {
  spentMs: number;
  /** Wall time when this was written, ms. */
  wallMs: number;
}

/** What sync needs of the store. The store knows nothing of sync. */
export interface SyncStore {
  outbox(): Outbox;
  /** Unacknowledged entries by (epoch, seq), oldest first. */
  unsent(limit: number): SealedEntry[];
  /** Hash of the terminal's own entry at that position; null when there is none. */
  hashAt(epoch: number, seq: number): string | null;
  /** The last countersigned head that was kept. */
  acknowledged(): CountersignedHead | null;
  /** Keeps the head and marks all entries up to it as sent, in one transaction. */
  acknowledge(head: CountersignedHead): Result<unknown, StoreFault>;
  feedCursor(): number;
  /** Applies all items and keeps the cursor in one transaction, or nothing. */
  applyFeed(items: readonly FeedItem[], cursor: number): Result<unknown, StoreFault>;
  /** What the server last said: can it send tickets by e-mail? Kept for the time without it. */
  ticketsByEmail(): boolean;
  keepTicketsByEmail(can: boolean): Result<unknown, StoreFault>;
  contact(): ContactRecord | null;
  keepContact(record: ContactRecord): Result<unknown, StoreFault>;
}
