import { expect } from 'vitest';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { CardNote } from './month-model.ts';
import { bytes } from './month-random.ts';
import type { MonthShop } from './month-shop.ts';
import { refusalIn } from './month-till.ts';

// Cards made, looked at, blocked and replaced: each act once at the product and once in the notebook, and that both say the same.

const welcomePoints = 50;

export async function issue(shop: MonthShop, till: number): Promise<CardNote | null> {
  shop.uids += 1;
  const uid = Uint8Array.of(4, 0x55, 0, 0, 0, shop.uids >> 8, shop.uids & 255);
  const chip = new VirtualDesfire({ uid, randomBytes: bytes });
  if (shop.random.chance(0.2)) chip.tearAt(shop.random.between(2, 40), shop.random.one(['before', 'after'] as const));
  const { calls, isCut } = shop.tills[till]!;
  const intention = shop.intention();
  const begin = () => calls.cards.issue({ intention });
  const told = await shop.withLink(till, () => shop.tills[till]!.told(begin, { card: chip }));
  if (isCut) {
    expect(told.refusal).toMatchObject({ type: 'NeedsLink' });
    return null;
  }
  const issued = told.events.find((event) => event.stage === 'issued');
  if (!issued) throw new Error(`not issued: ${JSON.stringify(told)}`);
  const { cardNumber, points, balance } = issued.card;
  expect([points, balance]).toEqual([welcomePoints, welcomePoints]);
  const card = shop.model.newCard(cardNumber, points, shop.nowMs);
  // A copy: it was perhaps to be pulled at a command that never came.
  shop.chips.set(card, VirtualDesfire.fromJSON(chip.toJSON(), bytes));
  shop.model.note(till, 'card-issued', { points }, shop.nowMs);
  shop.model.moved(till, points);
  shop.touched(till, card);
  shop.count('issued');
  return card;
}

export async function block(shop: MonthShop, till: number, card: CardNote, blocked: boolean): Promise<void> {
  const { calls } = shop.tills[till]!;
  const reason = blocked ? ('lost' as const) : ('found' as const);
  await calls.cards.block({
    ...{ intention: shop.intention(), cardNumber: card.cardNumber, blocked, reason },
    approval: shop.approval(till),
  });
  card.state = blocked ? 'blocked' : 'in-use';
  shop.model.note(till, 'card-blocked', {}, shop.nowMs);
  shop.touched(till, card);
  shop.count(blocked ? 'blocked' : 'unblocked');
}

export async function replace(
  shop: MonthShop,
  till: number,
  from: CardNote,
  to: CardNote,
  how: 'replace' | 'merge',
): Promise<void> {
  const asked = { intention: shop.intention(), how, fromCard: from.cardNumber, toCard: to.cardNumber };
  const { calls, isCut } = shop.tills[till]!;
  const ask = () => refusalIn(calls.cards.replace({ ...asked, approval: shop.approval(till) }));
  const answer = await shop.withLink(till, ask);
  if ('type' in answer) {
    expect(answer.type).toBe('NeedsLink');
    expect(isCut || shop.unheard[till]!.has(from)).toBe(true);
    return;
  }
  if (shop.isSure(from)) expect(answer.points).toBe(from.points);
  to.points += from.points;
  to.spendMinor += from.spendMinor;
  to.purseMinor += from.purseMinor;
  to.owedMinor += from.owedMinor;
  to.limitMinor = Math.max(to.limitMinor, from.limitMinor);
  shop.model.sameCustomer.push([from.cardNumber, to.cardNumber]);
  // The customer goes with the card, unless the other card has one already.
  if (from.birthday !== null && to.birthday === null) {
    to.birthday = from.birthday;
    to.birthdayGiven ||= from.birthdayGiven;
  }
  Object.assign(from, { points: 0, spendMinor: 0, purseMinor: 0, owedMinor: 0, state: 'gone', pending: [] });
  to.pending.push({ points: answer.points, atMs: shop.nowMs });
  shop.model.note(till, 'card-replaced', {}, shop.nowMs);
  for (const card of [from, to]) shop.touched(till, card);
  shop.count(how);
}

/** The card is looked at; where all have heard of all, everybody says the same of it. */
export async function look(shop: MonthShop, till: number, card: CardNote): Promise<void> {
  const { calls } = shop.tills[till]!;
  const { events, refusal } = await shop.tills[till]!.told(() => calls.loyalty.showCard({}), {
    card: shop.chips.get(card)!,
  });
  expect(refusal).toBeNull();
  const wasSure = shop.isSure(card);
  if (card.state === 'in-use') shop.tapped(till, card);
  const shown = events.find((event) => event.stage === 'result');
  if (shown?.stage !== 'result') throw new Error('no card was shown');
  const { balances, cardNumber, difference } = shown.card;
  expect(cardNumber).toBe(card.cardNumber);
  if (wasSure) {
    expect([cardNumber, balances[0]!.balance, shown.card.totalSpendMinor]).toEqual([
      cardNumber,
      card.points,
      card.spendMinor,
    ]);
    if (shown.card.ledger) expect([cardNumber, difference]).toEqual([cardNumber, 'none']);
  }
  if (shown.card.settled.length > 0) shop.touched(till, card);
  shop.count('looked at');
}
