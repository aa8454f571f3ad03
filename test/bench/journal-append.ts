import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { uuidV7 } from '#contract/ids/index.ts';
import type { EntryDraft, Journal, Store } from '#service/store/index.ts';
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

/** One line of the bench's report. `ratio` is what the goal speaks of. */
export type BenchRow = {
  id: string;
  value: number;
  unit: string;
  reference: number;
  ratio: number;
  goal: string;
  met: boolean;
};

const sizes = { small: 1_000, middle: 100_000, large: 1_000_000 } as const;
type Size = keyof typeof sizes;
const sizeNames: readonly Size[] = ['small', 'middle', 'large'];

const rounds = 30;
const appendsPerRound = 40;
const opensPerSize = 15;
const customers = 5_000;

/**
 * A durable, signed append against a bare better-sqlite3 insert of the same text (WAL, FULL, one commit each), and the same append
 * and the opening of the store with 10^3, 10^5 and 10^6 entries already there. Everything that is compared takes turns in one run.
 * @param under the folder to work in, on the disk that is to be measured
 */
export async function measureJournalAppend(under: string = tmpdir()): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(under, 'comptoir-bench-'));
  try {
    const till = newTillStore(folder);
    const paths = loadStores(till, folder);
    const opens = measureOpens(till, paths);
    return [...measureAppends(till, folder, paths), ...openRows(opens)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fills one store to the largest size, and keeps a copy of it at each smaller one. */
function loadStores(till: TillStore, folder: string): Record<Size, string> {
  const pathOf = (size: Size) => join(folder, size, 'store.db');
  let written = 0;
  for (const size of sizeNames) {
    const store = till.open();
    const journal = till.journal(store);
    if (written === 0) written += must(journal.append([openingDraft(till)])).length;
    while (written < sizes[size]) written += must(journal.append(bulk(written, sizes[size] - written))).length;
    store.close();
    mkdirSync(join(folder, size));
    copyFileSync(till.path, pathOf(size));
  }
  return { small: pathOf('small'), middle: pathOf('middle'), large: pathOf('large') };
}

/** Sales with their outcomes, as a shop writes them, up to `room` entries and 999 at a time. */
function bulk(from: number, room: number): EntryDraft[] {
  const drafts: EntryDraft[] = [];
  while (drafts.length < Math.min(room, 999)) {
    const sale = nextSale(from + drafts.length);
    const { cardNumber, ticketNumber } = sale.body;
    drafts.push(sale, cardOutcomeDraft(sale.intention, 'applied', 120, cardNumber));
    drafts.push(ticketOutcomeDraft(sale.intention, ticketNumber));
  }
  return drafts.slice(0, Math.min(room, 999));
}

function nextSale(number: number): EntryDraft<'loyalty.sale'> {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return saleDraft({
    intention: uuidV7(1_795_000_000_000 + number * 1000, random),
    cardNumber: customer((number * 7919) % customers),
    ticketNumber: `P1-${String(number).padStart(8, '0')}`,
  });
}

const openAt = (till: TillStore, path: string): Store => till.open({ path });

function measureOpens(till: TillStore, paths: Record<Size, string>): Record<Size, number> {
  const times: Record<Size, number[]> = { small: [], middle: [], large: [] };
  for (let turn = 0; turn < opensPerSize; turn++) {
    for (const size of sizeNames) {
      const begun = performance.now();
      const store = openAt(till, paths[size]);
      times[size].push(performance.now() - begun);
      store.close();
    }
  }
  return { small: median(times.small), middle: median(times.middle), large: median(times.large) };
}

const openRows = (ms: Record<Size, number>): BenchRow[] => [
  row('store-open-1e5', ms.middle, 'ms', ms.small, ms.middle / ms.small, 'at most', 1.3),
  row('store-open-1e6', ms.large, 'ms', ms.small, ms.large / ms.small, 'at most', 1.3),
];

function measureAppends(till: TillStore, folder: string, paths: Record<Size, string>): BenchRow[] {
  const bare = openBare(join(folder, 'bare.db'));
  const stores = sizeNames.map((size) => openAt(till, paths[size]));
  const journals = stores.map((store) => till.journal(store));
  const times: number[][] = [[], [], []];
  const bareTimes: number[] = [];
  const text = JSON.stringify(stores[0]!.reader.list({ before: null, limit: 1, kinds: ['loyalty.sale'] })[0]);
  let number = sizes.large;
  for (let round = 0; round < rounds; round++) {
    for (const [index, journal] of journals.entries()) {
      times[index]!.push(...timeAppends(journal, number));
      number += appendsPerRound;
    }
    for (let insert = 0; insert < appendsPerRound; insert++) bareTimes.push(timed(() => bare.insert(text)));
  }
  bare.close();
  for (const store of stores) store.close();
  const [small, middle, large] = times.map((samples) => median(samples) * 1000) as [number, number, number];
  const reference = median(bareTimes) * 1000;
  return [
    row('journal-append', 1e6 / small, '/s', 1e6 / reference, reference / small, 'at least', 0.5),
    row('journal-append-1e5', middle, 'µs', small, middle / small, 'at most', 1.3),
    row('journal-append-1e6', large, 'µs', small, large / small, 'at most', 1.3),
  ];
}

function timeAppends(journal: Journal, from: number): number[] {
  const drafts = Array.from({ length: appendsPerRound }, (_, index) => nextSale(from + index));
  return drafts.map((draft) => timed(() => must(journal.append([draft]))));
}

function openBare(path: string): { insert(text: string): void; close(): void } {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table entries (id integer primary key, entry text not null) strict');
  const insert = db.prepare<[string]>('insert into entries (entry) values (?)');
  return { insert: (text) => void insert.run(text), close: () => void db.close() };
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

const median = (samples: readonly number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1]!;

function row(
  id: string,
  value: number,
  unit: string,
  reference: number,
  ratio: number,
  direction: 'at least' | 'at most',
  bound: number,
): BenchRow {
  const met = direction === 'at least' ? ratio >= bound : ratio <= bound;
  const rounded = (figure: number) => Math.round(figure * 1000) / 1000;
  return {
    id,
    value: rounded(value),
    unit,
    reference: rounded(reference),
    ratio: rounded(ratio),
    goal: `${direction === 'at least' ? '>=' : '<='} ${bound}`,
    met,
  };
}
