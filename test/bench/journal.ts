import { measureJournalAppend } from './journal-append.ts';
import type { Bench } from './row.ts';

const notes: Record<string, string> = {
  'journal-append': 'one sale sealed and durable, 10^3 entries there; ratio: a bare insert’s time over ours',
  'journal-append-1e5': 'the same with 10^5 entries there; reference: with 10^3',
  'journal-append-1e6': 'the same with 10^6 entries there; reference: with 10^3',
  'store-open-1e5': 'opening the store with 10^5 entries; reference: with 10^3',
  'store-open-1e6': 'opening the store with 10^6 entries; reference: with 10^3',
};

export const journal: Bench = {
  ids: Object.keys(notes),
  async rows() {
    const measured = await measureJournalAppend();
    return measured.map((row) => ({ ...row, note: notes[row.id] ?? '' }));
  },
};
