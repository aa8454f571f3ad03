import { z } from 'zod';
import { attendanceClocked, ClockDirection } from '#contract/journal/kinds/attendance.ts';
import { centralBase as base } from './errors.ts';
import { listFilter, listPageInput } from './office-lists.ts';

export const OfficeClocking = z.object({
  terminal: z.string(),
  terminalLabel: z.string(),
  epoch: z.int(),
  seq: z.int(),
  staff: z.string(),
  staffName: z.string(),
  direction: ClockDirection,
  by: attendanceClocked.shape.by,
  /** By the till's clock; and when the server had it. */
  wallTime: z.string(),
  receivedAt: z.string(),
});
export type OfficeClocking = z.infer<typeof OfficeClocking>;

/** When the shop's staff came and went (T28). */
export const officeAttendanceContract = {
  /** `status`: `in` or `out`; `search`: a name or a code. */
  attendance: base
    .route({ method: 'GET', path: '/v1/office/attendance', summary: 'When staff came and went, newest first' })
    .input(
      z.object({
        ...listPageInput,
        search: listFilter.search,
        status: listFilter.status,
        from: listFilter.from,
        to: listFilter.to,
      }),
    )
    .output(z.object({ rows: z.array(OfficeClocking), next: z.string().nullable(), count: z.int() })),
};
