import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { spendableOf } from '#contract/loyalty/programme.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CardLedger, CardShowEvent, CardView } from '#contract/till/loyalty.ts';
import { readContactNumber } from '#native/cards/contact-number.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { differenceOf, unsentTags } from './difference.ts';
import { type OpenedCard, openCard } from './open-card.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { refusalOf } from './refusals.ts';
import { type Settled, settleOpenWrites } from './settle.ts';
import { spendableOn } from './spend-limits.ts';

/**
 * Waits for a card (one that lies there will do), settles what a torn write left open, and tells what it holds and, with a link,
 * what the server's ledger says (T6, T19).
 */
export async function* showCard(
  parts: LoyaltyParts,
  timeoutMs: number,
  signal: AbortSignal,
): AsyncGenerator<CardShowEvent, Result<void, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  yield { stage: 'present-card', untilMs: parts.clock.wallMs() + timeoutMs };
  const found = await parts.cards.waitForCard({ timeoutMs, signal });
  if (!found.ok) return err(refusalOf(found.error));
  yield { stage: 'reading' };
  const lent = await parts.cards.withCard(async (transport) => {
    parts.taps.use(parts.cards.state().presence);
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    if (opened.ok) {
      const read = await readWhole(parts, opened.value);
      if (read.ok) await parts.afterOperation?.(opened.value, null);
      return read;
    }
    return opened.error.type === 'CardNotOurs' ? numberOfContactChip(transport, shop, opened.error) : opened;
  });
  if (!lent.ok) return err(refusalOf(lent.error));
  if (!lent.value.ok) return lent.value;
  const read = lent.value.value;
  // The card may be lifted by now: the server is asked about its number alone.
  const ledger = await ledgerOf(parts, read.cardNumber);
  if (read.newest) yield { stage: 'result', card: viewOf(parts, shop, read, ledger) };
  else if (ledger) yield { stage: 'result', card: viewOfLedger(parts, shop, read.cardNumber, ledger) };
  else return err(tillError('NeedsLink', { cardNumber: read.cardNumber }));
  return ok(undefined);
}

/** The contact chip of a two-chip card shares no memory with the other: it tells the number, the server the balance (T3). */
async function numberOfContactChip(
  transport: CardTransport,
  { onCard }: ShopAtTill,
  notOurs: TillError,
): Promise<Result<NumberAlone, TillError>> {
  const read = await readContactNumber(transport);
  if (!read.ok) return err(read.error.type === 'NotOurs' ? notOurs : refusalOf(read.error));
  const cardNumber = cardNumberOf(read.value.cardData);
  if (read.value.networkId !== onCard.networkId) return err(tillError('CardOfAnotherNetwork', { cardNumber }));
  return ok({ cardNumber, newest: null });
}

type NumberAlone = { cardNumber: string; newest: null };
type CardRead = Settled & { cardNumber: string; history: Settled['newest'][] };

async function readWhole(parts: LoyaltyParts, opened: OpenedCard): Promise<Result<CardRead, TillError>> {
  const { cardNumber, newest, session } = opened;
  // Nothing is written to a card that is out of use.
  const settled = parts.feed.isBlocked(cardNumber)
    ? ok({ newest, settled: [] })
    : await settleOpenWrites(parts, opened);
  if (!settled.ok) return settled;
  const history = await session.readHistory();
  if (!history.ok) return err(refusalOf(history.error));
  return ok({ ...settled.value, cardNumber, history: history.value });
}

/** What the server has to say is worth waiting for, but not long: the customer has come to hear what the card holds. */
const ledgerWaitMs = 1_500;

/** Null without a link, for a card that the server does not know, or when it does not answer in time. */
async function ledgerOf({ central, clock }: LoyaltyParts, cardNumber: string): Promise<CardLedger | null> {
  const asked = central()?.show(cardNumber);
  if (!asked) return null;
  return new Promise((resolve, reject) => {
    const callOff = clock.after(ledgerWaitMs, () => resolve(null));
    asked.then((shown) => resolve(shown.ok ? shown.value : null), reject).finally(callOff);
  });
}

function viewOfLedger(parts: LoyaltyParts, shop: ShopAtTill, cardNumber: string, ledger: CardLedger): CardView {
  const { programme } = shop;
  const moment = { wallMs: parts.rulesMs(), timeZone: parts.timeZone };
  return {
    cardNumber,
    // A balance that the server does not know is not shown as none.
    balances: ledger.balance === null ? [] : [{ shop: shop.name, programme: programme.name, balance: ledger.balance }],
    totalSpendMinor: ledger.totalSpendMinor,
    counter: 0,
    history: [],
    ledger,
    difference: null,
    spendable: spendableOf(programme, ledger.balance ?? 0, moment),
    settled: [],
  };
}

function viewOf(parts: LoyaltyParts, shop: ShopAtTill, read: CardRead, ledger: CardLedger | null): CardView {
  const { cardNumber, newest, history, settled } = read;
  const { programme } = shop;
  const onCard = spendableOn(parts, programme, newest);
  const balance = Math.min(onCard, ledger?.balance ?? onCard);
  return {
    cardNumber,
    balances: [{ shop: shop.name, programme: programme.name, balance: newest.balancePoints }],
    totalSpendMinor: newest.totalSpendMinor,
    counter: newest.counter,
    history: history.map((record) => ({
      operation: record.operation,
      points: record.deltaPoints,
      balance: record.balancePoints,
      atMs: record.timeSeconds * 1000,
      intention: record.intentionTag,
    })),
    ledger,
    difference: ledger && differenceOf(ledger, history, unsentTags(parts.reader)),
    spendable: spendableOf(programme, balance, { wallMs: parts.rulesMs(), timeZone: parts.timeZone }),
    settled,
  };
}
