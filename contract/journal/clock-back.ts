import type { JournalEntry } from './entry.ts';

/** A clock that is set right by the network or by hand moves by less; a PC whose battery is flat, or a till meant to deceive, by more. */
const toleratedMs = 10 * 60_000;

type Stamp = Pick<JournalEntry, 'kind' | 'wallTime' | 'monotonicMs' | 'bootId'>;

/**
 * By how much the terminal's clock had gone back when it wrote an entry, from the entry before it in its journal: within one boot held
 * to the monotonic clock, across boots to the wall time alone. Both are the terminal's own, so nothing here depends on when it sent them.
 * What follows an opening may be facts of before it, stated again with their own time.
 * @returns milliseconds, above ten minutes; null: it had not
 */
export function clockWentBackMs(before: Stamp, entry: Stamp): number | null {
  if (before.kind === 'terminal.opened') return null;
  const wallMs = Date.parse(entry.wallTime) - Date.parse(before.wallTime);
  if (wallMs >= -toleratedMs) return null;
  const passedMs = before.bootId === entry.bootId ? Math.max(0, entry.monotonicMs - before.monotonicMs) : 0;
  return passedMs - wallMs;
}
