import { type Clock, sleep } from '#contract/time/index.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';

const lookEveryMs = 50;
const longestMs = 1_500;

/**
 * Waits until a line that has just been set has opened or found nothing at its address, at most 1.5 s.
 * A port that is still another's counts as neither: our own connection before this one may be about to let it go.
 */
export async function firstState(line: Pick<ByteLine, 'state' | 'fault'>, clock: Clock): Promise<void> {
  const untilMs = clock.monotonicMs() + longestMs;
  const isSaid = () => line.state() === 'open' || line.fault()?.type === 'LineAbsent';
  while (!isSaid() && clock.monotonicMs() < untilMs) await sleep(clock, lookEveryMs);
}
