import { describe, expect, it } from 'vitest';
import { type ChainTools, checkEntry, type FaultKind, sealable } from './chain.ts';
import { genesisHash, type Head, type JournalEntry, type SealedEntry } from './entry.ts';

/** A hash and a signature that can be read by eye: what is under test is which of them is looked at, and over which bytes. */
const digest = (bytes: Uint8Array): string => {
  let sum = 7n;
  for (const byte of bytes) sum = (sum * 257n + BigInt(byte)) % (1n << 256n);
  return sum.toString(16).padStart(64, '0');
};
const tools: ChainTools = {
  sha256: digest,
  verify: (publicKey, bytes, signature) => signature === signed(publicKey, bytes),
};
const signed = (publicKey: string, bytes: Uint8Array) => `${publicKey}${digest(bytes)}`.slice(0, 86).padEnd(86, '_');

const at: Head = { epoch: 2, seq: 6, hash: 'a'.repeat(64) };
const outcome: JournalEntry<'card.outcome'> = {
  v: 1,
  terminal: '0197c1a0-0000-7000-8000-000000000010',
  epoch: 2,
  seq: 7,
  intention: '0197c1a0-0000-7000-8000-000000000011',
  kind: 'card.outcome',
  staff: null,
  role: null,
  wallTime: '2026-11-21T08:00:00.000Z',
  monotonicMs: 5,
  bootId: '0197c1a0-0000-7000-8000-000000000012',
  postings: [
    { account: 'a', commodity: 'points', amount: 3 },
    { account: 'b', commodity: 'points', amount: -3 },
  ],
  previousHash: at.hash,
  body: { cardNumber: '0417209379', outcome: 'applied', exchanges: 6, tapToResultMs: 90 },
};
const opened: JournalEntry<'terminal.opened'> = {
  ...outcome,
  kind: 'terminal.opened',
  epoch: 1,
  seq: 1,
  postings: [],
  previousHash: genesisHash,
  body: { tenant: outcome.terminal, place: 'x', publicKey: 'K', previousHead: null },
};
const sealed = (entry: JournalEntry): SealedEntry => {
  const bytes = sealable(entry);
  return { entry, hash: digest(bytes), signature: signed('K', bytes) };
};
const check = (value: unknown, previous: Head | null = at): FaultKind[] => checkEntry(value, previous, 'K', tools);

describe('checkEntry', () => {
  it('finds nothing wrong with an entry that continues the chain, nor with one that opens it', () => {
    expect(check(sealed(outcome))).toEqual([]);
    expect(check(sealed(opened), null)).toEqual([]);
    expect(check(sealed({ ...opened, epoch: 3 }), at)).toEqual([]);
  });

  it.each<[string, unknown, FaultKind[]]>([
    ['no entry at all', { entry: null }, ['schema']],
    ['half of a pair of characters', { ...sealed(outcome), entry: { ...outcome, staff: '\ud800' } }, ['schema']],
    ['a body of another kind', { ...sealed(outcome), entry: { ...outcome, body: {} } }, ['schema']],
    ['an unknown member', { ...sealed(outcome), entry: { ...outcome, extra: 1 } }, ['schema']],
    ['a changed fact', { ...sealed(outcome), entry: { ...outcome, monotonicMs: 6 } }, ['hash', 'signature']],
    ['another hash', { ...sealed(outcome), hash: 'b'.repeat(64) }, ['hash']],
    ['another signature', { ...sealed(outcome), signature: 'A'.repeat(86) }, ['signature']],
    ['another predecessor', sealed({ ...outcome, previousHash: 'c'.repeat(64) }), ['previous-hash']],
    ['a gap', sealed({ ...outcome, seq: 8 }), ['sequence']],
    ['a repeat', sealed({ ...outcome, seq: 6 }), ['sequence']],
    ['another epoch without an opening', sealed({ ...outcome, epoch: 3 }), ['sequence']],
    ['an opening in the middle', sealed({ ...opened, epoch: 2, seq: 7, previousHash: at.hash }), ['opening']],
    ['an epoch already behind', sealed({ ...opened, epoch: 2 }), ['sequence']],
    ['a posting that creates points', sealed({ ...outcome, postings: outcome.postings.slice(0, 1) }), ['postings']],
  ])('names %s', (_what, value, faults) => {
    expect(check(value)).toEqual(faults);
  });

  it('refuses a first entry that does not open, and a key that is not the terminal’s', () => {
    expect(check(sealed({ ...outcome, seq: 1, previousHash: genesisHash }), null)).toEqual(['opening']);
    expect(check(sealed(outcome), null)).toEqual(['previous-hash', 'sequence']);
    expect(checkEntry(sealed(outcome), at, 'L', tools)).toEqual(['signature']);
  });
});
