import { createHash, timingSafeEqual } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { StaffMember } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import type { TerminalKeys } from '../keys/index.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { FeedStore, PinTries, StaffRecord } from '../store/index.ts';

export type WhoParts = { feed: FeedStore; tries: PinTries; keys: Pick<TerminalKeys, 'open'>; clock: Clock };

/** What a PIN's and a badge's hash are sealed for at rest. */
export const pinHashPurpose = 'staff.pin-hash';
export const badgeHashPurpose = 'staff.badge-hash';

/** What the text of a badge begins with that is a card of the network, followed by its ten digits. */
const cardBadgePrefix = 'card:';

/** Wrong PINs in a row that cost nothing but a try; each one more doubles the wait. */
const freeTries = 5;
const firstWaitMs = 10_000;
const longestWaitMs = 900_000;

/** Unknown badges belong to nobody: they are counted together, and keep no PIN out. */
const anyBadge = '#badge';

/** Not offered: a hash that no PIN matches, so that an unknown code takes as long as a wrong PIN. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const memberOf = ({ code, name, role }: StaffRecord): StaffMember => ({ code, name, role });

/**
 * Finds out who somebody is, with the server or without it: for a sign-in, and for an approval on the spot.
 * The try is counted, durably, before anything is looked at. Errors: SignInRefused, SignInThrottled with `seconds`, DiskFull.
 */
export class Who {
  readonly #parts: WhoParts;
  readonly #refusedAtMs = new Map<string, number>();

  constructor(parts: WhoParts) {
    this.#parts = parts;
  }

  /** The same answer to an unknown code and to a wrong PIN. */
  async byPin(code: string, pin: string): Promise<Result<StaffMember, TillError>> {
    const member = this.#parts.feed.staffMember(code);
    return this.#counted(code, member !== null, async () => {
      const known = await this.#matches(member?.active ? member.sealedPinHash : null, pin);
      return member && known ? memberOf(member) : null;
    });
  }

  /** @param badge the badge's text as it was scanned; it is neither kept nor logged */
  async byBadge(badge: string): Promise<Result<StaffMember, TillError>> {
    // A card's number is printed on it: typed or scanned it proves nothing, the card itself must lie there.
    if (badge.trim().startsWith(cardBadgePrefix)) return err(tillError('SignInRefused'));
    const given = createHash('sha256').update(badge.trim()).digest();
    return this.#counted(anyBadge, true, () => {
      const found = this.#parts.feed.staff().filter((member) => this.#wears(member, given));
      // Two people with one badge are nobody.
      return Promise.resolve(found.length === 1 ? memberOf(found[0]!) : null);
    });
  }

  /**
   * A member of staff by the card that the shop gave them: their badge is `card:` and its number.
   * @param cardNumber of a card that has just proved itself on the reader
   */
  byCard(cardNumber: string): Result<StaffMember, TillError> {
    const given = createHash('sha256').update(`${cardBadgePrefix}${cardNumber}`).digest();
    const found = this.#parts.feed.staff().filter((member) => this.#wears(member, given));
    return found.length === 1 ? ok(memberOf(found[0]!)) : err(tillError('SignInRefused'));
  }

  async #counted(
    counter: string,
    counts: boolean,
    look: () => Promise<StaffMember | null>,
  ): Promise<Result<StaffMember, TillError>> {
    const waitMs = this.#waitMs(counter);
    if (waitMs > 0) return err(tillError('SignInThrottled', { seconds: Math.ceil(waitMs / 1000) }));
    const raised = counts ? this.#parts.tries.raise(counter) : ok(1);
    if (!raised.ok) return err(storeRefusal(raised.error));
    const found = await look();
    if (!found) {
      // Of members alone: the codes that somebody makes up are without number.
      if (counts) this.#refusedAtMs.set(counter, this.#parts.clock.monotonicMs());
      return err(tillError('SignInRefused'));
    }
    this.#parts.tries.clear(counter);
    return ok(found);
  }

  async #matches(sealedHash: Uint8Array | null, pin: string): Promise<boolean> {
    const hash = (sealedHash && this.#opened(sealedHash, pinHashPurpose)) ?? nobody;
    const matches = await verify(hash, pin).catch(() => false);
    return matches && hash !== nobody;
  }

  #wears({ sealedBadgeHash }: StaffRecord, given: Uint8Array): boolean {
    const hex = sealedBadgeHash ? this.#opened(sealedBadgeHash, badgeHashPurpose) : null;
    const hash = Buffer.from(hex ?? '', 'hex');
    return hash.length === given.length && timingSafeEqual(hash, given);
  }

  #opened(sealed: Uint8Array, purpose: string): string | null {
    const opened = this.#parts.keys.open(Buffer.from(sealed).toString(), purpose);
    return opened.ok ? Buffer.from(opened.value).toString() : null;
  }

  /** The time of the last refusal is not kept over a restart: the wait then begins anew, it is never shortened. */
  #waitMs(counter: string): number {
    const tries = this.#parts.tries.get(counter);
    if (tries < freeTries) return 0;
    const waitMs = Math.min(firstWaitMs * 2 ** (tries - freeTries), longestWaitMs);
    const now = this.#parts.clock.monotonicMs();
    const since = this.#refusedAtMs.get(counter);
    if (since === undefined) this.#refusedAtMs.set(counter, now);
    return Math.max(0, (since ?? now) + waitMs - now);
  }
}
