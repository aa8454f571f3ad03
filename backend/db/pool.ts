import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Connection } from './connection.ts';

const int8 = 20;

/** PostgreSQL's 64-bit integers as numbers. Ours are amounts, sequence numbers and sums: far below 2^53, and checked to be. */
function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} from the database is not a safe integer`);
  return value;
}

/** A pool of sessions of one role. Bounded in size, in waiting and in the time of one statement. */
export function openPool<Tables>(
  connection: Connection,
  { max, onError }: { max: number; onError: (cause: Error) => void },
) {
  const pool = new Pool({
    ...connection,
    max,
    application_name: 'comptoir',
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: 60_000,
    types: { getTypeParser: (oid, format) => (oid === int8 ? numberOf : types.getTypeParser(oid, format as 'text')) },
  });
  pool.on('error', onError);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
