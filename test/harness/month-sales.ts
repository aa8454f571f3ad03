import { expect } from 'vitest';
import type { ReversalResult, SaleEvent, SaleResult } from '#contract/till/loyalty.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { CardNote, Purchase } from './month-model.ts';
import { bytes } from './month-random.ts';
import type { MonthShop } from './month-shop.ts';
import { type AtReader, refusalIn, type Told } from './month-till.ts';

// Purchases, points spent and both taken back: each act once at the product and once in the notebook, and that both say the same.

const giftPoints: Record<string, number> = { savon: 200, huile: 600, 'riz-5kg': 1500 };
const offlineCapPoints = 1_000;
const birthdayPoints = 100;

export async function sell(shop: MonthShop, till: number, card: CardNote): Promise<void> {
  const amountMinor = shop.random.between(1, 500) * 25;
  const excludedMinor = shop.random.chance(0.2) ? shop.random.between(0, amountMinor) : 0;
  const tender = shop.random.chance(0.3) ? ('other' as const) : ('cash' as const);
  const intention = shop.intention();
  const { model } = shop;
  const begin = () => {
    const asked = { intention, amountMinor, excludedMinor, tender, source: 'keyboard' as const };
    return shop.tills[till]!.calls.loyalty.sell(asked);
  };
  const { told, moment, atMs } = await atCard(shop, till, card, begin);
  // Pulled while an earlier write was put right: nothing was sold.
  if (told.refusal?.type === 'CardRemoved') return shop.count('pulled too early');
  if (told.refusal) return shop.refused(till, card, told.refusal.type, 'sale');
  const result = resultOf(told);
  expect(result).toMatchObject({ cardNumber: card.cardNumber, amountMinor });
  const sure = shop.isSure(card);
  const version = result.rulesVersion;
  expect(version).toBeGreaterThanOrEqual(shop.versions[till]!);
  shop.versions[till] = version;
  if (!sure) shop.tapped(till, card);
  const extra = (what: string) => result.extras.find((each) => each.what === what)?.points ?? 0;
  const expired = sure ? model.expired(card, atMs) : -extra('expired');
  const birthday = birthdayBonus(shop, till, card, extra('birthday'));
  const own = model.earned(version, amountMinor, excludedMinor, atMs);
  const points = own + birthday - expired;
  expect({ sale: result.ticketNumber, points: result.points, welcome: extra('welcome') }).toEqual({
    ...{ sale: result.ticketNumber, points, welcome: 0 },
  });
  if (sure) expect([result.previousBalance, result.balance]).toEqual([card.points, card.points + points]);
  if (expired > 0) shop.count('points expired');
  card.points += points;
  card.spendMinor += amountMinor;
  if (result.card === 'applied' || moment === 'after') shop.written(card, atMs);
  else card.pending.push({ points, atMs });
  if (result.card === 'unknown') shop.count('sale torn');
  if (sure) journalSays(shop, till, card);
  model.note(till, 'sale', { amountMinor, points }, atMs);
  model.moved(till, own + birthday);
  model.moved(till, -expired);
  model.money(till, tender === 'cash' ? { cashInMinor: amountMinor } : { otherMinor: amountMinor });
  model.transaction('loyalty.sale', amountMinor, points);
  const { ticketNumber } = result;
  const facts = { ticketNumber, intention, till, card, kind: 'sale' as const, amountMinor, ownPoints: own };
  model.purchases.push({ ...facts, moneyOffMinor: 0, tender, goneMinor: 0, gonePoints: 0 });
  shop.touched(till, card);
  shop.count('sale');
}

/** What the till's own journal comes to, right after an operation with the card. */
function journalSays(shop: MonthShop, till: number, { cardNumber, points }: CardNote): void {
  const known = shop.tills[till]!.service.loyalty.reader.card(cardNumber);
  expect([cardNumber, known?.balance]).toEqual([cardNumber, points]);
}

