import { TillError, tillError } from '#contract/till/errors.ts';
import { type Outcome, refused } from '../outcome.ts';
import type { ReadyLine } from './child.ts';
import { isFull } from './data-folder.ts';

/** Why one of our programs did not start: in its own words, or, where it could say nothing, what is known of its end. */
export function startRefusal({ error, exitCode }: ReadyLine, dataDir: string): Outcome {
  const said = TillError.safeParse(withFacts(error));
  if (said.success) return refused(said.data);
  if (isFull(dataDir)) return refused(tillError('DiskFull'));
  const what = error === undefined ? `exit ${String(exitCode ?? '')}`.trim() : JSON.stringify(error).slice(0, 200);
  return refused(tillError('ProgramDidNotStart', { what }));
}

/** The server's errors carry their facts beside their type, the till's in `facts`. */
function withFacts(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || 'facts' in error || !('type' in error)) return error;
  const { type, ...facts } = error;
  return { type, facts };
}
