import type { SealedEntry } from '#contract/journal/entry.ts';
import { ok, type Result } from '#contract/result/index.ts';
import { pullAll } from './pull.ts';
import { pushAll, reconcile } from './push.ts';
import type { SyncFailure, SyncSession } from './session.ts';
import { renewCertificate } from './ticket-certificate.ts';

/** What a round need not do again. */
export interface RoundPlan {
  /** First contact, or first after a failure: ask what the server has. */
  reconcile: boolean;
  /** Ask the server's time: at each such contact, and from time to time. */
  time: boolean;
  pull: boolean;
  /** No round has gone through since the start: the store may be an old copy that was put back while nobody ran. */
  first: boolean;
}

/** One round: clock, head, push, feed, in this order: what the person did goes first, what the server knows second. */
export async function runRound(
  session: SyncSession,
  plan: RoundPlan,
  onSent: (batch: readonly SealedEntry[]) => void,
  signal: AbortSignal,
): Promise<Result<void, SyncFailure>> {
  if (plan.time) {
    const time = await session.central.time(signal);
    if (!time.ok) return time;
  }
  if (plan.reconcile) {
    const reconciled = await reconcile(session, plan.first, signal);
    if (!reconciled.ok) return reconciled;
  }
  const pushed = await pushAll(session, onSent, signal);
  if (!pushed.ok) return pushed;
  if (!plan.pull) return ok(undefined);
  const pulled = await pullAll(session, signal);
  if (!pulled.ok) return pulled;
  if (plan.time) await renewCertificate(session, signal);
  return ok(undefined);
}
