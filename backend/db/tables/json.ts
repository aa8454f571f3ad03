import type { ColumnType } from 'kysely';

/** A column of jsonb: read as what it holds, written as text. */
export type Json<T> = ColumnType<T, string, string>;
