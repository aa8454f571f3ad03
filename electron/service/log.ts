import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '#contract/time/index.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/** Facts of a log line. Figures, ids and types only: never a PIN, a key, a code or a card's content (invariant 20). */
export type LogFacts = Record<string, string | number | boolean | null | undefined>;

/** One JSON line an event: level, time, event, facts; `intention` correlates it with the button and the server's row. */
export type Log = (level: LogLevel, event: string, facts?: LogFacts) => void;

const maxBytes = 1_000_000;
const keptFiles = 4;

/** A log that keeps itself small: five files of a megabyte. A disk that is full loses log lines, never a sale. */
export function openFileLog(path: string, clock: Clock): Log {
  mkdirSync(dirname(path), { recursive: true });
  return (level, event, facts) => {
    const line = `${JSON.stringify({ at: new Date(clock.wallMs()).toISOString(), level, event, ...facts })}\n`;
    try {
      rotate(path);
      appendFileSync(path, line, { mode: 0o600 });
    } catch {
      // Nowhere to write: what the log would say is already said by the lamps.
    }
  };
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < maxBytes) return;
  rmSync(`${path}.${keptFiles}`, { force: true });
  for (let index = keptFiles - 1; index >= 1; index--) move(`${path}.${index}`, `${path}.${index + 1}`);
  move(path, `${path}.1`);
}

function move(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
