import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { attendanceClocked, ClockDirection } from '#contract/journal/kinds/attendance.ts';
import { refusals } from './loyalty.ts';

const base = oc.errors(refusals);

/** Who clocks, by their own means: nobody needs to be signed in. A card is waited for on the reader. */
export const ClockedBy = z.union([
  z.object({ code: z.string().max(32), pin: z.string().max(32) }),
  z.object({ badge: z.string().min(4).max(200) }),
  z.object({
    card: z.literal(true),
    useCardAsItLies: z.boolean().default(false),
    timeoutMs: z.int().min(1_000).max(300_000).default(30_000),
  }),
]);
export type ClockedBy = z.infer<typeof ClockedBy>;

export const Clocking = z.object({
  entry: z.string(),
  seq: z.int(),
  code: z.string(),
  name: z.string(),
  direction: ClockDirection,
  by: attendanceClocked.shape.by,
  /** Unix ms, by the till's clock. */
  atMs: z.number(),
});
export type Clocking = z.infer<typeof Clocking>;

/** When staff came and went (T28). */
export const attendanceContract = {
  /** Errors: SignInRefused, SignInThrottled, IntentionReused; by card also what its reading gives. `loyalty.cancel` ends the wait. */
  clock: base.input(z.object({ intention: Uuid, who: ClockedBy, direction: ClockDirection })).output(Clocking),
  /** Of this till and this day, newest first; at most 200. */
  today: base.output(z.object({ timeZone: z.string(), clockings: z.array(Clocking) })),
};
