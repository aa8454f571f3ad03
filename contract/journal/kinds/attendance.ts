import { z } from 'zod';

export const clockDirections = ['in', 'out'] as const;
export const ClockDirection = z.enum(clockDirections);
export type ClockDirection = z.infer<typeof ClockDirection>;

/** A member of staff came or went. The envelope's `staff` is who clocked: nobody clocks for another. */
export const attendanceClocked = z.strictObject({
  staff: z.string().max(32),
  direction: ClockDirection,
  /** How the person was known. `card`: the one that the shop gave them, laid on the reader. */
  by: z.enum(['pin', 'badge', 'card']),
});
