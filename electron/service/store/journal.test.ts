import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkEntry } from '#contract/journal/chain.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import {
  cardOutcomeDraft,
  must,
  newTillStore,
  openingDraft,
  saleDraft,
  type TillStore,
  ticketOutcomeDraft,
} from '#test/harness/till-store.ts';
import { type EntryDraft, type Journal, nodeChainTools, type Store } from './index.ts';

let till: TillStore;
let store: Store;
let journal: Journal;

beforeEach(() => {
  till = newTillStore();
  store = till.open();
  journal = till.journal(store);
});
afterEach(() => {
  store.close();
  till.remove();
});

const faultsOf = (entries: readonly SealedEntry[]) => {
  let previous: Head | null = null;
  return entries.flatMap((sealed) => {
    const faults = checkEntry(sealed, previous, till.publicKey, nodeChainTools());
    previous = { epoch: sealed.entry.epoch, seq: sealed.entry.seq, hash: sealed.hash };
    return faults;
  });
};

it('[T37] chains and seals each fact behind the one before, across appends and restarts (invariant 9)', () => {
  must(journal.append([openingDraft(till), saleDraft()]));
  store.close();
  store = till.open();
  journal = till.journal(store);
  const sale = saleDraft();
  must(journal.append([sale, cardOutcomeDraft(sale.intention)]));
  const entries = store.reader.entriesAfter(null, 10);
  expect(entries.map(({ entry }) => [entry.epoch, entry.seq, entry.kind])).toEqual([
    [1, 1, 'terminal.opened'],
    [1, 2, 'loyalty.sale'],
    [1, 3, 'loyalty.sale'],
    [1, 4, 'card.outcome'],
  ]);
  expect(faultsOf(entries)).toEqual([]);
  expect(store.reader.head()).toEqual({ epoch: 1, seq: 4, hash: entries[3]!.hash });
  expect(store.reader.total()).toBe(4);
});

it('gives an intention its first entry again, however often it is stated (invariant 12)', () => {
  must(journal.append([openingDraft(till)]));
  const sale = saleDraft();
  const batch: EntryDraft[] = [sale, cardOutcomeDraft(sale.intention)];
  const first = must(journal.append(batch));
  expect(must(journal.append(batch))).toEqual(first);
  expect(must(journal.append([sale]))).toEqual([first[0]]);
  expect(store.reader.total()).toBe(3);
  expect(store.reader.unsent().byKind).toEqual({ 'terminal.opened': 1, 'loyalty.sale': 1, 'card.outcome': 1 });
});

it('refuses an intention that comes back as something else, and writes nothing of its batch (invariant 13)', () => {
  must(journal.append([openingDraft(till)]));
  const sale = saleDraft();
  must(journal.append([sale]));
  const other = { ...sale, body: { ...sale.body, amountMinor: 9999 } };
  expect(journal.append([saleDraft(), other])).toEqual({
    ok: false,
    error: { type: 'IntentionReused', intention: sale.intention },
  });
  expect(journal.append([{ ...sale, postings: [] }])).toMatchObject({ ok: false });
  expect(store.reader.total()).toBe(2);
  expect(faultsOf([...store.reader.entriesAfter(null, 10), ...must(journal.append([saleDraft()]))])).toEqual([]);
});

it('takes the same outcome twice when it happened twice', () => {
  const sale = saleDraft();
  must(journal.append([openingDraft(till), sale]));
  must(journal.append([cardOutcomeDraft(sale.intention, 'unknown')]));
  must(journal.append([cardOutcomeDraft(sale.intention, 'unknown')]));
  expect(store.reader.outcomes(sale.intention)).toHaveLength(2);
});

it('never seals postings that do not balance, nor a body that breaks its schema (invariant 7)', () => {
  must(journal.append([openingDraft(till)]));
  const sale = saleDraft();
  expect(() => journal.append([{ ...sale, postings: sale.postings.slice(1) }])).toThrow('do not sum to zero');
  expect(() => journal.append([{ ...sale, body: { ...sale.body, amountMinor: 0.5 } }])).toThrow();
  expect(() => journal.append([])).toThrow(RangeError);
  expect(store.reader.total()).toBe(1);
  expect(must(journal.append([sale]))[0]!.entry.seq).toBe(2);
});

