import { journal } from './0001-journal.ts';
import { tapToResult } from './0002-tap-to-result.ts';

/** One step up, run in one transaction. There is no way down: an older program refuses a newer store. */
export type Migration = { readonly version: number; readonly sql: string };

/** All steps, in order; the last one's version is what this program reads and writes. */
export const migrations: readonly Migration[] = [journal, tapToResult];
