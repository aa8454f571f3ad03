import { implement } from '@orpc/server';
import { tillContract } from '#contract/till/index.ts';
import { acts, mayAct, needsApproval } from '#contract/till/permissions.ts';
import type { Service } from '../service.ts';
import { signedIn } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

const done = { done: true } as const;

/** Who is at the till. A session belongs to its connection and ends with it. */
export function staffRoutes(service: Service) {
  const { signIn, loyalty } = service;
  return {
    list: os.staff.list.handler(() => signIn.list()),
    signIn: os.staff.signIn.handler(async ({ input, context, errors }) => {
      const member = accepted(await signIn.withPin(input.intention, input.code, input.pin), errors);
      context.session.acting = member;
      return member;
    }),
    signInByBadge: os.staff.signInByBadge.handler(async ({ input, context, errors }) => {
      const member = accepted(await signIn.withBadge(input.intention, input.badge), errors);
      context.session.acting = member;
      return member;
    }),
    signOut: os.staff.signOut.handler(({ context }) => {
      context.session.acting = null;
      return done;
    }),
    lock: os.staff.lock.handler(({ context }) => {
      context.session.acting = null;
      return done;
    }),
    permissions: os.staff.permissions.handler(({ context }) => {
      const role = signedIn(service, context)?.role;
      if (!role) return [];
      const settings = loyalty.feed.settings();
      return acts
        .filter((act) => mayAct(role, act))
        .map((act) => ({ act, approval: needsApproval(role, act, settings, null) }));
    }),
  };
}
