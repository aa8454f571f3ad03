import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { openCard } from './open-card.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { checksBefore, refusalOf } from './refusals.ts';
import { recordedSale, type SaleFacts } from './sale-facts.ts';
import type { SaleRun } from './sale-run.ts';
import { settleOpenWrites } from './settle.ts';
import { awaitTap } from './tap.ts';

/** The card was pulled during its write. If it comes back in time it is put right now; if not, at its next tap. */
export async function awaitSameCard(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  run: SaleRun,
  sold: SaleFacts,
  untilMs: number,
): Promise<Result<SaleFacts, TillError>> {
  const { cardNumber } = sold.body;
  for (let trouble: TillError = tillError('CardTorn', { cardNumber }); ; ) {
    const tap = await awaitTap(parts, run, untilMs, trouble);
    if (!tap.ok) return ok(sold);
    const settled = await settleThisCard(parts, shop, cardNumber);
    if (settled.ok) {
      const { intention } = sold.entry;
      return recordedSale(parts, intention, {
        cardPending: parts.reader.sale(intention)?.facts.cardOutcome !== 'applied',
        exchanges: sold.exchanges + settled.value,
        tapToResultMs: sold.tapToResultMs,
      });
    }
    // Whatever refuses itself is not the card that was sold to a moment ago.
    if (checksBefore(settled.error).length > 0) {
      run.emit({ stage: 'other-card', cardNumber: String(settled.error.facts?.cardNumber ?? '') });
    }
    trouble = tillError('CardTorn', { cardNumber });
  }
}

/** Settles the card if it is this one. Returns the exchanges it took. */
async function settleThisCard(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  cardNumber: string,
): Promise<Result<number, TillError>> {
  const lent = await parts.cards.withCard(async (transport): Promise<Result<number, TillError>> => {
    parts.taps.use(parts.cards.state().presence);
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    if (!opened.ok) return opened;
    const { session, cardNumber: found } = opened.value;
    if (found !== cardNumber) return err(tillError('CardChanged', { cardNumber: found }));
    const settled = await settleOpenWrites(parts, opened.value);
    return settled.ok ? ok(session.exchanges) : settled;
  });
  return lent.ok ? lent.value : err(refusalOf(lent.error));
}
