import type { Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';

/** What oRPC hands to a handler of a call that may be refused. */
export type Refuser = { REFUSED(options: { data: TillError }): Error };

/** The value; or the refusal, thrown in the shape that the contract names. */
export function accepted<T>(result: Result<T, TillError>, errors: Refuser): T {
  if (result.ok) return result.value;
  throw errors.REFUSED({ data: result.error });
}
