import { type AccountKind, accountEffects, accountKinds } from '#contract/accounts/effects.ts';
import { holdForMs } from '#contract/central/till-accounts.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { Check } from '#contract/journal/kinds.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import { workAtReader } from '../cards/at-reader.ts';
import { centralRefusal } from '../cards/central-refusal.ts';
import type { WorkRun } from '../cards/works.ts';
import { checkedNumber } from '../loyalty/block-card.ts';
import { isNotFound } from '../loyalty/central-cards.ts';
import { afterOperationOnLyingCard } from '../loyalty/lying-card.ts';
import { openCard } from '../loyalty/open-card.ts';
import type { PinToFollow, ShopAtTill } from '../loyalty/parts.ts';
import { checksBefore, isRefusedWish, outOfUse, passedChecks, storeRefusal } from '../loyalty/refusals.ts';
import { recordRefusal } from '../loyalty/refused-entry.ts';
import { accountEntry } from './entries.ts';
import type { AccountOrder } from './order.ts';
import type { AccountParts } from './parts.ts';
import { printAccount } from './posted.ts';

/** Entries of accounts that are looked through for some that the server has not heard. */
const lookedAt = 200;

/**
 * Money onto or off a card's accounts (T28), once for an intention. Money out is held by the server for this very intention, then
 * made durable here, within the time that the hold bears; money in is made durable at once.
 * Errors: IntentionReused, SaleInProgress, CardNumberInvalid, CardNumberUnknown, NeedsLink (money out without an answer: held or not, the same intention is asked again),
 * PurseTooLow, CreditLimit, MoreThanOwed (`owedMinor`; where a server that has heard all could be asked), PinRequired, PinWrong,
 * PinBlocked, CardBlocked, CardReplaced (`byCardNumber`), NotEnrolled, DiskFull, the card's and the reader's. A card that fails a
 * check is on record with it (T36), as at a sale.
 */
export function actOnce(parts: AccountParts, acting: Acting, order: AccountOrder): Result<WorkRun, TillError> {
  const { act, amountMinor, cardNumber } = order;
  if (accountEffects[act].held && cardNumber !== null) {
    return err(tillError('InvalidRequest', { what: 'card' }));
  }
  const number = cardNumber === null ? null : checkedNumber(cardNumber);
  if (number && !number.ok) return number;
  return parts.works.once({
    order,
    what: `${act} ${amountMinor} ${cardNumber ?? ''} ${tenderOf(order)}`,
    recorded: () => onRecord(parts, order),
    work: (run) => actNow(parts, acting, order, run),
  });
}

function onRecord({ reader }: AccountParts, order: AccountOrder): Result<CardWorkEvent, TillError> | null {
  const entry = reader.act(order.intention)?.entry;
  if (!entry) return null;
  if (entry.kind !== accountEffects[order.act].kind) return err(tillError('IntentionReused'));
  const { body } = entry as JournalEntry<AccountKind>;
  const { amountMinor, cardNumber } = body;
  const isSame =
    amountMinor === order.amountMinor &&
    (order.cardNumber ?? cardNumber) === cardNumber &&
    tenderOf({ act: order.act, tender: 'tender' in body ? body.tender : undefined }) === tenderOf(order);
  return isSame ? ok({ stage: 'done', cardNumber }) : err(tillError('IntentionReused'));
}

/** How money in is paid: in cash where nothing is said. Money out has no such choice. */
const tenderOf = ({ act, tender = 'cash' }: Pick<AccountOrder, 'act' | 'tender'>) =>
  accountEffects[act].held ? 'cash' : tender;

async function actNow(
  parts: AccountParts,
  acting: Acting,
  order: AccountOrder,
  run: WorkRun,
): Promise<Result<CardWorkEvent, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  if (accountEffects[order.act].held && !parts.central()) return err(tillError('NeedsLink', { why: 'purse' }));
  const known = order.cardNumber === null ? await numberAtReader(parts, run) : notBlocked(parts, order.cardNumber);
  if (!known.ok) return refused(parts, acting, shop, order, known.error);
  const cardNumber = known.value;
  run.emit({ stage: 'working', exchanges: 0 });
  const allowed = await allowedBy(parts, order, cardNumber);
  const made = allowed.ok
    ? recorded(parts, acting, shop, order, cardNumber, allowed.value)
    : refused(parts, acting, shop, order, aboutCard(allowed.error, cardNumber));
  const follow = allowed.ok ? allowed.value.follow : null;
  // The card was handed back while the server was asked: it may have been lifted, and then its next tap goes on.
  if (made.ok || isRefusedWish(made.error)) await afterOperationOnLyingCard(parts, shop, cardNumber, follow);
  if (!made.ok) return made;
  await printAccount(parts, acting, order.intention);
  return ok({ stage: 'done', cardNumber });
}

/** The act, durable. Errors: DiskFull and the like. */
function recorded(
  parts: AccountParts,
  acting: Acting,
  shop: ShopAtTill,
  order: AccountOrder,
  cardNumber: string,
  { balanceMinor, pin }: Allowed,
): Result<void, TillError> {
  const checks = askedOf(order, passedChecks(pin));
  const appended = parts.journal.append([
    accountEntry(parts, shop, acting, order, { cardNumber, balanceMinor, checks }),
  ]);
  return appended.ok ? ok(undefined) : err(storeRefusal(appended.error));
}

/** The refusal goes on record where it was the card that failed. A PIN was right when a limit was looked at behind it. */
function refused(
  parts: AccountParts,
  acting: Acting,
  shop: ShopAtTill,
  order: AccountOrder,
  error: TillError,
): Result<never, TillError> {
  const { intention, act, amountMinor } = order;
  const checks = askedOf(order, checksBefore(error, order.pin === null ? 'not-asked' : 'passed'));
  recordRefusal(parts, acting, shop, { intention, operation: act }, error, amountMinor, checks);
  return err(error);
}

