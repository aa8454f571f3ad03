import { ok, type Result } from '#contract/result/index.ts';
import type { StorageError } from './errors.ts';
import type { Writer } from './writer.ts';

/** Wrong PINs in a row, per staff code. Raised, durably, before the PIN is looked at: pulling the plug buys no free try. */
export interface PinTries {
  get(code: string): number;
  /** @returns the number of this try, from 1 */
  raise(code: string): Result<number, StorageError>;
  clear(code: string): Result<void, StorageError>;
}

export function pinTries(writer: Writer): PinTries {
  const get = writer.db.prepare<[string], number>('select tries from pin_tries where code = ?').pluck();
  const raise = writer.db
    .prepare<[string], number>(
      'insert into pin_tries (code, tries) values (?, 1) on conflict (code) do update set tries = tries + 1 returning tries',
    )
    .pluck();
  const clear = writer.db.prepare<[string]>('delete from pin_tries where code = ?');
  return {
    get: (code) => get.get(code) ?? 0,
    raise: (code) => writer.transact(() => ok(raise.get(code)!)),
    clear: (code) => writer.transact(() => ok(void clear.run(code))),
  };
}
