import type { CountersignedHead } from '#contract/central/index.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { checkHead, isBefore } from './head-check.ts';
import type { SyncFailure, SyncSession } from './session.ts';

export const maxBatchEntries = 200;
/** Half of what a server reads of a body by default. */
export const maxBatchBytes = 512 * 1024;

/**
 * The next batch: from the front of the outbox, one epoch, contiguous, within the bounds; at least one entry.
 * @throws RangeError when the outbox itself has a hole (invariant 9 broken: a defect of the store)
 */
export function nextBatch(unsent: readonly SealedEntry[]): SealedEntry[] {
  const batch: SealedEntry[] = [];
  let bytes = 0;
  for (const sealed of unsent.slice(0, maxBatchEntries)) {
    const previous = batch.at(-1)?.entry;
    if (previous && sealed.entry.epoch !== previous.epoch) break;
    if (previous && sealed.entry.seq !== previous.seq + 1) throw new RangeError('the outbox has a hole');
    bytes += Buffer.byteLength(JSON.stringify(sealed));
    if (batch.length > 0 && bytes > maxBatchBytes) break;
    batch.push(sealed);
  }
  return batch;
}

/**
 * Asks what the server has, and takes over what it had accepted without our hearing of it (a crash or a cut in the middle of a push).
 * @param first no round has gone through since the start: then a journal that the server is ahead of is an old copy, which goes on
 * in a new epoch. Later it is another one that writes in our name, and an alarm.
 */
export async function reconcile(
  session: SyncSession,
  first: boolean,
  signal: AbortSignal,
): Promise<Result<void, SyncFailure>> {
  const { central, terminal, store } = session;
  const answer = await central.head(terminal, signal);
  if (!answer.ok) return answer;
  const kept = store.acknowledged();
  if (answer.value === null) {
    if (kept === null) return ok(undefined);
    const { epoch: expectedEpoch, seq: expectedSeq } = kept.head;
    return err({ type: 'CentralHeadWentBack', epoch: 0, seq: 0, expectedEpoch, expectedSeq });
  }
  const taken = keepHead(session, answer.value, kept);
  if (taken.ok || !first) return taken;
  const { error } = taken;
  const isOldCopy = error.type === 'CentralHeadUnknown' || error.type === 'CentralHeadForked';
  return isOldCopy ? goOnBehindCommon(session, error, signal) : taken;
}

const headOf = ({ entry: { epoch, seq }, hash }: SealedEntry): Head => ({ epoch, seq, hash });

/** Finds the last entry that both hold, page by page through the outbox, and goes on behind it. */
async function goOnBehindCommon(
  session: SyncSession,
  unknown: Extract<SyncFailure, { type: 'CentralHeadUnknown' | 'CentralHeadForked' }>,
  signal: AbortSignal,
): Promise<Result<void, SyncFailure>> {
  const { central, terminal, store } = session;
  for (;;) {
    const kept = store.acknowledged();
    const unsent = store.unsent(maxBatchEntries - 1).map(headOf);
    const heads = kept ? [kept.head, ...unsent] : unsent;
    // Nothing was ever written here under this name: there is nothing to go on from.
    if (heads.length === 0) return err(unknown);
    const answer = await central.common(terminal, heads, signal);
    if (!answer.ok) return answer;
    const { common, lastZ } = answer.value;
    // Nothing in common, or less than the server once signed: no copy of ours explains that.
    if (common === null) return err(unknown);
    const taken = keepHead(session, common, kept);
    if (!taken.ok) return taken;
    if (unsent.length > 0 && common.head.hash === unsent.at(-1)?.hash) continue;
    const gone = session.goOn({ usedEpoch: unknown.epoch, lastZ });
    return gone.ok ? ok(undefined) : err({ type: 'StoreRefused', cause: gone.error.type });
  }
}

/**
 * Pushes until the outbox is empty. Idempotent: what the server has already counts as accepted.
 * @param onSent called after each batch that the server took
 */
export async function pushAll(
  session: SyncSession,
  onSent: (batch: readonly SealedEntry[]) => void,
  signal: AbortSignal,
): Promise<Result<void, SyncFailure>> {
  const { central, terminal, store } = session;
  for (;;) {
    const batch = nextBatch(store.unsent(maxBatchEntries));
    const last = batch.at(-1)?.entry;
    if (last === undefined) return ok(undefined);
    const answer = await central.push(terminal, batch, signal);
    if (!answer.ok) return answer;
    const kept = keepHead(session, answer.value, { head: last });
    if (!kept.ok) return kept;
    onSent(batch);
  }
}

function keepHead(
  session: SyncSession,
  signed: CountersignedHead,
  atLeast: { head: { epoch: number; seq: number } } | null,
): Result<void, SyncFailure> {
  const { store } = session;
  const kept = store.acknowledged();
  const trusted = { ...session, hashAt: (epoch: number, seq: number) => store.hashAt(epoch, seq) };
  const checked = checkHead(signed, trusted, atLeast?.head ?? null);
  if (!checked.ok) return checked;
  if (kept !== null && !isBefore(kept.head, signed.head)) return ok(undefined);
  const written = store.acknowledge(signed);
  return written.ok ? ok(undefined) : err({ type: 'StoreRefused', cause: written.error.type });
}
