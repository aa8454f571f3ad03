import { measureJournalAppend } from './journal-append.ts';
import type { Bench } from './row.ts';

const notes: Record<string, string> = {
  'journal-append':
    'sales sealed, signed and durable, one commit each, 10^3 entries there; reference: bare better-sqlite3 inserts of the same text',
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
