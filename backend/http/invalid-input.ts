import { ORPCError, ValidationError } from '@orpc/server';
import { refusal, refused } from '#backend/refusal.ts';
import type { RequestContext } from './request-context.ts';

const journalPath = 'terminals.push';

/** What PostgreSQL says of a text that it cannot keep, such as one with a NUL: as text and as JSON (appendix A of its manual). */
const unkept: readonly unknown[] = ['22021', '22P05'];

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
    if (!(error instanceof ORPCError) || error.status >= 500) {
      call.context.log.error({ err: cause, call: call.path.join('.') }, 'defect');
    }
    throw error;
  }
}

/** An input that the schema refuses, as the contract's own refusal: where it is wrong, never what was sent. */
function readable(error: unknown, path: readonly string[]): unknown {
  const isPush = path.join('.') === journalPath;
  if (unkept.includes((error as { code?: unknown } | null)?.code)) {
    return refused(refusal(isPush ? 'EntryInvalid' : 'InvalidRequest', { what: 'text' }));
  }
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return error;
  if (!(error.cause instanceof ValidationError)) return refused(refusal('InvalidRequest', { what: 'body' }));
  const steps = (error.cause.issues[0]?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const [collection, index] = steps;
  if (isPush && collection === 'entries' && index !== undefined) {
    return refused(refusal('EntryInvalid', { index: Number(index), what: 'schema', where: steps.slice(2).join('.') }));
  }
  return refused(refusal('InvalidRequest', { what: steps.join('.').slice(0, 120) }));
}
