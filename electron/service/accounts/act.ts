import { accountEffects, accountKinds } from '#contract/accounts/effects.ts';
import { holdForMs } from '#contract/central/till-accounts.ts';
import type { Check } from '#contract/journal/kinds.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { workAtReader } from '../cards/at-reader.ts';
import { centralRefusal } from '../cards/central-refusal.ts';
import type { WorkRun } from '../cards/works.ts';
import { openCard } from '../loyalty/open-card.ts';
import type { Acting } from '../loyalty/parts.ts';
import { passedChecks, storeRefusal } from '../loyalty/refusals.ts';
import { accountEntry } from './entries.ts';
import type { AccountOrder } from './order.ts';
import type { AccountParts } from './parts.ts';
import { printAccount } from './posted.ts';

/** Entries of accounts that are looked through for some that the server has not heard. */
const lookedAt = 200;

/**
 * Money onto or off a card's accounts (T28), once for an intention. Money out is held by the server for this very intention, then
 * made durable here, within the time that the hold bears; money in is made durable at once.
 * Errors: IntentionReused, SaleInProgress, NeedsLink (money out without an answer: held or not, the same intention is asked again),
 * PurseTooLow, CreditLimit, PinRequired, PinWrong, PinBlocked, CardBlocked, NotEnrolled, DiskFull, the card's and the reader's.
 */
export function actOnce(parts: AccountParts, acting: Acting, order: AccountOrder): Result<WorkRun, TillError> {
  const { act, amountMinor, cardNumber } = order;
  if (accountEffects[act].held && cardNumber !== null) {
    return err(tillError('InvalidRequest', { what: 'card' }));
  }
  return parts.works.once({
    order,
    what: `${act} ${amountMinor} ${cardNumber ?? ''}`,
    recorded: () => onRecord(parts, order),
    work: (run) => actNow(parts, acting, order, run),
  });
}

function onRecord({ reader }: AccountParts, order: AccountOrder): Result<CardWorkEvent, TillError> | null {
  const entry = reader.act(order.intention)?.entry;
  if (!entry) return null;
  const isSame =
    entry.kind === accountEffects[order.act].kind &&
    'amountMinor' in entry.body &&
    entry.body.amountMinor === order.amountMinor;
  if (!isSame || !('cardNumber' in entry.body)) return err(tillError('IntentionReused'));
  return ok({ stage: 'done', cardNumber: String(entry.body.cardNumber) });
}

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
  if (!known.ok) return known;
  const cardNumber = known.value;
  run.emit({ stage: 'working', exchanges: 0 });
  const allowed = await allowedBy(parts, order, cardNumber);
  if (!allowed.ok) return allowed;
  const { balanceMinor, pin } = allowed.value;
  const draft = accountEntry(parts, shop, acting, order, { cardNumber, balanceMinor, checks: checksOf(order, pin) });
  const appended = parts.journal.append([draft]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  await printAccount(parts, acting, order.intention);
  return ok({ stage: 'done', cardNumber });
}

/** T36: authentic and of this network by opening it, then the hot list. Status, PIN and limits are the server's. */
function numberAtReader(parts: AccountParts, run: WorkRun): Promise<Result<string, TillError>> {
  return workAtReader(parts, run, async ({ transport }) => {
    const shop = parts.shop();
    if (!shop) return err(tillError('NotEnrolled'));
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    return opened.ok ? notBlocked(parts, opened.value.cardNumber) : opened;
  });
}

const notBlocked = ({ feed }: AccountParts, cardNumber: string): Result<string, TillError> =>
  feed.isBlocked(cardNumber) ? err(tillError('CardBlocked', { cardNumber })) : ok(cardNumber);

type Allowed = { balanceMinor: number | null; pin: 'passed' | 'not-asked' };

/** Nobody's card needs to lie there for money in: only what lay there was opened, and only the server looked at more. */
function checksOf({ act, cardNumber }: AccountOrder, pin: Allowed['pin']): Check[] {
  const wholly = accountEffects[act].held;
  return passedChecks(pin).map((each) => {
    const byCard = each.check === 'authentic' || each.check === 'network';
    const asked = wholly || each.check === 'hot-list' || (byCard && cardNumber === null);
    return asked ? each : { ...each, outcome: 'not-asked' };
  });
}

async function allowedBy(
  parts: AccountParts,
  order: AccountOrder,
  cardNumber: string,
): Promise<Result<Allowed, TillError>> {
  return accountEffects[order.act].held
    ? heldBy(parts, order, cardNumber)
    : ok({ balanceMinor: await balanceAfter(parts, order, cardNumber), pin: 'not-asked' });
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
  return ok({ balanceMinor: held.value.balanceMinor, pin: held.value.pin === 'passed' ? 'passed' : 'not-asked' });
}

/** What the account comes to with money in, where the server can be asked and has heard all that this till knows. */
async function balanceAfter(
  parts: AccountParts,
  { act, amountMinor }: AccountOrder,
  cardNumber: string,
): Promise<number | null> {
  const central = parts.central();
  if (!central || hasUnsent(parts, cardNumber)) return null;
  const told = await central.accounts(cardNumber);
  if (!told.ok) return null;
  const { purse, credit } = told.value;
  return act === 'repay'
    ? credit.owedMinor + credit.heldMinor - amountMinor
    : purse.balanceMinor - purse.heldMinor + amountMinor;
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

const withCurrency = (error: TillError, parts: AccountParts): TillError => {
  const currency = parts.shop()?.currency;
  const isMoney = error.type === 'PurseTooLow' || error.type === 'CreditLimit';
  return isMoney && currency ? { ...error, facts: { ...error.facts, currency } } : error;
};
