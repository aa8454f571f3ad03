import type { Options } from './verb.ts';

/** A wait has an end: `--timeout SECONDS`, 30 where it is not given, between 1 and 300. */
export function timeoutMs(options: Options): number {
  const seconds = Number(options.timeout ?? 30);
  if (!Number.isFinite(seconds)) return 30_000;
  return Math.min(Math.max(Math.round(seconds * 1000), 1_000), 300_000);
}
