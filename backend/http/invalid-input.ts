import { ORPCError, ValidationError } from '@orpc/server';
import { refusal, refused } from '#backend/refusal.ts';
import type { RequestContext } from './request-context.ts';

const journalPath = 'terminals.push';

/**
 * What PostgreSQL says of a value that is none to it (appendix A of its manual): a number or a date out of range, the 31 February,
 * no text of its type, a text with a NUL, as text and as JSON.
 */
const noValue: readonly unknown[] = ['22003', '22007', '22008', '22P02', '22021', '22P05'];

/** Every error on its way out passes here: a bad input is said in the contract's words, a defect is logged. */
export async function invalidInputInterceptor<T>(call: {
  path: readonly string[];
  context: RequestContext;
  next(): Promise<T>;
}): Promise<T> {
  try {
    return await call.next();
  } catch (cause) {
    const error = readable(cause, call.path);
    const facts = { err: cause, call: call.path.join('.') };
    if (!(error instanceof ORPCError) || error.status >= 500) call.context.log.error(facts, 'defect');
    else if (isNoValue(cause)) call.context.log.warn(facts, 'no value to the database');
    throw error;
  }
}

const isNoValue = (cause: unknown): boolean => noValue.includes((cause as { code?: unknown } | null)?.code);

/** An input that the schema refuses, as the contract's own refusal: where it is wrong, never what was sent. */
function readable(error: unknown, path: readonly string[]): unknown {
  const isPush = path.join('.') === journalPath;
  if (isNoValue(error)) return refused(refusal(isPush ? 'EntryInvalid' : 'InvalidRequest', { what: 'value' }));
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return error;
  if (!(error.cause instanceof ValidationError)) return refused(refusal('InvalidRequest', { what: 'body' }));
  const steps = (error.cause.issues[0]?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const [collection, index] = steps;
  if (isPush && collection === 'entries' && index !== undefined) {
    return refused(refusal('EntryInvalid', { index: Number(index), what: 'schema', where: steps.slice(2).join('.') }));
  }
  return refused(refusal('InvalidRequest', { what: steps.join('.').slice(0, 120) }));
}
