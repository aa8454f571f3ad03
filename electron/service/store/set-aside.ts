import type { Database as Sqlite } from 'better-sqlite3';
import type { SealedEntry } from '#contract/journal/entry.ts';
import { positionOf } from './position.ts';
import { type EntryRow, entryColumns, sealedOf } from './rows.ts';

type Place = { epoch: number; seq: number };

/** What it takes to move the end of a journal aside; used inside one transaction, by `Journal.reissue` alone. */
export interface SetAside {
  /** Takes all entries behind a place out of the journal and keeps them aside, word for word. @returns them, oldest first */
  after(place: Place, atMs: number): SealedEntry[];
  /** The projections know an operation by its place. */
  moveOperation(from: Place, to: Place): void;
  /** An entry that is not stated again is counted no more. */
  uncount(kind: string): void;
}

export function setAsideTable(db: Sqlite): SetAside {
  const behind = db.prepare<[number], EntryRow>(
    `select ${entryColumns} from journal where position > ? order by position`,
  );
  const keep = db.prepare<[number, number]>(
    `insert into set_aside (position, hash, signature, entry, at_ms)
     select position, hash, signature, entry, ? from journal where position > ?`,
  );
  const leave = db.prepare<[number]>('delete from journal where position > ?');
  const move = db.prepare<[number, number]>('update operations set position = ? where position = ?');
  const uncount = db.prepare<[string]>('update tallies set entries = entries - 1 where kind = ?');
  return {
    after(place, atMs) {
      const position = positionOf(place);
      const entries = behind.all(position).map(sealedOf);
      keep.run(atMs, position);
      leave.run(position);
      return entries;
    },
    moveOperation: (from, to) => void move.run(positionOf(to), positionOf(from)),
    uncount: (kind) => void uncount.run(kind),
  };
}
