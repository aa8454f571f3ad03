import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { roles, type StaffMember } from '#contract/till/state.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { Journal } from '../store/index.ts';
import { Who, type WhoParts } from './who.ts';

export type SignInParts = WhoParts & { journal: Pick<Journal, 'append'> };

/** Signs staff in by PIN or badge, with the server or without it. */
export class SignIn {
  readonly who: Who;
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.who = new Who(parts);
  }

  /** Those who stand at the counter most come first. */
  list(): StaffMember[] {
    const members = this.#parts.feed.staff().map(({ code, name, role }) => ({ code, name, role }));
    return members.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || a.name.localeCompare(b.name));
  }

  /** The sign-in is a fact in the journal. Errors: those of `Who`, IntentionReused. */
  async withPin(intention: string, code: string, pin: string): Promise<Result<StaffMember, TillError>> {
    const member = await this.who.byPin(code, pin);
    return member.ok ? this.#entered(intention, member.value, 'pin') : member;
  }

  /** The same with a badge, which says by itself whose it is. */
  async withBadge(intention: string, badge: string): Promise<Result<StaffMember, TillError>> {
    const member = await this.who.byBadge(badge);
    return member.ok ? this.#entered(intention, member.value, 'badge') : member;
  }

  #entered(intention: string, member: StaffMember, by: 'pin' | 'badge'): Result<StaffMember, TillError> {
    const { code: staff, role } = member;
    const entered = this.#parts.journal.append([
      { kind: 'staff.signed-in', intention, staff, role, postings: [], body: { by } },
    ]);
    if (!entered.ok) return err(storeRefusal(entered.error));
    // A repeat got the first entry back: it must be this person's.
    return entered.value[0]?.entry.staff === staff ? ok(member) : err(tillError('IntentionReused'));
  }
}
