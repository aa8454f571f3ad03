import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { LoyaltyParts } from './parts.ts';
import { refusalOf } from './refusals.ts';
import type { SaleRun } from './sale-run.ts';

/** A card that was just laid down: when, on the monotonic clock. */
export type Tap = { atMs: number };

/**
 * Waits for the next card of this sale until `untilMs` (monotonic).
 * @param trouble why the tap before this one did not do: the card must be lifted and laid down again
 * Errors: NoCardInTime (or the trouble itself, when the time runs out on it), Cancelled, ReaderUnavailable, CardServiceUnavailable
 */
export async function awaitTap(
  parts: LoyaltyParts,
  run: SaleRun,
  untilMs: number,
  trouble: TillError | null,
): Promise<Result<Tap, TillError>> {
  const remainingMs = untilMs - parts.clock.monotonicMs();
  if (remainingMs <= 0) return err(trouble ?? { type: 'NoCardInTime' });
  const afterPresence = trouble || !run.order.useCardAsItLies ? parts.lastTap.presence : 0;
  const { cardPresent, presence } = parts.cards.state();
  announce(parts, run, remainingMs, trouble, cardPresent && presence <= afterPresence);
  const found = await parts.cards.waitForCard({ timeoutMs: remainingMs, afterPresence, signal: run.waitSignal });
  if (!found.ok) {
    const ranOut = found.error.type === 'NoCardInTime' || found.error.type === 'Cancelled';
    return err(trouble && ranOut ? trouble : refusalOf(found.error));
  }
  parts.lastTap.presence = found.value.presence;
  run.emit({ stage: 'reading' });
  return ok({ atMs: parts.clock.monotonicMs() });
}

function announce(
  parts: LoyaltyParts,
  run: SaleRun,
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