function birthdayBonus(shop: MonthShop, till: number, card: CardNote, told: number): number {
  if (told === 0) {
    const due = shop.model.hasBirthday(card, shop.nowMs) && !card.birthdayGiven && !shop.news[till]!.has(card);
    expect({ card: card.cardNumber, due }).toEqual({ card: card.cardNumber, due: false });
    return 0;
  }
  expect([shop.model.hasBirthday(card, shop.nowMs), told]).toEqual([true, birthdayPoints]);
  if (card.birthdayGiven) shop.model.casesExpected.push('BonusTwice');
  card.birthdayGiven = true;
  shop.count('birthday bonus');
  return told;
}

/** One act with the card laid down, sometimes pulled at the write; when the till dies at that, it is asked again. */
async function atCard(shop: MonthShop, till: number, card: CardNote, begin: () => Promise<AsyncIterable<SaleEvent>>) {
  const chip = shop.chips.get(card)!;
  const moment = shop.random.chance(0.1) ? shop.random.one(['before', 'after'] as const) : null;
  const back: AtReader['back'] = shop.random.one(['returns', 'stays-away', 'till-dies']);
  if (moment) chip.tear(moment);
  const atMs = shop.nowMs;
  let told: Told<SaleEvent> = await shop.tills[till]!.told(begin, { card: chip, back });
  if (told.killed) {
    shop.count('till killed');
    await shop.switchOn(till);
    told = await shop.tills[till]!.told(begin, { card: shop.chips.get(card)! });
  }
  // It was not written to: the next visitor pulls nothing.
  if (chip.tearArmed) shop.chips.set(card, VirtualDesfire.fromJSON(chip.toJSON(), bytes));
  return { told, moment: moment && !chip.tearArmed ? moment : null, atMs };
}

export async function spend(shop: MonthShop, till: number, card: CardNote): Promise<void> {
  const gift = shop.random.one(['savon', 'huile', 'money']);
  const what =
    gift === 'money'
      ? { kind: 'points' as const, points: shop.random.between(1, 12) * 100 }
      : { kind: 'gift' as const, gift };
  const points = what.kind === 'points' ? what.points : giftPoints[gift]!;
  const moneyOffMinor = what.kind === 'points' ? (points / 100) * 500 : 0;
  const intention = shop.intention();
  const begin = () => shop.tills[till]!.calls.loyalty.spend({ intention, what, source: 'keyboard' });
  const sure = shop.isSure(card);
  const spentBefore = shop.unheard[till]!.get(card) ?? 0;
  const { told, moment, atMs } = await atCard(shop, till, card, begin);
  const { model } = shop;
  const reach = card.points - model.expired(card, atMs);
  if (told.refusal?.type === 'CardRemoved') return shop.count('pulled too early');
  if (told.refusal) {
    const { type } = told.refusal;
    if (sure && type === 'NotEnoughPoints') expect(reach).toBeLessThan(points);
    if (type === 'OfflineCapExceeded') expect(spentBefore + points).toBeGreaterThan(offlineCapPoints);
    return shop.refused(till, card, type, 'spend');
  }
  if (sure) expect(reach).toBeGreaterThanOrEqual(points);
  if (shop.tills[till]!.isCut) expect(spentBefore + points).toBeLessThanOrEqual(offlineCapPoints);
  if (!sure) shop.tapped(till, card);
  const result = resultOf(told);
  const isTorn = result.card === 'unknown';
  const took = !isTorn || moment === 'after';
  if (took) {
    card.points -= points;
    shop.written(card, atMs);
  }
  if (isTorn) {
    card.torn = { till, points, moneyOffMinor, took };
    shop.count('spending torn');
  }
  model.note(till, moneyOffMinor > 0 ? 'money-off' : 'gift', { points: -points }, atMs);
  model.moved(till, -points);
  model.money(till, { moneyOffMinor });
  if (took) model.transaction('loyalty.spend', -moneyOffMinor, -points);
  expect([result.points, result.amountMinor]).toEqual([-points, moneyOffMinor]);
  if (!isTorn) {
    if (sure) expect(result.balance).toBe(card.points);
    if (sure) journalSays(shop, till, card);
    const { ticketNumber } = result;
    const facts = { ticketNumber, intention, till, card, kind: 'spend' as const, amountMinor: 0, ownPoints: -points };
    model.purchases.push({ ...facts, moneyOffMinor, tender: 'cash', goneMinor: 0, gonePoints: 0 });
  }
  shop.touched(till, card, points);
  shop.count('spend');
}

