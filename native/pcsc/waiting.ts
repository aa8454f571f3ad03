import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { ReaderState, WaitError } from '../cards/transport.ts';

export type Wait = { timeoutMs: number; afterPresence?: number; signal?: AbortSignal };

export type StateSource = {
  state(): ReaderState;
  subscribe(listener: (state: ReaderState) => void): () => void;
};

/**
 * Waits for a card newer than `afterPresence`, across any unplugging and restart meanwhile. `closing` ends the wait like
 * the caller's own signal. A reader seen at any moment of the wait makes a late end NoCardInTime.
 */
export function waitForCard(
  source: StateSource,
  clock: Clock,
  wait: Wait,
  closing: AbortSignal,
): Promise<Result<{ presence: number }, WaitError>> {
  const { timeoutMs, afterPresence = -1, signal } = wait;
  return new Promise((resolve) => {
    let readerSeen = false;
    const end = (result: Result<{ presence: number }, WaitError>) => {
      unsubscribe();
      callOff();
      closing.removeEventListener('abort', cancel);
      signal?.removeEventListener('abort', cancel);
      resolve(result);
    };
    const look = (state: ReaderState) => {
      readerSeen ||= state.status === 'ready';
      if (state.cardPresent && state.presence > afterPresence) end(ok({ presence: state.presence }));
    };
    const cancel = () => end(err({ type: 'Cancelled' }));
    const unsubscribe = source.subscribe(look);
    const callOff = clock.after(timeoutMs, () => end(err(noCard(source.state(), readerSeen, timeoutMs))));
    closing.addEventListener('abort', cancel, { once: true });
    signal?.addEventListener('abort', cancel, { once: true });
    if (closing.aborted || signal?.aborted) cancel();
    else look(source.state());
  });
}

function noCard(state: ReaderState, readerSeen: boolean, timeoutMs: number): WaitError {
  if (readerSeen) return { type: 'NoCardInTime', timeoutMs };
  if (state.status === 'service-down') return { type: 'CardServiceUnavailable', detail: state.detail };
  return { type: 'ReaderUnavailable', detail: state.detail };
}
