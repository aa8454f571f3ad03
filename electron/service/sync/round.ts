import type { SealedEntry } from '#contract/journal/entry.ts';
import { ok, type Result } from '#contract/result/index.ts';
import { pullAll } from './pull.ts';
import { pushAll, reconcile } from './push.ts';
import type { SyncFailure, SyncSession } from './session.ts';

/** What a round need not do again. */
export interface RoundPlan {
  /** First contact, or first after a failure: set the clock, and ask what the server has. */
  reconcile: boolean;
  pull: boolean;
}

/** One round: clock, head, push, feed, in this order: what the person did goes first, what the server knows second. */
export async function runRound(
  session: SyncSession,
  plan: RoundPlan,
  onSent: (batch: readonly SealedEntry[]) => void,
  signal: AbortSignal,
): Promise<Result<void, SyncFailure>> {
  if (plan.reconcile) {
    const health = await session.central.health(signal);
    if (!health.ok) return health;
    const reconciled = await reconcile(session, signal);
    if (!reconciled.ok) return reconciled;
  }
  const pushed = await pushAll(session, onSent, signal);
  if (!pushed.ok) return pushed;
  if (!plan.pull) return ok(undefined);
  const pulled = await pullAll(session, signal);
  return pulled.ok ? ok(undefined) : pulled;
}
