import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CentralCards, SpendCheck } from './central-cards.ts';
import type { OpenedCard } from './open-card.ts';
import type { LoyaltyParts, PinToFollow } from './parts.ts';
import { refusalOf } from './refusals.ts';

/** Who looked at the PIN, and the server's balance where there was a link. */
export type PinVerdict = {
  by: 'server' | 'card' | 'not-set';
  ledgerBalance: number | null;
  /** What the server found to be the PIN of now, and the card's own key is that of another. Null: it is not, as far as is known. */
  follow: PinToFollow | null;
};

export type PinAsked = {
  intention: string;
  pin: string | null;
  /** Points the operation takes; 0: it takes none. */
  points: number;
  /** A PIN must be set on the card for this; one that has none is refused. */
  mustBeSet: boolean;
  /** What forbids it when the server is not there, before the card is asked: asking it costs a try. */
  withoutLink?: () => TillError | null;
};

/**
 * Has the cardholder's PIN judged: by the server with a link, else by the card itself (DESIGN §6). Nothing is spent by it.
 * Errors: PinRequired (`notSet`: the card has none, and this needs one), PinWrong (`triesLeft`), PinBlocked, PinBehind, CardBlocked,
 * NeedsLink (this till cannot judge a PIN alone), the card's own.
 */
export async function judgePin(
  parts: LoyaltyParts,
  card: OpenedCard,
  asked: PinAsked,
): Promise<Result<PinVerdict, TillError>> {
  const central = parts.central();
  const verdict = (central && (await byServer(central, card, asked))) ?? (await byCard(parts, card, asked));
  if (!verdict.ok || verdict.value.by !== 'not-set' || !asked.mustBeSet) return verdict;
  return err(tillError('PinRequired', { cardNumber: card.cardNumber, notSet: true }));
}

/** Null: the server did not answer in time, or does not know the card. */
async function byServer(
  central: CentralCards,
  { cardNumber }: OpenedCard,
  { intention, pin, points }: PinAsked,
): Promise<Result<PinVerdict, TillError> | null> {
  const check = await central.checkSpend({ cardNumber, intention, pin, points: Math.max(1, points) });
  return check.ok ? verdictOf(cardNumber, check.value, { intention, pin }) : null;
}

function verdictOf(cardNumber: string, check: SpendCheck, asked: PinToFollow): Result<PinVerdict, TillError> {
  if (check.status !== 'active') return err(tillError('CardBlocked', { cardNumber }));
  const { ledgerBalance, keyBehind } = check;
  switch (check.pin) {
    case 'passed':
      return ok({ by: 'server', ledgerBalance, follow: keyBehind ? asked : null });
    case 'not-set':
      return ok({ by: 'not-set', ledgerBalance, follow: keyBehind ? { ...asked, pin: null } : null });
    case 'required':
      return err(tillError('PinRequired', { cardNumber }));
    case 'wrong':
      return err(tillError('PinWrong', { cardNumber, triesLeft: check.triesLeft }));
    case 'blocked':
      return err(tillError('PinBlocked', { cardNumber }));
  }
}

/**
 * After this the session can only write: the card has been read and settled before. A card whose key is behind is not asked: it
 * would take the PIN that its holder gave up.
 */
async function byCard(
  { feed }: LoyaltyParts,
  { session, cardNumber }: OpenedCard,
  { pin, withoutLink }: PinAsked,
): Promise<Result<PinVerdict, TillError>> {
  if (feed.isKeyBehind(cardNumber)) return err(tillError('PinBehind', { cardNumber }));
  const forbidden = withoutLink?.();
  if (forbidden) return err(forbidden);
  const proof = await session.provePin(pin);
  if (proof.ok) return ok({ by: proof.value, ledgerBalance: null, follow: null });
  const refused = refusalOf(proof.error);
  // The holder may have changed it where only the server knows: the words say so.
  const unlinked = refused.type === 'PinWrong' || refused.type === 'PinBlocked' ? { unlinked: 1 } : {};
  return err(tillError(refused.type, { ...refused.facts, ...unlinked, cardNumber }));
}
