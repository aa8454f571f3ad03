import { type TillError, tillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { type Act, mayAct } from '#contract/till/permissions.ts';
import type { StaffMember } from '#contract/till/state.ts';
import type { Approval } from '../acting.ts';
import type { Service } from '../service.ts';
import type { DoorContext } from './context.ts';
import { accepted, type Refuser } from './refusing.ts';

/** Who is signed in on this connection, as the staff list has them now; null: nobody, or someone who has left since. */
export function signedIn({ loyalty }: Service, { session }: DoorContext): StaffMember | null {
  const who = session.acting && loyalty.feed.staffMember(session.acting.code);
  return who?.active ? { code: who.code, name: who.name, role: who.role } : null;
}

/** Who acts, if their role may do this (invariant 21). Refuses: NotSignedIn, NotAllowed. */
export function acting(service: Service, context: DoorContext, errors: Refuser, act: Act): StaffMember {
  const refuse = (error: TillError) => errors.REFUSED({ data: error });
  const who = signedIn(service, context);
  if (!who) throw refuse(tillError('NotSignedIn'));
  if (!mayAct(who.role, act)) throw refuse(tillError('NotAllowed', { role: who.role, act }));
  return who;
}

/** Who acts, and who allowed it where the shop wants that: refuses as `acting` does, and ApprovalRequired. */
export async function allowed(
  service: Service,
  context: DoorContext,
  errors: Refuser,
  act: Act,
  asked: ApprovalAsked | null,
): Promise<{ who: StaffMember; approvedBy: Approval }> {
  const who = acting(service, context, errors, act);
  return { who, approvedBy: accepted(await service.approve(act, null, who, asked), errors) };
}

/**
 * Devices are set by whoever holds the right, from the screens as soon as there is somebody who could sign in. The command's
 * token opens to this machine's own user alone, who is the support at an empty counter as well: it needs no signing in.
 */
export async function maySetDevices(
  service: Service,
  context: DoorContext,
  errors: Refuser,
  asked: ApprovalAsked | null,
): Promise<void> {
  if (context.through === 'command' || service.signIn.list().length === 0) return;
  const who = signedIn(service, context);
  if (!who) throw errors.REFUSED({ data: tillError('NotSignedIn') });
  accepted(await service.approve('devices', null, who, asked), errors);
}
