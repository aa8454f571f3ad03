import { canonicalJson, type Json } from './canonical.ts';
import { genesisHash, type Head, type JournalEntry, SealedEntry, unbalanced } from './entry.ts';

/** What can be wrong with a journal. The first seven are of one entry; the others need the journal around it. */
export const faultKinds = [
  'schema',
  'hash',
  'signature',
  'previous-hash',
  'sequence',
  'opening',
  'postings',
  'unreadable',
  'row-differs',
  'missing',
  'intention-repeated',
  'countersigned-head',
  'projection',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The cryptography a checker needs, handed in so that till, server and browser can each bring their own. */
export interface ChainTools {
  /** SHA-256 in lower-case hex. */
  sha256(bytes: Uint8Array): string;
  /**
   * ES256 (RFC 7518 §3.4) over `bytes`. False, never a throw, for a key or a signature that cannot be read.
   * @param publicKey SPKI, base64
   * @param signature r‖s, base64url
   */
  verify(publicKey: string, bytes: Uint8Array, signature: string): boolean;
}

/** The bytes that are hashed and signed: RFC 8785 canonical JSON in UTF-8. */
export function sealable(entry: JournalEntry): Uint8Array {
  return new TextEncoder().encode(canonicalJson(entry as unknown as Json));
}

/** The same of what somebody hands over as an entry. Null: no canonical form can hold it, so nobody has sealed it. */
export function sealableOf(entry: JournalEntry): Uint8Array | null {
  try {
    return sealable(entry);
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/**
 * Everything that one entry can be checked for, given what stands before it (invariants 7 and 9).
 * @param sealed anything: its shape is checked first, and a wrong shape ends the check
 * @param previous the head before this entry; null before the first entry of all
 * @param publicKey the terminal's, SPKI in base64
 * @returns faults in the order of `faultKinds`; empty when all is well
 */
export function checkEntry(sealed: unknown, previous: Head | null, publicKey: string, tools: ChainTools): FaultKind[] {
  const parsed = SealedEntry.safeParse(sealed);
  if (!parsed.success) return ['schema'];
  const { entry, hash, signature } = parsed.data;
  const bytes = sealableOf(entry);
  if (bytes === null) return ['schema'];
  const faults: FaultKind[] = [];
  if (tools.sha256(bytes) !== hash) faults.push('hash');
  if (!tools.verify(publicKey, bytes, signature)) faults.push('signature');
  faults.push(...linkFaults(entry, previous));
  if (unbalanced(entry.postings).length > 0) faults.push('postings');
  return faults;
}

/** Does the entry continue the chain? Each epoch begins at 1 with `terminal.opened`; later epochs have greater numbers. */
export function linkFaults(entry: JournalEntry, previous: Head | null): FaultKind[] {
  const faults: FaultKind[] = [];
  const opens = entry.seq === 1;
  const expectedHash = opens ? genesisHash : previous?.hash;
  if (entry.previousHash !== expectedHash) faults.push('previous-hash');
  const follows = opens
    ? previous === null || entry.epoch > previous.epoch
    : previous !== null && entry.epoch === previous.epoch && entry.seq === previous.seq + 1;
  if (!follows) faults.push('sequence');
  if (opens !== (entry.kind === 'terminal.opened')) faults.push('opening');
  return faults;
}