const aboutCard = (error: TillError, cardNumber: string): TillError => ({
  ...error,
  facts: { cardNumber, ...error.facts },
});

/** T36: authentic and of this network by opening it, then the hot list. Status, PIN and limits are the server's. */
function numberAtReader(parts: AccountParts, run: WorkRun): Promise<Result<string, TillError>> {
  return workAtReader(parts, run, async ({ transport }) => {
    const shop = parts.shop();
    if (!shop) return err(tillError('NotEnrolled'));
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    return opened.ok ? notBlocked(parts, opened.value.cardNumber) : opened;
  });
}

function notBlocked({ feed }: AccountParts, cardNumber: string): Result<string, TillError> {
  const out = outOfUse(feed, cardNumber);
  return out ? err(out) : ok(cardNumber);
}

type Allowed = { balanceMinor: number | null; pin: 'passed' | 'not-asked'; follow: PinToFollow | null };

/** Nobody's card needs to lie there for money in: only what lay there was opened, and only the server looked at more. */
function askedOf({ act, cardNumber }: AccountOrder, checks: readonly Check[]): Check[] {
  const wholly = accountEffects[act].held;
  return checks.map((each) => {
    const byCard = each.check === 'authentic' || each.check === 'network';
    const asked = wholly || each.check === 'hot-list' || (byCard && cardNumber === null);
    return asked || each.outcome === 'refused' ? each : { ...each, outcome: 'not-asked' };
  });
}

async function allowedBy(
  parts: AccountParts,
  order: AccountOrder,
  cardNumber: string,
): Promise<Result<Allowed, TillError>> {
  if (accountEffects[order.act].held) return heldBy(parts, order, cardNumber);
  const balance = await balanceAfter(parts, order, cardNumber);
  return balance.ok ? ok({ balanceMinor: balance.value, pin: 'not-asked', follow: null }) : balance;
}

async function heldBy(
  parts: AccountParts,
  { act, intention, amountMinor, pin }: AccountOrder,
  cardNumber: string,
): Promise<Result<Allowed, TillError>> {
  if (hasUnsent(parts, cardNumber)) await parts.sendFirst();
  const central = parts.central();
  const head = parts.reader.head();
  if (!central || !head) return err(tillError('NeedsLink', { why: 'purse' }));
  const { bootId } = parts.clock;
  const monotonicMs = Math.trunc(parts.clock.monotonicMs());
  const stamp = { epoch: head.epoch, seq: head.seq, bootId, monotonicMs };
  const { account } = accountEffects[act];
  const held = await central.authorise({ cardNumber, intention, account, amountMinor, pin, stamp });
  if (!held.ok) return err(withCurrency(centralRefusal(held.error), parts));
  // The server may have given a hold this old back: the same intention asks for it anew.
  if (parts.clock.monotonicMs() - monotonicMs > holdForMs) return err(tillError('NeedsLink', { why: 'slow' }));
  const { balanceMinor, keyBehind } = held.value;
  const passed = held.value.pin === 'passed';
  const follow = keyBehind ? { intention, pin: passed ? pin : null } : null;
  return ok({ balanceMinor, pin: passed ? 'passed' : 'not-asked', follow });
}

/**
 * What the account comes to with money in, where the server can be asked and has heard all that this till knows; else null. A card
 * that went out of use since this till heard the last of it takes no money, and nobody pays back more than is owed, with what
 * another till is just putting on the account.
 */
async function balanceAfter(
  parts: AccountParts,
  { act, amountMinor, cardNumber: typed }: AccountOrder,
  cardNumber: string,
): Promise<Result<number | null, TillError>> {
  if (act === 'repay' && parts.central() && hasUnsent(parts, cardNumber)) await parts.sendFirst();
  const told = await parts.central()?.accounts(cardNumber);
  // One that lies there has proved itself: a card of a lot may be used before the server has heard of it.
  if (told && !told.ok && typed !== null && isNotFound(told.error)) return err(tillError('CardNumberUnknown'));
  if (!told?.ok) return ok(null);
  const { purse, credit, status, replacedBy } = told.value;
  if (replacedBy) return err(tillError('CardReplaced', { cardNumber, byCardNumber: replacedBy }));
  if (status !== 'active') return err(tillError('CardBlocked', { cardNumber }));
  if (hasUnsent(parts, cardNumber)) return ok(null);
  if (act !== 'repay') return ok(purse.balanceMinor - purse.heldMinor + amountMinor);
  const owedMinor = credit.owedMinor + credit.heldMinor;
  if (amountMinor <= owedMinor) return ok(owedMinor - amountMinor);
  return err(withCurrency(tillError('MoreThanOwed', { owedMinor: Math.max(0, owedMinor) }), parts));
}

/** Anything of this card's accounts that the server has not acknowledged. */
function hasUnsent({ reader }: AccountParts, cardNumber: string): boolean {
  const sent = reader.acknowledged()?.head ?? null;
  return reader
    .list({ before: null, limit: lookedAt, kinds: accountKinds })
    .some(
      ({ entry: { epoch, seq, body } }) =>
        'cardNumber' in body &&
        body.cardNumber === cardNumber &&
        (!sent || epoch > sent.epoch || (epoch === sent.epoch && seq > sent.seq)),
    );
}

const ofMoney: ReadonlySet<TillError['type']> = new Set(['PurseTooLow', 'CreditLimit', 'MoreThanOwed']);

const withCurrency = (error: TillError, parts: AccountParts): TillError => {
  const currency = parts.shop()?.currency;
  return ofMoney.has(error.type) && currency ? { ...error, facts: { ...error.facts, currency } } : error;
};
