import type { Database as Sqlite } from 'better-sqlite3';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import { placeOf, positionOf } from './position.ts';
import { type EntryRow, entryColumns, sealedOf } from './rows.ts';

/** The journal's table as its writer needs it. Statements are prepared once; none of them scans. */
export interface JournalTable {
  insert(sealed: SealedEntry, canonicalBytes: Uint8Array): void;
  /** The one acting entry of an intention. */
  act(intention: string): SealedEntry | null;
  /** What else is on record for an intention, oldest first, at most 100. */
  outcomes(intention: string): SealedEntry[];
  /** The last entry's place and whose it is; null where that can no longer be read. */
  chain(): { head: Head | null; terminal: string | null };
}

const decoder = new TextDecoder();

export function journalTable(db: Sqlite): JournalTable {
  const insert = db.prepare<[number, string, string, number, string, string, string]>(
    'insert into journal (position, intention, kind, acts, hash, signature, entry) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const act = db.prepare<[string], EntryRow>(`select ${entryColumns} from journal where intention = ? and acts = 1`);
  const outcomes = db.prepare<[string], EntryRow>(
    `select ${entryColumns} from journal where intention = ? and acts = 0 order by position limit 100`,
  );
  const last = db.prepare<[], { position: number; hash: string; terminal: string | null }>(
    `select position, hash, iif(json_valid(entry), json_extract(entry, '$.terminal'), null) as terminal
     from journal order by position desc limit 1`,
  );
  return {
    insert({ entry, hash, signature }, bytes) {
      const acts = entryKinds[entry.kind].acts ? 1 : 0;
      insert.run(positionOf(entry), entry.intention, entry.kind, acts, hash, signature, decoder.decode(bytes));
    },
    act(intention) {
      const row = act.get(intention);
      return row ? sealedOf(row) : null;
    },
    outcomes: (intention) => outcomes.all(intention).map(sealedOf),
    chain() {
      const row = last.get();
      if (!row) return { head: null, terminal: null };
      return { head: { ...placeOf(row.position), hash: row.hash }, terminal: row.terminal };
    },
  };
}
