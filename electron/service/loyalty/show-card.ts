import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CardShowEvent, CardView } from '#contract/till/loyalty.ts';
import { type OpenedCard, openCard } from './open-card.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { refusalOf } from './refusals.ts';
import { settleOpenWrites } from './settle.ts';

/** Waits for a card (one that lies there will do), settles what a torn write left open, and tells what it holds. */
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
    return opened.ok ? view(parts, shop, opened.value) : opened;
  });
  if (!lent.ok) return err(refusalOf(lent.error));
  if (!lent.value.ok) return lent.value;
  yield { stage: 'result', card: lent.value.value };
  return ok(undefined);
}

async function view(parts: LoyaltyParts, shop: ShopAtTill, opened: OpenedCard): Promise<Result<CardView, TillError>> {
  const settled = await settleOpenWrites(parts, opened);
  if (!settled.ok) return settled;
  const history = await opened.session.readHistory();
  if (!history.ok) return err(refusalOf(history.error));
  const { newest } = settled.value;
  return ok({
    cardNumber: opened.cardNumber,
    balances: [{ shop: shop.name, programme: shop.programme.name, balance: newest.balancePoints }],
    totalSpendMinor: newest.totalSpendMinor,
    counter: newest.counter,
    history: history.value.map((record) => ({
      operation: record.operation,
      points: record.deltaPoints,
      balance: record.balancePoints,
      atMs: record.timeSeconds * 1000,
      intention: record.intentionTag,
    })),
    settled: settled.value.settled,
  });
}
