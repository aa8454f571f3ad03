import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { LoyaltyParts } from './parts.ts';
import { refusalOf } from './refusals.ts';

/** A card that was just laid down: when, on the monotonic clock. */
export type Tap = { atMs: number };

type TapParts = Pick<LoyaltyParts, 'cards' | 'taps' | 'clock'>;

/** What is told while a card is waited for. */
export type TapEvent =
  | { stage: 'present-card'; untilMs: number }
  | { stage: 'remove-card' }
  | { stage: 'present-card-again'; cardNumber: string; untilMs: number }
  | { stage: 'reading' };

/** An act at the counter that a card is waited for: a sale, a spending, work on the card itself. */
export interface TapWait {
  readonly order: { useCardAsItLies: boolean; timeoutMs: number };
  /** Runs a wait that the person may give up. */
  wait<T>(wait: (givenUp: AbortSignal) => Promise<T>): Promise<T>;
  emit(event: TapEvent): void;
}

/**
 * Waits for the next card of this act until `untilMs` (monotonic).
 * @param trouble why the tap before this one did not do: the card must be lifted and laid down again
 * Errors: NoCardInTime (or the trouble itself, when the time runs out on it), Cancelled, ReaderUnavailable, CardServiceUnavailable
 */
export async function awaitTap(
  parts: TapParts,
  run: TapWait,
  untilMs: number,
  trouble: TillError | null,
): Promise<Result<Tap, TillError>> {
  for (;;) {
    const remainingMs = untilMs - parts.clock.monotonicMs();
    const afterPresence = newestNoTap(parts, run, trouble);
    const { cardPresent, presence } = parts.cards.state();
    const forgotten = cardPresent && presence <= afterPresence;
    announce(parts, run, remainingMs, trouble, forgotten);
    const stopWatching = forgotten ? onceLifted(parts, () => announce(parts, run, remainingMs, trouble, false)) : noop;
    const found = await run.wait((signal) =>
      parts.cards.waitForCard({ timeoutMs: Math.max(0, remainingMs), afterPresence, signal }),
    );
    stopWatching();
    if (!found.ok && found.error.type === 'NoCardInTime') {
      return err(trouble ?? tillError('NoCardInTime', { seconds: Math.round(run.order.timeoutMs / 1000) }));
    }
    if (!found.ok) return err(refusalOf(found.error));
    // It came with a reader that was plugged in during the wait: nobody has laid it down for this.
    if (found.value.presence <= newestNoTap(parts, run, trouble)) continue;
    parts.taps.use(found.value.presence);
    run.emit({ stage: 'reading' });
    return ok({ atMs: parts.clock.monotonicMs() });
  }
}

/** Cards up to this presence number are no tap of this act. After a trouble, one that comes back with its reader is. */
function newestNoTap({ taps }: TapParts, { order }: TapWait, trouble: TillError | null): number {
  if (trouble) return taps.used;
  return order.useCardAsItLies ? 0 : Math.max(taps.used, taps.lying);
}

const noop = () => {};

/** Calls back once when the card that lies there is taken away, on a reader that is still there to see it. */
function onceLifted({ cards }: TapParts, lifted: () => void): () => void {
  const stop = cards.subscribe(({ status, cardPresent }) => {
    if (cardPresent || status !== 'ready') return;
    stop();
    lifted();
  });
  return stop;
}

function announce(
  parts: TapParts,
  run: TapWait,
  remainingMs: number,
  trouble: TillError | null,
  forgotten: boolean,
): void {
  const untilMs = parts.clock.wallMs() + remainingMs;
  if (trouble) {
    run.emit({ stage: 'present-card-again', cardNumber: String(trouble.facts?.cardNumber ?? ''), untilMs });
  } else if (forgotten) run.emit({ stage: 'remove-card' });
  else run.emit({ stage: 'present-card', untilMs });
}
