import Database from 'better-sqlite3';
import type { Json } from '#contract/journal/canonical.ts';
import { ok, type Result } from '#contract/result/index.ts';
import type { StorageError } from './errors.ts';
import type { Writer } from './writer.ts';

/** What this installation remembers about itself, as JSON under a key. Not facts: they may change. No secret in the clear. */
export interface Settings {
  /** Undefined where nothing was set. The caller checks the shape: it may have been written by an older version. */
  get(key: string): unknown;
  set(key: string, value: Json): Result<void, StorageError>;
  remove(key: string): Result<void, StorageError>;
}

export function settingsStore(writer: Writer): Settings {
  const get = writer.db.prepare<[string], string>('select value from settings where key = ?').pluck();
  const set = writer.db.prepare<[string, string]>(
    'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  const remove = writer.db.prepare<[string]>('delete from settings where key = ?');
  return {
    get(key): unknown {
      const text = get.get(key);
      if (text === undefined) return undefined;
      return JSON.parse(text);
    },
    set: (key, value) => writer.transact(() => ok(void set.run(key, JSON.stringify(value)))),
    remove: (key) => writer.transact(() => ok(void remove.run(key))),
  };
}

/** Looks, and cannot change; of a store that is no store it knows nothing. */
export function settingsReader(path: string): Pick<Settings, 'get'> & { close(): void } {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  return {
    get(key): unknown {
      try {
        const text = db.prepare<[string], string>('select value from settings where key = ?').pluck().get(key);
        if (text === undefined) return undefined;
        const value: unknown = JSON.parse(text);
        return value;
      } catch (thrown) {
        if (thrown instanceof Database.SqliteError) return undefined;
        throw thrown;
      }
    },
    close: () => void db.close(),
  };
}
