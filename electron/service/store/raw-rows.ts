import type { Database as Sqlite } from 'better-sqlite3';
import { type RawRow, rawColumns } from './check-row.ts';
import { storageError } from './errors.ts';
import { placeOf } from './position.ts';

/** A place in the journal and its row; null where the file itself can no longer be read there. */
export type Found = { position: number; row: RawRow | null };

const rowsPerPage = 200;

/** The journal's rows after a position, in order, a page at a time; it steps over damaged pages of the file one place at a time. */
export function* rawRows(db: Sqlite, after: number): Generator<Found[]> {
  const page = db.prepare<[number, number], RawRow>(
    `select ${rawColumns} from journal where position > ? order by position limit ?`,
  );
  const single = db.prepare<[number], RawRow>(`select ${rawColumns} from journal where position = ?`);
  let last = after;
  while (true) {
    const rows = readable(db, () => page.all(last, rowsPerPage));
    const found = rows ? rows.map((row) => ({ position: row.position, row })) : stepped(db, single, last);
    if (found.length === 0) return;
    yield found;
    last = found.at(-1)!.position;
    if (found.every(({ row }) => row === null)) return;
  }
}

function stepped(db: Sqlite, single: { get(position: number): RawRow | undefined }, last: number): Found[] {
  const found: Found[] = [];
  // Before the first entry of all, the place to try is the first of the first epoch.
  const first = placeOf(last).epoch === 0 ? 2 ** 40 : last;
  for (let position = first + 1; position <= first + rowsPerPage; position++) {
    const row = readable(db, () => single.get(position) ?? 'absent');
    if (row !== 'absent') found.push({ position, row });
  }
  return found;
}

function readable<T>(db: Sqlite, read: () => T): T | null {
  try {
    return read();
  } catch (thrown) {
    if (storageError(thrown, db.name)?.type === 'StoreCorrupt') return null;
    throw thrown;
  }
}
