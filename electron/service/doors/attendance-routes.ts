import { implement } from '@orpc/server';
import { tillContract } from '#contract/till/index.ts';
import { clock, clockingsToday } from '../attendance/clock.ts';
import type { Service } from '../service.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** Coming and going. Whoever clocks proves who they are by it: no session is opened, and none is needed. */
export function attendanceRoutes(service: Service) {
  const { loyalty, cardWork, cardWorks, signIn } = service;
  return {
    clock: os.attendance.clock.handler(async ({ input, errors, signal }) => {
      const hungUp = () => void cardWorks.cancel(input.intention);
      signal?.addEventListener('abort', hungUp, { once: true });
      return accepted(await clock({ cardWork, cardWorks, who: signIn.who }, input), errors);
    }),
    today: os.attendance.today.handler(() => clockingsToday(loyalty)),
  };
}