it('opens each epoch with terminal.opened, naming the head before', () => {
  expect(() => journal.append([saleDraft()])).toThrow('begins with terminal.opened');
  must(journal.openEpoch(openingDraft(till)));
  expect(() => journal.append([openingDraft(till)])).toThrow('use openEpoch');
  expect(() => journal.openEpoch(openingDraft(till))).toThrow('previousHead');
  must(journal.openEpoch(openingDraft(till, store.reader.head())));
  must(journal.append([saleDraft()]));
  const entries = store.reader.entriesAfter(null, 10);
  expect(entries.map(({ entry }) => `${entry.epoch}-${entry.seq}`)).toEqual(['1-1', '2-1', '2-2']);
  expect(faultsOf(entries)).toEqual([]);
});

it('lets no other terminal write into an epoch', () => {
  must(journal.append([openingDraft(till)]));
  const stranger = newTillStore(till.folder);
  expect(() => stranger.journal(store).append([saleDraft()])).toThrow('another terminal');
});

it('knows what became of each effect', () => {
  const [torn, printed] = [saleDraft({ ticketNumber: 'P1-2' }), saleDraft({ ticketNumber: 'P1-3' })];
  must(journal.append([openingDraft(till), torn, printed]));
  must(journal.append([cardOutcomeDraft(torn.intention, 'unknown', 95), cardOutcomeDraft(printed.intention)]));
  must(journal.append([ticketOutcomeDraft(printed.intention, 'P1-3')]));
  must(journal.append([ticketOutcomeDraft(randomUUID(), 'P1-3', 'confirmed', 1)]));
  const { reader } = store;
  const intentions = (sales: { facts: { intention: string } }[]) => sales.map(({ facts }) => facts.intention);
  expect(intentions(reader.openCardIntents())).toEqual([torn.intention]);
  expect(intentions(reader.openCardIntents('0417209379'))).toEqual([torn.intention]);
  expect(reader.openCardIntents('0000000000')).toEqual([]);
  expect(intentions(reader.openPrints())).toEqual([torn.intention]);
  expect(reader.recentTapToResultMs(5)).toEqual([120, 95]);
  expect(reader.sale(printed.intention)).toMatchObject({
    sealed: { entry: { staff: '1001', body: printed.body } },
    facts: { cardOutcome: 'applied', printOutcome: 'confirmed', copies: 1 },
  });
  must(journal.append([cardOutcomeDraft(torn.intention, 'quarantined')]));
  expect(reader.openCardIntents()).toEqual([]);
  expect(reader.card('0417209379')).toMatchObject({ quarantined: true, balance: 112, blocked: false });
  must(journal.append([cardOutcomeDraft(torn.intention, 'applied')]));
  expect(reader.card('0417209379')).toMatchObject({ quarantined: false });
});

it('lists pages newest first, of all kinds or of some', () => {
  const sales = Array.from({ length: 7 }, () => saleDraft());
  must(journal.append([openingDraft(till), ...sales.flatMap((sale) => [sale, cardOutcomeDraft(sale.intention)])]));
  const seqs = (entries: SealedEntry[]) => entries.map(({ entry }) => entry.seq);
  const { reader } = store;
  expect(seqs(reader.list({ before: null, limit: 3 }))).toEqual([15, 14, 13]);
  expect(seqs(reader.list({ before: { epoch: 1, seq: 4 }, limit: 9 }))).toEqual([3, 2, 1]);
  const kinds = ['loyalty.sale', 'terminal.opened', 'loyalty.sale'];
  expect(seqs(reader.list({ before: { epoch: 1, seq: 7 }, limit: 4, kinds }))).toEqual([6, 4, 2, 1]);
  expect(seqs(reader.entriesAfter({ epoch: 1, seq: 12 }, 2))).toEqual([13, 14]);
  expect(reader.entry(1, 15)?.entry.kind).toBe('card.outcome');
  expect(reader.entry(1, 16)).toBeNull();
  expect(reader.act(sales[0]!.intention)?.entry.seq).toBe(2);
  expect(reader.act(randomUUID())).toBeNull();
});
