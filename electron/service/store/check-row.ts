import { canonicalJson, type Json } from '#contract/journal/canonical.ts';
import { type ChainTools, checkEntry, type FaultKind } from '#contract/journal/chain.ts';
import type { Head, JournalEntry } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import { placeOf } from './position.ts';

/** A row as it lies in the file, the entry as bytes: nothing about it is believed yet. */
export type RawRow = {
  position: number;
  intention: string;
  kind: string;
  acts: number;
  hash: string;
  signature: string;
  bytes: Uint8Array;
};
export const rawColumns = 'position, intention, kind, acts, hash, signature, cast(entry as blob) as bytes';

export type CheckedRow = { faults: FaultKind[]; entry: JournalEntry | null };

/** What stands before a row: its head as recorded, and the hash its bytes really have. */
export type Before = { head: Head; trueHash: string } | null;

/**
 * Checks one row by itself and against the one before.
 * @param publicKey null when the epoch's key is not known: signatures are then left unchecked rather than all called wrong
 */
export function checkRow(row: RawRow, before: Before, publicKey: string | null, tools: ChainTools): CheckedRow {
  const value = parse(row.bytes);
  if (value === undefined) return { faults: ['unreadable'], entry: null };
  const previous = before && chosenHead(before, value);
  const cryptography = publicKey === null ? { ...tools, verify: () => true } : tools;
  const sealed = { entry: value, hash: row.hash, signature: row.signature };
  const faults = checkEntry(sealed, previous, publicKey ?? '', cryptography);
  if (faults.includes('schema')) return { faults, entry: null };
  const entry = value as unknown as JournalEntry;
  if (!rowAgrees(row, entry)) faults.push('row-differs');
  return { faults, entry };
}

/** Where only the recorded hash of the entry before was changed, this entry still names the true one and is not at fault. */
function chosenHead({ head, trueHash }: NonNullable<Before>, value: Json): Head {
  const named = (value as { previousHash?: Json } | null)?.previousHash;
  return named === trueHash ? { ...head, hash: trueHash } : head;
}

function rowAgrees(row: RawRow, entry: JournalEntry): boolean {
  const { epoch, seq } = placeOf(row.position);
  return (
    entry.epoch === epoch &&
    entry.seq === seq &&
    entry.intention === row.intention &&
    entry.kind === row.kind &&
    row.acts === (entryKinds[entry.kind].acts ? 1 : 0) &&
    Buffer.from(canonicalJson(entry as unknown as Json)).equals(row.bytes)
  );
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parse(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(strictUtf8.decode(bytes));
  } catch {
    return undefined;
  }
}
