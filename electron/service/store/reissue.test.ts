import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  cardOutcomeDraft,
  customer,
  must,
  newTillStore,
  openingDraft,
  saleDraft,
  type TillStore,
  ticketOutcomeDraft,
} from '#test/harness/till-store.ts';
import { type Store, verifyStore } from './index.ts';
import type { EntryDraft } from './journal.ts';

let till: TillStore;
let store: Store;
beforeEach(() => {
  till = newTillStore();
  store = till.open();
});
afterEach(() => {
  store.close();
  till.remove();
});

const entries = () => store.reader.entriesAfter(null, 10_000);
/** What an entry states, without its place in the chain. */
const fact = ({ entry: { epoch: _, seq: __, previousHash: ___, ...stated } }: ReturnType<typeof entries>[number]) =>
  stated;

const drafts = fc.array(
  fc.record({ card: fc.integer({ min: 1, max: 3 }), points: fc.integer({ min: -20, max: 90 }), ends: fc.boolean() }),
  { maxLength: 6 },
);
type Drawn = { card: number; points: number; ends: boolean }[];
const factsOf = (drawn: Drawn): EntryDraft[] =>
  drawn.flatMap(({ card, points, ends }) => {
    const sale = saleDraft({ cardNumber: customer(card), points, balance: 100 + points });
    return ends ? [sale, cardOutcomeDraft(sale.intention), ticketOutcomeDraft(sale.intention)] : [sale];
  });

it('[T17] [T37] what was written at places already taken is stated again: each fact once, word for word, and the projections are the fold (invariants 8, 11, 12)', async () => {
  await fc.assert(
    fc.asyncProperty(drafts, drafts, drafts, fc.integer({ min: 1, max: 5 }), async (kept, tail, later, above) => {
      const one = newTillStore();
      const opened = one.open();
      try {
        const journal = one.journal(opened);
        must(journal.append([openingDraft(one), ...factsOf(kept)]));
        const common = opened.reader.head()!;
        must(journal.append([saleDraft(), ...factsOf(tail)]));
        // A restart in between had opened an epoch of its own, on the wrong branch.
        must(journal.openEpoch(openingDraft(one, opened.reader.head())));
        must(journal.append([saleDraft({ cardNumber: customer(9) })]));
        const stray = opened.reader.entriesAfter(common, 1000);
        const count = must(journal.reissue(openingDraft(one, common), above));
        const again = opened.reader.entriesAfter(common, 1000);
        expect(count).toBe(stray.length - 1);
        expect(again[0]!.entry).toMatchObject({ kind: 'terminal.opened', epoch: Math.max(above, 2) + 1, seq: 1 });
        expect(again.slice(1).map(fact)).toEqual(
          stray.filter(({ entry }) => entry.kind !== 'terminal.opened').map(fact),
        );
        if (later.length > 0) must(journal.append(factsOf(later)));
        expect(await verifyStore(one.path)).toMatchObject({ ok: true, value: { faults: [] } });
        expect(asideOf(one.path)).toEqual(stray.map(({ hash }) => hash));
      } finally {
        opened.close();
        one.remove();
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);

const asideOf = (path: string): string[] => {
  const db = new Database(path, { readonly: true });
  const hashes = db.prepare<[], string>('select hash from set_aside order by position').pluck().all();
  db.close();
  return hashes;
};

it('an entry leaves the journal by no other way, and what was set aside stays (invariant 11)', () => {
  const journal = till.journal(store);
  must(journal.append([openingDraft(till), saleDraft(), saleDraft()]));
  must(journal.reissue(openingDraft(till, headAt(1)), 1));
  store.close();
  const db = new Database(till.path);
  for (const [statement, why] of [
    ['delete from journal', /never deleted/],
    ['update journal set hash = hash', /never changed/],
    ['delete from set_aside', /never deleted/],
    ['update set_aside set entry = 1', /never changed/],
  ] as const)
    expect(() => db.exec(statement)).toThrow(why);
  db.close();
  store = till.open();
  expect(entries()).toHaveLength(4);
});

function headAt(index: number) {
  const { entry, hash } = entries()[index]!;
  return { epoch: entry.epoch, seq: entry.seq, hash };
}

it('a defect in the middle leaves the journal as it was', async () => {
  const journal = till.journal(store);
  must(journal.append([openingDraft(till), saleDraft(), saleDraft()]));
  const before = entries();
  // A previous head that is none: the chain breaks inside the transaction.
  const foreign = { ...headAt(1), hash: 'f'.repeat(64) };
  expect(() =>
    journal.reissue({ ...openingDraft(till, foreign), postings: [{ account: 'a', commodity: 'b', amount: 1 }] }, 1),
  ).toThrow();
  expect(entries()).toEqual(before);
  expect(await verifyStore(till.path)).toMatchObject({ ok: true, value: { faults: [] } });
  must(journal.append([saleDraft()]));
});
