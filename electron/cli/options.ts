import type { Options } from './verb.ts';

/** A wait has an end: `--timeout SECONDS`, 30 where it is not given. Its bounds are in option-values.ts. */
export const timeoutMs = (options: Options): number => Number(options.timeout ?? 30) * 1000;
