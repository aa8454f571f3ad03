import { verify } from '@node-rs/argon2';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { roles, type StaffMember } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import type { TerminalKeys } from '../keys/index.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { FeedStore, Journal, PinTries } from '../store/index.ts';

export type SignInParts = {
  feed: FeedStore;
  tries: PinTries;
  journal: Pick<Journal, 'append'>;
  keys: Pick<TerminalKeys, 'open'>;
  clock: Clock;
};

/** What a PIN's hash is sealed for at rest. */
export const pinHashPurpose = 'staff.pin-hash';

/** Wrong PINs in a row that cost nothing but a try; each one more doubles the wait. */
const freeTries = 5;
const firstWaitMs = 10_000;
const longestWaitMs = 900_000;

/** Not offered: a hash that no PIN matches, so that an unknown code takes as long as a wrong PIN. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Signs staff in by PIN, with the server or without it. */
export class SignIn {
  readonly #parts: SignInParts;
  readonly #refusedAtMs = new Map<string, number>();

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Those who stand at the counter most come first. */
  list(): StaffMember[] {
    const members = this.#parts.feed.staff().map(({ code, name, role }) => ({ code, name, role }));
    return members.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || a.name.localeCompare(b.name));
  }

  /**
   * The counter is raised, durably, before the PIN is looked at. The sign-in is a fact in the journal.
   * Errors: SignInRefused (the same for an unknown code and a wrong PIN), SignInThrottled with `seconds`, IntentionReused, DiskFull.
   */
  async withPin(intention: string, code: string, pin: string): Promise<Result<StaffMember, TillError>> {
    const waitMs = this.#waitMs(code);
    if (waitMs > 0) return err(tillError('SignInThrottled', { seconds: Math.ceil(waitMs / 1000) }));
    const member = this.#parts.feed.staffMember(code);
    const raised = member ? this.#parts.tries.raise(code) : ok(1);
    if (!raised.ok) return err(storeRefusal(raised.error));
    const known = await this.#matches(member?.active ? member.sealedPinHash : null, pin);
    if (!member || !known) {
      // Of members alone: the codes that somebody makes up are without number.
      if (member) this.#refusedAtMs.set(code, this.#parts.clock.monotonicMs());
      return err(tillError('SignInRefused'));
    }
    this.#parts.tries.clear(code);
    const { name, role } = member;
    const entered = this.#parts.journal.append([
      { kind: 'staff.signed-in', intention, staff: code, role, postings: [], body: { by: 'pin' } },
    ]);
    if (!entered.ok) return err(storeRefusal(entered.error));
    // A repeat got the first entry back: it must be this person's.
    return entered.value[0]?.entry.staff === code ? ok({ code, name, role }) : err(tillError('IntentionReused'));
  }

  async #matches(sealedHash: Uint8Array | null, pin: string): Promise<boolean> {
    const opened = sealedHash ? this.#parts.keys.open(Buffer.from(sealedHash).toString(), pinHashPurpose) : null;
    const hash = opened?.ok ? Buffer.from(opened.value).toString() : nobody;
    const matches = await verify(hash, pin).catch(() => false);
    return matches && hash !== nobody;
  }

  /** The time of the last refusal is not kept over a restart: the wait then begins anew, it is never shortened. */
  #waitMs(code: string): number {
    const tries = this.#parts.tries.get(code);
    if (tries < freeTries) return 0;
    const waitMs = Math.min(firstWaitMs * 2 ** (tries - freeTries), longestWaitMs);
    const now = this.#parts.clock.monotonicMs();
    const since = this.#refusedAtMs.get(code);
    if (since === undefined) this.#refusedAtMs.set(code, now);
    return Math.max(0, (since ?? now) + waitMs - now);
  }
}
