import type { CountersignedHead } from '#contract/central/index.ts';
import type { SealedEntry } from '#contract/journal/entry.ts';
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
 */
export async function reconcile(session: SyncSession, signal: AbortSignal): Promise<Result<void, SyncFailure>> {
  const { central, terminal, store } = session;
  const answer = await central.head(terminal, signal);
  if (!answer.ok) return answer;
  const kept = store.acknowledged();
  if (answer.value === null) {
    if (kept === null) return ok(undefined);
    const { epoch: expectedEpoch, seq: expectedSeq } = kept.head;
    return err({ type: 'CentralHeadWentBack', epoch: 0, seq: 0, expectedEpoch, expectedSeq });
  }
  return keepHead(session, answer.value, kept);
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
