import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { answer } from '#backend/refusal.ts';
import { officeAccountsContract } from '#contract/central/office-accounts.ts';
import type { AccountsDesk } from './desk.ts';

/** The office's calls about cards' accounts. @param sessionOf who asks; throws the refusal of one who may not */
export function accountRoutes(desk: AccountsDesk, sessionOf: (context: RequestContext) => Promise<Session>) {
  const os = implement(officeAccountsContract)
    .$context<RequestContext>()
    .use(async ({ context, next }) => next({ context: { session: await sessionOf(context) } }));
  return {
    accounts: os.accounts.handler(async ({ input, context }) => answer(await desk.list(context.session, input))),
    holds: os.holds.handler(async ({ input, context }) => answer(await desk.holds(context.session, input))),
    releaseHold: os.releaseHold.handler(async ({ input, context }) => {
      const released = answer(await desk.releaseHold(context.session, input));
      context.log.info({ intention: input.intention, by: context.session.person.code }, 'account hold released');
      return released;
    }),
    setCreditLimit: os.setCreditLimit.handler(async ({ input, context }) => {
      const set = answer(await desk.setCreditLimit(context.session, input));
      const { person } = context.session;
      context.log.info({ cardNumber: input.cardNumber, limitMinor: input.limitMinor, by: person.code }, 'credit limit');
      return set;
    }),
  };
}
