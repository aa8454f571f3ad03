import type { Database as Sqlite } from 'better-sqlite3';
import type { ChainTools } from '#contract/journal/chain.ts';
import type { Head, JournalEntry } from '#contract/journal/entry.ts';
import type { JournalFault } from '#contract/till/index.ts';
import { type Before, checkRow, type RawRow } from './check-row.ts';
import { placeOf, positionOf } from './position.ts';
import type { Found } from './raw-rows.ts';

/** After this many faults the list is long enough to act on. */
export const maxFaults = 1000;

/** What a walk along the journal has found so far. */
export interface ChainWalk {
  readonly entries: number;
  /** Entries, and places whose entry is gone or unreadable. */
  readonly places: number;
  readonly head: Head | null;
  readonly faults: JournalFault[];
  /** Checks the next place. @returns its entry, or null where it could not be read */
  take(found: Found): JournalEntry | null;
}

/** @param start a position whose row is taken on trust; 0 begins before the first entry */
export function chainWalk(db: Sqlite, tools: ChainTools, start: number): ChainWalk {
  const countersigned = countersignedHashes(db);
  const faults: JournalFault[] = [];
  let entries = 0;
  let places = 0;
  /** The place before could not be read. */
  let blind = false;
  let before = trusted(db, start);
  let publicKey = before && keyOfEpoch(db, before.head.epoch);

  const checkRowAt = (row: RawRow): JournalEntry | null => {
    const place = placeOf(row.position);
    if (place.seq === 1) publicKey = openingKey(row.bytes);
    const { faults: wrong, entry } = checkRow(row, before, publicKey, tools);
    const signed = countersigned.get(row.position);
    if (signed !== undefined && signed !== row.hash) wrong.push('countersigned-head');
    if (wrong.length > 0) faults.push({ ...place, what: wrong.join(', ') });
    entries++;
    before = { head: { ...place, hash: row.hash }, trueHash: tools.sha256(row.bytes) };
    return entry;
  };

  return {
    faults,
    get entries() {
      return entries;
    },
    get places() {
      return places;
    },
    get head() {
      return before?.head ?? null;
    },
    take({ position, row }) {
      const place = placeOf(position);
      const missing = missingBetween(before?.head ?? null, place);
      faults.push(...missing.map((seq) => ({ epoch: place.epoch, seq, what: 'missing' })));
      places += missing.length + 1;
      if ((missing.length > 0 || blind) && place.seq > 1) before = unknown(position - 1, row);
      blind = row === null;
      if (row) return checkRowAt(row);
      faults.push({ ...place, what: 'unreadable' });
      before = { head: { ...place, hash: '' }, trueHash: '' };
      return null;
    },
  };
}

/** The entry before is gone or unreadable: what this one says of it is all there is, and is not held against it. */
function unknown(position: number, row: RawRow | null): Before {
  const previousHash = row && memberOf(row.bytes, 'previousHash');
  const named = typeof previousHash === 'string' ? previousHash : '';
  return { head: { ...placeOf(position), hash: named }, trueHash: named };
}

/** The seqs that should stand between two entries of an epoch, at most `maxFaults` of them. */
export function missingBetween(head: Head | null, next: { epoch: number; seq: number }): number[] {
  const first = head?.epoch === next.epoch ? head.seq + 1 : 1;
  return Array.from({ length: Math.min(Math.max(next.seq - first, 0), maxFaults) }, (_, index) => first + index);
}

function trusted(db: Sqlite, position: number): Before {
  const row = db.prepare<[number], { hash: string }>('select hash from journal where position = ?').get(position);
  return row ? { head: { ...placeOf(position), hash: row.hash }, trueHash: row.hash } : null;
}

/** The key that an epoch's first entry names; null when that entry cannot be read. */
function keyOfEpoch(db: Sqlite, epoch: number): string | null {
  const row = db
    .prepare<[number], { bytes: Uint8Array }>('select cast(entry as blob) as bytes from journal where position = ?')
    .get(positionOf({ epoch, seq: 1 }));
  return row ? openingKey(row.bytes) : null;
}

function openingKey(bytes: Uint8Array): string | null {
  const body = memberOf(bytes, 'body') as { publicKey?: unknown } | undefined;
  return typeof body?.publicKey === 'string' ? body.publicKey : null;
}

function memberOf(bytes: Uint8Array, name: string): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return (value as Record<string, unknown> | null)?.[name];
  } catch {
    return undefined;
  }
}

function countersignedHashes(db: Sqlite): Map<number, string> {
  const rows = db.prepare<[], Head>('select epoch, seq, hash from countersigned').all();
  return new Map(rows.map((row) => [positionOf(row), row.hash]));
}
