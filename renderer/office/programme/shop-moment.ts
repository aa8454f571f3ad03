import { shopTime } from '#contract/loyalty/programme.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What a `datetime-local` field shows of a moment, in the shop's own zone: `2026-11-24T17:30`. */
export function momentText(wallMs: number, timeZone: string): string {
  const { day, minute } = shopTime({ wallMs, timeZone });
  return new Date(day * dayMs + minute * minuteMs).toISOString().slice(0, 16);
}

/** The moment that a field says, the shop's clock read as it stands; null for a field that is not filled in. */
export function momentOf(text: string, timeZone: string): number | null {
  const localMs = Date.parse(`${text}Z`);
  if (Number.isNaN(localMs)) return null;
  // The zone's offset near that moment, twice: the first guess may lie on the other side of a change of the clocks.
  let wallMs = localMs;
  for (let round = 0; round < 2; round++) {
    const { day, minute } = shopTime({ wallMs, timeZone });
    wallMs += localMs - (day * dayMs + minute * minuteMs);
  }
  return wallMs;
}
