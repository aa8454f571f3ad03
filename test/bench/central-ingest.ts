import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { type Bench, type BenchRow, row } from './row.ts';

const entriesPerTill = 5_000;
const entriesPerBatch = 500;
/** Customers of one till: no card is at two tills at once. */
const cardsPerTill = 3_000;
const singleRows = 1_000;

/**
 * How many entries a second the server takes in, checked, projected and durable, from all the demonstration's tills at
 * once; against PostgreSQL's own COPY of the same rows, and against inserting them one by one, each its own commit.
 */
export const centralIngest: Bench = {
  ids: ['central-ingest', 'central-ingest-single'],
  async rows() {
    const central = await startCentral();
    const folder = mkdtempSync(path.join(tmpdir(), 'comptoir-copy-'));
    // The database's own account writes the rows there.
    chmodSync(folder, 0o777);
    try {
      const ingested = await ingest(central);
      return rowsOf(ingested, await copyRows(central, folder), await insertOneByOne(central));
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await central.stop();
    }
  },
};

function rowsOf(ingested: number, copied: number, single: number): BenchRow[] {
  const figures = { value: ingested, unit: 'entries/s', goal: null };
  const how = `batches of ${entriesPerBatch} from several tills at once; server, tills and PostgreSQL on one machine`;
  return [
    row({ ...figures, id: 'central-ingest', reference: copied, note: `${how}; reference: COPY of the same rows` }),
    row({
      ...figures,
      id: 'central-ingest-single',
      reference: single,
      note: `${how}; reference: the same rows inserted and committed one by one`,
    }),
  ];
}

async function ingest(central: RunningCentral): Promise<number> {
  const codes = central.seed.enrolmentCodes.map(({ code }) => code);
  const tills: CentralTill[] = [];
  for (const code of codes) tills.push(await CentralTill.enrol(central.url, central.client(), code));
  // Sealed beforehand: the tills' own work is not the server's.
  for (const [index, till] of tills.entries()) {
    while (till.entries.length < entriesPerTill) {
      const card = index * cardsPerTill + ((till.entries.length * 7_919) % cardsPerTill);
      till.sale(1_250, { cardNumber: cardNumberOf(card) });
    }
  }
  const startedMs = performance.now();
  await Promise.all(tills.map(pushAll));
  return perSecond(tills.length * entriesPerTill, performance.now() - startedMs);
}

async function pushAll(till: CentralTill): Promise<void> {
  for (let from = 0; from < till.entries.length; from += entriesPerBatch) {
    await till.push(till.entries.slice(from, from + entriesPerBatch));
  }
}

async function copyRows({ owner }: RunningCentral, folder: string): Promise<number> {
  const file = path.join(folder, 'rows');
  await sql`CREATE TABLE bench_copy (LIKE journal_entries INCLUDING ALL)`.execute(owner);
  await sql`COPY journal_entries TO ${sql.lit(file)}`.execute(owner);
  const startedMs = performance.now();
  await sql`COPY bench_copy FROM ${sql.lit(file)}`.execute(owner);
  const elapsedMs = performance.now() - startedMs;
  const { rows } = await sql<{ count: string }>`SELECT count(*) FROM bench_copy`.execute(owner);
  return perSecond(Number(rows[0]?.count), elapsedMs);
}

async function insertOneByOne({ owner }: RunningCentral): Promise<number> {
  await sql`CREATE TABLE bench_single (LIKE journal_entries INCLUDING ALL)`.execute(owner);
  const { rows } = await sql<Record<string, unknown>>`SELECT * FROM bench_copy LIMIT ${singleRows}`.execute(owner);
  const startedMs = performance.now();
  for (const values of rows) {
    await sql`INSERT INTO bench_single VALUES (${sql.join(Object.values(values))})`.execute(owner);
  }
  return perSecond(rows.length, performance.now() - startedMs);
}

function perSecond(count: number, elapsedMs: number): number {
  return (count * 1_000) / elapsedMs;
}
