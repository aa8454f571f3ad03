import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { officeDaysContract } from '#contract/central/office-days.ts';
import type { DaysDesk } from './office-days.ts';

/** The office's call about the shop's days. @param sessionOf who asks; throws the refusal of one who may not */
export function daysRoutes(desk: DaysDesk, sessionOf: (context: RequestContext) => Promise<Session>) {
  const os = implement(officeDaysContract)
    .$context<RequestContext>()
    .use(async ({ context, next }) => next({ context: { session: await sessionOf(context) } }));
  return { days: os.days.handler(({ input, context }) => desk.days(context.session, input)) };
}
