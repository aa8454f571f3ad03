import { expect } from 'vitest';
import { block, issue, look, replace } from './month-cards.ts';
import { closeDay, ledgerAgrees, lookAtDay } from './month-checks.ts';
import type { CardNote } from './month-model.ts';
import { account, drawer } from './month-money.ts';
import { reverse, sell, spend } from './month-sales.ts';
import type { MonthShop } from './month-shop.ts';

const hourMs = 3_600_000;
export type MonthPlan = {
  /** On which the shop opens at eight, one after the other. */
  days: number;
  operationsPerDay: number;
  /** Days on which the programme changes, at some moment of it. */
  publishOn: number[];
  /** The shop is shut for so many days after this one. */
  shutAfter: { day: number; days: number };
};

/** The next time that clocks in the shop show this hour. */
function nextAt(hour: number, nowMs: number, timeZone: string): number {
  const shown = (ms: number) =>
    Number(new Date(ms).toLocaleString('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }));
  let ms = Math.ceil(nowMs / (hourMs / 2)) * (hourMs / 2);
  while (shown(ms) !== hour) ms += hourMs / 2;
  return ms;
}

/** The shop from the first morning on, day after day. */
export async function runMonth(shop: MonthShop, plan: MonthPlan): Promise<void> {
  const { random, time, tills, model } = shop;
  const cutUntil = [0, 0];
  for (let day = 1; day <= plan.days; day += 1) {
    await time.pass(nextAt(8, time.nowMs, model.timeZone) - time.nowMs);
    for (const till of [0, 1]) {
      // Never for longer than a till may go on alone: there is a day between two cuts, and none lasts while the shop is shut.
      if (cutUntil[till]! < day - 1 && day > 2 && random.chance(0.14)) {
        const isBefore = day <= plan.shutAfter.day;
        cutUntil[till] = Math.min(day + random.between(0, 2), isBefore ? plan.shutAfter.day - 1 : plan.days);
        shop.count('link cut');
      }
      tills[till]!.isCut = cutUntil[till]! >= day;
      await shop.switchOn(till);
      await shop.sync(till);
      if (random.chance(0.9)) await openDay(shop, till);
    }
    if (day === 1) await firstCards(shop);
    const publishAt = plan.publishOn.includes(day) ? random.between(1, plan.operationsPerDay - 1) : -1;
    for (let at = 0; at < plan.operationsPerDay; at += 1) {
      await time.pass(random.between(1, Math.floor((11 * hourMs) / plan.operationsPerDay)));
      for (const till of tills) await till.quiet();
      if (at === publishAt) await publishMore(shop);
      if (random.chance(0.04)) random.one(tills).answersToLose = 1;
      await operate(shop, random.between(0, 1));
    }
    // The last evening of the year, and others, end after midnight.
    if (
      random.chance(0.1) ||
      new Date(time.nowMs).toLocaleDateString('en-GB', { timeZone: model.timeZone }).startsWith('31/12')
    ) {
      await time.pass(nextAt(0, time.nowMs, model.timeZone) - time.nowMs + 600_000);
      await operate(shop, random.between(0, 1));
      shop.count('past midnight');
    }
    await evening(shop, day === plan.days);
    if (day === plan.shutAfter.day) await time.pass(plan.shutAfter.days * 24 * hourMs);
  }
}

async function openDay(shop: MonthShop, till: number): Promise<void> {
  const floatMinor = shop.random.between(0, 8) * 2_500;
  const { since } = shop.model.tills[till]!;
  if (since.openedDay !== null) return;
  await shop.tills[till]!.calls.day.open({ intention: shop.intention(), floatMinor });
  since.openedDay = shop.model.dayOf(shop.nowMs);
  for (const tally of [since, shop.model.all]) tally.floatMinor += floatMinor;
  shop.count('day opened');
}

/** The first morning: a boxful of cards, some of whose customers then stay away for more than a month. */
async function firstCards(shop: MonthShop): Promise<void> {
  for (let count = 0; count < 8; count += 1) {
    const card = await issue(shop, count % 2);
    if (!card) continue;
    card.sleeps = count < 2;
    if (card.sleeps) await sell(shop, 0, card);
  }
  await shop.syncAll();
}

async function publishMore(shop: MonthShop): Promise<void> {
  const [perMinor, points] = shop.random.one([
    [150, 2],
    [100, 1],
    [70, 3],
  ] as const);
  const multipliers = [{ weekdays: [7], fromMinute: 0, toMinute: 1440, percent: 250 }];
  await shop.publish((programme) => ({ ...programme, earn: { points, perAmountMinor: perMinor, multipliers } }), {
    perMinor,
    points,
    sundayPercent: 250,
  });
}

async function evening(shop: MonthShop, isLast: boolean): Promise<void> {
  const { random, tills, time } = shop;
  for (const till of [0, 1]) {
    if (isLast || random.chance(0.93)) await closeDay(shop, till);
    if (random.chance(0.2)) {
      await time.pass(600_000);
      await operate(shop, till);
      shop.count('after the Z');
    }
  }
  await shop.syncAll();
  await ledgerAgrees(shop);
  if (!isLast) for (const till of tills) await till.switchOff();
  else for (const till of tills) till.isCut = false;
}

/** One thing that somebody does at a counter. */
async function operate(shop: MonthShop, till: number): Promise<void> {
  const { random, model } = shop;
  const awake = model.cards.filter((card) => !card.sleeps || isBack(shop, card));
  const inUse = awake.filter(({ state }) => state === 'in-use');
  const whole = inUse.filter(({ torn }) => !torn);
  const card = random.one(inUse);
  const what = random.among({
    ...{ sell: 50, spend: 14, reverse: 9, topUp: 5, pay: 4, draw: 3, repay: 3, refund: 1.5, issue: 3, look: 5 },
    ...{ drawer: 4, x: 3, block: 2, blockedCard: 2, replace: 1.5, merge: 0.7, limit: 2, birthday: 2, healed: 6 },
  });
  switch (what) {
    case 'sell':
      return sell(shop, till, card);
    case 'spend':
      return spend(shop, till, random.one(whole));
    case 'reverse': {
      const { purchases } = model;
      const some = purchases.slice(-25).filter((each) => each.card.state === 'in-use' && !each.card.torn);
      const of = some.filter((each) => each.till === till || each.card === undefined || shop.isSure(each.card));
      return of.length > 0 ? reverse(shop, till, random.one(of)) : undefined;
    }
    case 'topUp':
      return account(shop, till, card, 'top-up');
    case 'pay':
    case 'draw':
    case 'repay':
    case 'refund':
      return account(shop, till, card, what);
    case 'issue':
      return void (await issue(shop, till));
    case 'look':
      return look(shop, till, card);
    case 'healed': {
      const torn = inUse.find(({ torn }) => torn);
      return torn ? look(shop, torn.torn!.till, torn) : undefined;
    }
    case 'drawer':
      return drawer(shop, till);
    case 'x':
      return lookAtDay(shop, till);
    case 'block':
      return blocking(shop, till, random.one(whole));
    case 'blockedCard': {
      const blocked = awake.find(({ state }) => state !== 'in-use');
      return blocked && !shop.news[till]!.has(blocked) ? sell(shop, till, blocked) : undefined;
    }
    case 'replace':
    case 'merge':
      return replacing(shop, till, what, random.one(whole));
    case 'limit': {
      const limitMinor = random.between(1, 10) * 1_000;
      await (await shop.office()).office.setCreditLimit({ cardNumber: card.cardNumber, limitMinor });
      card.limitMinor = limitMinor;
      return shop.count('credit limit');
    }
    case 'birthday':
      return birthday(shop, card);
  }
}

const isBack = ({ model, nowMs }: MonthShop, card: CardNote) => model.expired(card, nowMs) > 0;

/** Now and then a lost card turns up again. */
async function blocking(shop: MonthShop, till: number, card: CardNote): Promise<void> {
  const blocked = shop.model.cards.find((each) => each.state === 'blocked' && shop.isSure(each));
  if (blocked && shop.random.chance(0.7)) return block(shop, till, blocked, false);
  if (shop.isSure(card)) return block(shop, till, card, true);
}

async function replacing(shop: MonthShop, till: number, how: 'replace' | 'merge', from: CardNote): Promise<void> {
  if (from.torn || shop.tills.some(({ isCut }) => isCut)) return;
  await shop.syncAll();
  const others = shop.model.cards.filter(
    (card) => card !== from && card.state === 'in-use' && !card.torn && !card.sleeps,
  );
  const to = how === 'merge' ? shop.random.one(others) : await issue(shop, till);
  if (!to) return;
  await shop.sync(till);
  await replace(shop, till, from, to, how);
}

async function birthday(shop: MonthShop, card: CardNote): Promise<void> {
  if (card.birthday !== null || shop.tills.some(({ isCut }) => isCut)) return;
  const isNear = shop.random.chance(0.6);
  const birthday = shop.model.dayOf(shop.nowMs + (isNear ? 0 : 90 * 24 * hourMs));
  const nobody = { name: 'Afi', phone: null, email: null, language: null, ticketByEmail: false };
  const consents = { sms: false, email: false, mail: false };
  const customer = { ...nobody, birthday: birthday.slice(5), consents };
  await (await shop.office()).office.putCustomer({ cardNumber: card.cardNumber, customer });
  await shop.syncAll();
  card.birthday = birthday;
  expect(card.birthdayGiven).toBe(false);
  shop.count('customer known');
}