export async function reverse(shop: MonthShop, till: number, of: Purchase): Promise<void> {
  const { card } = of;
  const left = of.amountMinor - of.goneMinor;
  const part = of.kind === 'sale' && left > 1 && shop.random.chance(0.5) ? shop.random.between(1, left) : null;
  // Another till's number may be a place in this journal: without the server's word nobody could tell which is meant.
  const { link } = await shop.tills[till]!.calls.till.status();
  const asked = {
    intention: shop.intention(),
    entry: of.till === till || link === 'online' ? of.ticketNumber : of.intention,
    amountMinor: part,
    reason: 'Erreur de caisse',
  };
  const isThere = shop.random.chance(0.3);
  const calls = () => shop.tills[till]!.calls.loyalty.reverse({ ...asked, approval: shop.approval(till) });
  const answer = await shop.withLink(till, () =>
    shop.tills[till]!.beside(isThere ? shop.chips.get(card)! : null, () => refusalIn(calls())),
  );
  if ('type' in answer) {
    const isGone = of.kind === 'sale' ? left === 0 : of.gonePoints === of.ownPoints;
    const isFar = of.till !== till && shop.tills[till]!.isCut;
    const isAmbiguous = of.till !== till && answer.facts?.why === 'ambiguous';
    const due = isAmbiguous ? 'NotReversible' : isFar ? 'NeedsLink' : isGone ? 'AlreadyReversed' : null;
    const told = { ...asked, kind: of.kind, facts: answer.facts };
    expect({ ...told, type: answer.type }).toEqual({ ...told, type: due });
    return shop.count('reversal refused');
  }
  const result: ReversalResult = answer;
  const amountMinor = of.kind === 'sale' ? (part ?? left) : 0;
  const whole = amountMinor === left;
  const gone = whole ? of.ownPoints : Math.floor((of.ownPoints * (of.goneMinor + amountMinor)) / of.amountMinor);
  const points = of.gonePoints - gone;
  expect(result).toMatchObject({
    cardNumber: card.cardNumber,
    amountMinor,
    points: points === 0 ? 0 : points,
    whole,
  });
  of.goneMinor += amountMinor;
  of.gonePoints = gone;
  card.points += points;
  card.spendMinor -= amountMinor;
  card.pending.push({ points, atMs: shop.nowMs });
  if (isThere) shop.tapped(till, card);
  expect(result.card).toBe(isThere && card.state === 'in-use' ? 'applied' : result.card);
  const { model } = shop;
  model.note(till, 'reversal', { amountMinor: -amountMinor, points }, shop.nowMs);
  model.moved(till, points);
  model.money(till, of.tender === 'cash' ? { cashBackMinor: amountMinor } : { otherMinor: -amountMinor });
  model.money(till, { moneyOffMinor: -of.moneyOffMinor });
  model.transaction('loyalty.reversal', of.moneyOffMinor - amountMinor, points);
  shop.touched(till, card);
  shop.count(whole ? 'reversal in full' : 'reversal in part');
}

function resultOf({ events, refusal }: Told<SaleEvent>): SaleResult {
  const found = events.find((event) => event.stage === 'result');
  if (found?.stage !== 'result') throw new Error(`no result: ${JSON.stringify({ events, refusal })}`);
  return found.result;
}
