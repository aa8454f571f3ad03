import { expect } from 'vitest';
import type { AccountAct } from '#contract/accounts/effects.ts';
import type { CardNote } from './month-model.ts';
import type { MonthShop } from './month-shop.ts';
import type { AtReader } from './month-till.ts';

// A card's purse and credit, and the drawer: each act once at the product and once in the notebook, and that both say the same.

const lineOf = {
  ...{ 'top-up': 'purse-topped-up', pay: 'purse-paid', refund: 'purse-refunded' },
  ...{ draw: 'credit-drawn', repay: 'credit-repaid' },
} as const;
const kindOf = {
  ...{ 'top-up': 'purse.topped-up', pay: 'purse.paid', refund: 'purse.refunded' },
  ...{ draw: 'credit.drawn', repay: 'credit.repaid' },
} as const;

export async function account(shop: MonthShop, till: number, card: CardNote, act: AccountAct): Promise<void> {
  const isIn = act === 'top-up' || act === 'repay';
  const amountMinor =
    act === 'repay' ? shop.random.between(1, Math.max(1, card.owedMinor)) : shop.random.between(1, 60) * 100;
  if (act === 'repay' && card.owedMinor === 0) return;
  const byNumber = isIn && shop.random.chance(0.5);
  const tender = isIn && shop.random.chance(0.3) ? ('other' as const) : ('cash' as const);
  const asked = {
    ...{ intention: shop.intention(), act, amountMinor, cardNumber: byNumber ? card.cardNumber : null },
    ...(isIn ? { tender } : {}),
    approval: shop.approval(till),
  };
  const sure = shop.isSure(card);
  const at: AtReader = { card: byNumber ? null : shop.chips.get(card)! };
  const begin = () => shop.tills[till]!.calls.accounts.act(asked);
  const told = await shop.withLink(till, () => shop.tills[till]!.told(begin, at));
  const fits = {
    ...{ 'top-up': true, repay: true, pay: card.purseMinor >= amountMinor, refund: card.purseMinor >= amountMinor },
    draw: card.owedMinor + amountMinor <= card.limitMinor,
  }[act];
  if (told.refusal) {
    if (sure && told.refusal.type !== 'NeedsLink') expect({ act, fits }).toEqual({ act, fits: false });
    if (told.refusal.type === 'NeedsLink') expect(shop.tills[till]!.isCut && !isIn).toBe(true);
    return shop.refused(till, card, told.refusal.type, act);
  }
  if (sure) expect({ act, fits }).toEqual({ act, fits: true });
  const posted = told.events.find((event) => event.stage === 'posted')!.result;
  const isPurse = act === 'top-up' || act === 'pay' || act === 'refund';
  const change = act === 'top-up' || act === 'draw' ? amountMinor : -amountMinor;
  if (isPurse) card.purseMinor += change;
  else card.owedMinor += change;
  if (posted.balanceMinor !== null && sure) {
    expect({ act, balance: posted.balanceMinor }).toEqual({
      act,
      balance: isPurse ? card.purseMinor : card.owedMinor,
    });
  }
  const { model } = shop;
  const taken = { 'top-up': amountMinor, repay: amountMinor, refund: -amountMinor, pay: 0, draw: 0 }[act];
  model.note(till, lineOf[act], { amountMinor: taken }, shop.nowMs);
  if (isIn) model.money(till, tender === 'cash' ? { cashInMinor: amountMinor } : { otherMinor: amountMinor });
  if (act === 'refund') model.money(till, { cashBackMinor: amountMinor });
  if (act === 'pay') model.money(till, { purseMinor: amountMinor });
  if (act === 'draw') model.money(till, { creditMinor: amountMinor });
  model.transaction(kindOf[act], change, 0);
  shop.touched(till, card);
  shop.count(act);
}

export async function drawer(shop: MonthShop, till: number): Promise<void> {
  const { calls } = shop.tills[till]!;
  const intention = shop.intention();
  const approval = shop.approval(till);
  if (shop.random.chance(0.3)) {
    await calls.drawer.open({ intention, reason: 'change', approval });
    for (const tally of [shop.model.tills[till]!.since, shop.model.all]) tally.drawer += 1;
    return shop.count('drawer opened');
  }
  const amountMinor = shop.random.between(1, 40) * 250 * (shop.random.chance(0.5) ? 1 : -1);
  await calls.drawer.move({ intention, amountMinor, reason: 'Monnaie', approval });
  shop.model.money(till, amountMinor > 0 ? { putInMinor: amountMinor } : { takenOutMinor: -amountMinor });
  shop.model.date(till, shop.nowMs);
  shop.count('cash moved');
}
