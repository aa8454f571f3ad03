import type { Reward } from '#contract/journal/kinds/loyalty.ts';
import type { Check } from '#contract/journal/kinds.ts';
import { fitsOnCard } from '#contract/loyalty/card-record.ts';
import { rewardFor } from '#contract/loyalty/programme.ts';
import { recordAfter } from '#contract/loyalty/torn-writes.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import { type CardWrite, writeAtCard } from './at-card.ts';
import type { OpenedCard } from './open-card.ts';
import type { LoyaltyParts, PinToFollow, ShopAtTill } from './parts.ts';
import { judgePin, type PinVerdict } from './pin.ts';
import { tellAndPrint } from './print-ticket.ts';
import { checksBefore } from './refusals.ts';
import { recordRefusal } from './refused-entry.ts';
import type { SaleRun, SpendOrder } from './sale-run.ts';
import { spendEntry } from './spend-entries.ts';
import { overBalance, overOfflineCap, spendableOn } from './spend-limits.ts';

/** What is given for how many points, whatever the card holds: the same limits are looked at with the card. */
type Wanted = { reward: Reward; points: number };
const anyBalance = Number.MAX_SAFE_INTEGER;

/**
 * A gift, or points as money (T5): wait for the card, open it, have its PIN judged, look at the limits, make the intent durable,
 * write the card, make the outcome durable, let its key follow its PIN, print. Tells `run` each step; its end is `run.finish`.
 * A card torn at its write that does not come back leaves it open whether anything was taken: no ticket says so, and the next
 * tap at any till of the shop finds it taken, or gives the points back.
 */
export async function spend(parts: LoyaltyParts, acting: Acting, run: SaleRun, order: SpendOrder): Promise<void> {
  const shop = parts.shop();
  if (!shop) return run.finish(err(tillError('NotEnrolled')));
  const moment = { wallMs: parts.rulesMs(), timeZone: parts.timeZone };
  const wanted = rewardFor(shop.programme, order.what, anyBalance, moment);
  if (!wanted.ok) return run.finish(wanted);
  let pin: Check['outcome'] = 'not-asked';
  let follow: PinToFollow | null = null;
  const spent = await writeAtCard(parts, shop, run, {
    acting,
    async prepare(card) {
      const verdict = await judgedPin(parts, shop, run, order, wanted.value, card);
      if (!verdict.ok) return verdict;
      follow = verdict.value.follow;
      pin = verdict.value.by === 'not-set' ? 'not-asked' : 'passed';
      return prepareSpend(parts, acting, shop, order, wanted.value, card, verdict.value);
    },
    refused: (error) => recordRefusal(parts, acting, shop, order, error, wanted.value.points, checksBefore(error, pin)),
    pinToFollow: () => follow,
  });
  if (!spent.ok) return run.finish(spent);
  await tellAndPrint(parts, acting, run, spent.value);
}

/** What the card alone shows to be too much is refused before its PIN is asked for: without a link, asking costs a try. */
async function judgedPin(
  parts: LoyaltyParts,
  { programme }: ShopAtTill,
  run: SaleRun,
  { intention, pin }: SpendOrder,
  { points }: Wanted,
  card: OpenedCard,
): Promise<Result<PinVerdict, TillError>> {
  const { cardNumber, newest } = card;
  const tooMany = overBalance(cardNumber, points, spendableOn(parts, programme, newest)) ?? noRoom(card, points);
  if (tooMany) return err(tooMany);
  const { pinRequiredAbovePoints } = parts.feed.settings();
  const mustBeSet = pinRequiredAbovePoints !== null && points > pinRequiredAbovePoints;
  if (parts.central()) run.emit({ stage: 'keep-card', why: 'checking' });
  return judgePin(parts, card, {
    intention,
    pin,
    points,
    mustBeSet,
    withoutLink: () => overOfflineCap(parts, cardNumber, points),
  });
}

const noRoom = ({ newest, cardNumber }: OpenedCard, points: number): TillError | null => {
  const record = recordAfter(newest, { operation: 'spend', intention: '', points: -points, spendMinor: 0, wallMs: 0 });
  return fitsOnCard(record) ? null : tillError('CardFull', { cardNumber });
};

/** What the server knows better than the card, and then the record. */
async function prepareSpend(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  order: SpendOrder,
  { reward, points }: Wanted,
  { cardNumber, newest }: OpenedCard,
  { by, ledgerBalance }: PinVerdict,
): Promise<Result<CardWrite, TillError>> {
  const tooMany = ledgerBalance === null ? null : overBalance(cardNumber, points, ledgerBalance);
  if (tooMany) return err(tooMany);
  const { intention } = order;
  const wallMs = parts.rulesMs();
  const record = recordAfter(newest, { operation: 'spend', intention, points: -points, spendMinor: 0, wallMs });
  return ok({ draft: spendEntry(parts, acting, shop, order, { cardNumber, record, reward, pin: by }), record });
}
