import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { countersignedBytes } from '#contract/central/countersign.ts';
import type { ChainTools } from '#contract/journal/chain.ts';
import type { Head } from '#contract/journal/entry.ts';
import { memoryProjection, project } from '#contract/journal/projection.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { JournalFault, JournalReport } from '#contract/till/index.ts';
import { type ChainWalk, chainWalk, maxFaults, missingBetween } from './chain-walk.ts';
import { compareProjections } from './compare-projections.ts';
import { attempt, type StorageError, storageError } from './errors.ts';
import { placeOf, positionOf } from './position.ts';
import { rawRows } from './raw-rows.ts';
import { nodeChainTools } from './seal.ts';

/**
 * Recomputes everything that the journal at `path` claims: hashes, signatures, links, postings, countersigned heads, projections.
 * Reads only, on a connection of its own, beside a running service or on a stopped installation; lets others run between pages.
 * `what` of a fault is one or more `FaultKind`s, separated by a comma and a space. At most about a thousand faults are listed.
 * @param options `serverPublicKey` (SPKI, base64): the countersigned heads are held to it; null: it is not known, and they are not
 * @returns an error only where the file cannot be read as a store at all
 */
export async function verifyStore(
  path: string,
  { tools = nodeChainTools(), serverPublicKey = null }: { tools?: ChainTools; serverPublicKey?: string | null } = {},
): Promise<Result<JournalReport, StorageError>> {
  if (!existsSync(path)) return err({ type: 'StoreCorrupt', path, code: 'ENOENT' });
  const opened = attempt<Sqlite, never>(path, () => ok(new Database(path, { readonly: true, timeout: 5_000 })));
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    // One snapshot: what a running service appends meanwhile belongs to the next check.
    db.exec('begin');
    const steps = verification(db, tools, serverPublicKey);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return ok(step.value);
      await setImmediate();
    }
  } catch (thrown) {
    const error = storageError(thrown, path);
    if (error) return err(error);
    throw thrown;
  } finally {
    db.close();
  }
}

function* verification(db: Sqlite, tools: ChainTools, serverPublicKey: string | null): Generator<void, JournalReport> {
  const walk = chainWalk(db, tools, 0);
  const { tables, ...folded } = memoryProjection();
  for (const page of rawRows(db, 0)) {
    for (const found of page) {
      const entry = walk.take(found);
      if (entry) project(entry, tables);
    }
    if (walk.faults.length >= maxFaults) break;
    yield;
  }
  const faults = [...walk.faults, ...cutTail(db, walk), ...repeatedActs(db)];
  if (serverPublicKey !== null) faults.push(...forgedHeads(db, tools, serverPublicKey, faults));
  // The projections of a damaged journal prove nothing, and would only point away from the damage.
  if (faults.length === 0 && walk.head) faults.push(...(yield* compareProjections(db, folded, walk.head)));
  return { entries: walk.entries, head: walk.head, faults: faults.slice(0, maxFaults) };
}

/**
 * Entries gone from the end. A chain alone cannot show it: the head that the server countersigned does, and for what the
 * server never saw, the number of entries that were counted as they were written.
 */
function cutTail(db: Sqlite, walk: ChainWalk): JournalFault[] {
  const counted = db.prepare<[], number>('select coalesce(sum(entries), 0) from tallies').pluck().get() ?? 0;
  const { epoch, seq } = walk.head ?? { epoch: 1, seq: 0 };
  const countedEnd = { epoch, seq: seq + Math.max(counted - walk.places, 0) };
  const signed = signedEnd(db);
  return missingUpTo(walk.head, signed && positionOf(signed) > positionOf(countedEnd) ? signed : countedEnd);
}

const signedEnd = (db: Sqlite): { epoch: number; seq: number } | undefined =>
  db
    .prepare<[], { epoch: number; seq: number }>('select epoch, seq from countersigned order by epoch desc limit 1')
    .get();

const missingUpTo = (head: Head | null, { epoch, seq: last }: { epoch: number; seq: number }): JournalFault[] =>
  head && positionOf(head) >= positionOf({ epoch, seq: last })
    ? []
    : missingBetween(head, { epoch, seq: last + 1 }).map((seq) => ({ epoch, seq, what: 'missing' }));

/** Invariant 12, should the index that upholds it have been dropped. */
function repeatedActs(db: Sqlite): JournalFault[] {
  const positions = db
    .prepare<[], number>(
      `select max(position) from journal where acts = 1 group by intention having count(*) > 1 limit ${maxFaults}`,
    )
    .pluck()
    .all();
  return positions.map((position) => ({ ...placeOf(position), what: 'intention-repeated' }));
}

/** Heads kept as countersigned that the server's key never signed; those already named for another reason are not named again. */
function forgedHeads(
  db: Sqlite,
  tools: ChainTools,
  serverPublicKey: string,
  named: readonly JournalFault[],
): JournalFault[] {
  const what = 'countersigned-head';
  const rows = db.prepare<[], Head & { terminal: string; signature: string }>('select * from countersigned').all();
  return rows
    .filter(({ terminal, signature, ...head }) => {
      const bytes = countersignedBytes({ terminal, head });
      return !tools.verify(serverPublicKey, bytes, signature);
    })
    .filter(
      ({ epoch, seq }) =>
        !named.some((fault) => fault.epoch === epoch && fault.seq === seq && fault.what.includes(what)),
    )
    .map(({ epoch, seq }) => ({ epoch, seq, what }));
}

/** How many of the last entries are looked at when a store is opened: enough to notice, few enough to start at once. */
const tailEntries = 64;

/** The same check for the last entries alone, at start. Its cost does not grow with the journal. */
export function verifyTail(db: Sqlite, tools: ChainTools = nodeChainTools()): JournalFault[] {
  const start = db
    .prepare<[number], number>('select position from journal order by position desc limit 1 offset ?')
    .pluck()
    .get(tailEntries);
  const walk = chainWalk(db, tools, start ?? 0);
  for (const page of rawRows(db, start ?? 0)) for (const found of page) walk.take(found);
  const signed = signedEnd(db);
  return signed ? [...walk.faults, ...missingUpTo(walk.head, signed)] : walk.faults;
}
