import type { ControlledTransaction } from 'kysely';
import { sql } from 'kysely';
import { enterNetwork } from '#backend/cards/shop.ts';
import type { Tables } from '#backend/db/tables.ts';
import { type Database, enterScope } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { Language } from '#contract/money/index.ts';
import type { ExportFormat, Look } from '#contract/reports/columns.ts';
import { exported, fileName, maxExportRows, mediaTypes } from '#contract/reports/export.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { ListFilter, OfficeList } from './office-list.ts';
import { countRows, rowBatches } from './page.ts';
import { zipTools } from './zip-tools.ts';

export type ExportWanted = { format: ExportFormat; language?: Language | undefined; filter: ListFilter };
export type ExportedFile = {
  name: string;
  mediaType: string;
  rows: number;
  /** Fails when the file is ended before its end. */
  content: AsyncGenerator<Uint8Array, void, undefined>;
  /** Gives the session back: called by itself at the end of `content`, by the caller when it is given up. */
  end(): Promise<void>;
};

export const exportsPerServer = 8;
export const exportsPerShop = 2;
/** Formatted at a stretch: some 10 ms. */
const batchRows = 1_000;
/** Who reads more slowly than this holds a session that others need. */
const longestMs = 15 * 60_000;

export type Exporter = <Raw, Row>(
  tenant: string,
  list: OfficeList<Raw, Row>,
  wanted: ExportWanted,
) => Promise<Result<ExportedFile, CentralError>>;

/**
 * Lists as files, whatever their length: rows come through a cursor in one snapshot (REPEATABLE READ) and leave as they are
 * formatted, so that neither is ever in memory whole. Bounded in rows, and in files at once.
 * Refusals: InvalidRequest (the filter), ExportTooLarge (with `rows` and `limit`), TooManyRequests.
 */
export function exporter(db: Database, clock: Clock): Exporter {
  const running = new Map<string, number>();
  const count = (tenant: string, change: 1 | -1) => {
    const now = (running.get(tenant) ?? 0) + change;
    if (now > 0) running.set(tenant, now);
    else running.delete(tenant);
  };
  return async <Raw, Row>(tenant: string, list: OfficeList<Raw, Row>, wanted: ExportWanted) => {
    const query = list.query(tenant, wanted.filter);
    if (!query) return err(refusal('InvalidRequest', { what: 'from, to' }));
    const all = [...running.values()].reduce((sum, each) => sum + each, 0);
    if (all >= exportsPerServer || (running.get(tenant) ?? 0) >= exportsPerShop) return err(refusal('TooManyRequests'));
    count(tenant, 1);
    const trx = await openSnapshot(db, tenant, list.network ?? false).catch((cause) => {
      count(tenant, -1);
      throw cause;
    });
    const end = endOf(trx, () => {
      callOff();
      count(tenant, -1);
    });
    const callOff = clock.after(longestMs, () => void end());
    try {
      const rows = await countRows(trx, query, maxExportRows);
      if (rows > maxExportRows) {
        await end();
        return err(refusal('ExportTooLarge', { limit: maxExportRows }));
      }
      const look = await lookOf(trx, tenant, wanted.language);
      const batches = converted(rowBatches<Raw>(trx, query, batchRows), list.row);
      const { format, filter } = wanted;
      return ok({
        name: fileName(format, list.report.name[look.language], filter.from, filter.to),
        mediaType: mediaTypes[format],
        rows,
        content: endedBy(exported(format, list.report, look, batches, zipTools), end),
        end,
      });
    } catch (cause) {
      await end();
      throw cause;
    }
  };
}

type Snapshot = ControlledTransaction<Tables>;

async function openSnapshot(db: Database, tenant: string, network: boolean): Promise<Snapshot> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    await enterScope(trx, { tenant });
    if (network) await enterNetwork(trx, tenant);
    // Whoever downloads over a slow line leaves the session idle between two batches.
    await sql`SET LOCAL idle_in_transaction_session_timeout = '5min'`.execute(trx);
    return trx;
  } catch (cause) {
    await trx.rollback().execute();
    throw cause;
  }
}

/** Once, whichever way the file ends. The session may be gone already: there is nothing then to put back. */
function endOf(trx: Snapshot, ended: () => void): () => Promise<void> {
  let open = true;
  return async () => {
    if (!open) return;
    open = false;
    ended();
    await trx
      .rollback()
      .execute()
      .catch(() => {});
  };
}

async function lookOf(trx: Snapshot, tenant: string, language: Language | undefined): Promise<Look> {
  const shop = await trx
    .selectFrom('tenants')
    .select(['currency', 'time_zone', 'ticket_language'])
    .where('tenant_id', '=', tenant)
    .executeTakeFirstOrThrow();
  return { language: language ?? shop.ticket_language, currency: shop.currency, timeZone: shop.time_zone };
}

async function* converted<Raw, Row>(batches: AsyncIterable<Raw[]>, row: (raw: Raw) => Row) {
  for await (const rows of batches) yield rows.map(row);
}

async function* endedBy(content: AsyncGenerator<Uint8Array, void, undefined>, end: () => Promise<void>) {
  try {
    yield* content;
  } finally {
    await end();
  }
}
