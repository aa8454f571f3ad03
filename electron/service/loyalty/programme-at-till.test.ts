import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Programme } from '#contract/loyalty/programme.ts';
import { previewLines } from '#contract/tickets/layout.ts';
import { newestOn, shopAtCounter, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { settleAfterRestart } from './after-restart.ts';

const awasNumber = '0417209320';
let counter: TestCounter;
beforeEach(async () => {
  counter = await TestCounter.open();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const useProgramme = (changes: Partial<Programme>) => {
  const programme = { ...shopAtCounter.programme, version: 4, ...changes };
  counter.store.feed.apply([{ item: 'programme', programme }], 3);
  counter.parts.shop = () => ({ ...shopAtCounter, programme });
};
const paper = () =>
  previewLines(counter.tickets.at(-1)!, 42)
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/[\u202f\u00a0]/g, ' ');

describe('the shop’s programme at the counter', () => {
  it('[T18] what is excluded earns nothing, and the entry and the ticket say so', async () => {
    const sale = await counter.sold(await shopCard(), { amountMinor: 1250, excludedMinor: 300 });
    expect(sale.result()).toMatchObject({ points: 9, amountMinor: 1250, totalSpendMinor: 122_750, rulesVersion: 3 });
    expect(counter.entries()[0]).toMatchObject({ body: { excludedMinor: 300 } });
    expect(paper()).toMatch(/Dont sans points +300 F CFA/);
    expect((await counter.sell({ amountMinor: 10, excludedMinor: 11 })).end()).toMatchObject({
      error: { type: 'AmountTooLarge' },
    });
  });

  it('[T18] a card of a lot gets its welcome at its first purchase, once', async () => {
    useProgramme({ welcomePoints: 50 });
    const blank = await shopCard(4_179_100, {
      record: { operation: 'issue', counter: 0, balancePoints: 0, deltaPoints: 0, totalSpendMinor: 0 },
    });
    const first = await counter.sold(blank);
    expect(first.result()).toMatchObject({
      points: 62,
      balance: 62,
      extras: [{ what: 'welcome', points: 50 }],
      rulesVersion: 4,
      lastVisitMs: null,
    });
    expect(paper()).toMatch(/Points gagnés +\+12\nBienvenue +\+50/);
    expect((await counter.sold(blank)).result()).toMatchObject({ points: 12, extras: [] });
  });

  it('[T18] a birthday is kept once a year, also before the server has heard of it, and after a restart', async () => {
    useProgramme({ birthday: { points: 100, daysBefore: 3, daysAfter: 3 } });
    const member = { cardNumber: awasNumber, birthdayBonusYear: 2025, language: null, ticketByEmail: false };
    counter.store.feed.apply([{ item: 'member', ...member, birthday: '11-22' }], 4);
    const card = await shopCard();
    expect((await counter.sold(card)).result()).toMatchObject({
      points: 112,
      extras: [{ what: 'birthday', points: 100 }],
    });
    expect((await counter.sold(card)).result()).toMatchObject({ points: 12, extras: [] });
    await counter.restart();
    await counter.lift();
    useProgramme({ birthday: { points: 100, daysBefore: 3, daysAfter: 3 } });
    expect((await counter.sold(card)).result()).toMatchObject({ points: 12 });
  });

  it('[T18] [N2] a birthday is kept once a year, though the service falls while a torn card is awaited', async () => {
    const rules = () => useProgramme({ birthday: { points: 100, daysBefore: 3, daysAfter: 3 } });
    rules();
    const member = { cardNumber: awasNumber, birthdayBonusYear: 2025, language: null, ticketByEmail: false };
    counter.store.feed.apply([{ item: 'member', ...member, birthday: '11-22' }], 4);
    const card = await shopCard();
    card.tearAt(6, 'before');
    await counter.sell();
    await counter.tap(card);
    await counter.lift();
    await counter.restart();
    settleAfterRestart(counter.parts);
    rules();
    expect((await counter.sold(card)).result()).toMatchObject({ previousBalance: startBalance + 112, points: 12 });
    // What the feed has said since is newer than what this journal knows.
    counter.store.feed.apply([{ item: 'member', ...member, birthday: '11-22', birthdayBonusYear: 2027 }], 5);
    await counter.restart();
    settleAfterRestart(counter.parts);
    expect(counter.store.feed.member(awasNumber)).toMatchObject({ birthdayBonusYear: 2027 });
  });

  const years = 365 * 86_400_000;
  it.each([
    ['fast, as the server has told', -3 * years, 3 * years],
    ['slow, as the server has told', 3 * years, -3 * years],
    ['slow, and nobody has told', 0, -3 * years],
  ])('[T18] [N5] a clock that is %s takes no points from anybody', async (_, behindMs, byMs) => {
    useProgramme({ expiryMonths: 12 });
    const card = await shopCard(undefined, { record: { timeSeconds: Math.floor(counter.clock.wallMs() / 1000) } });
    counter.clock.shiftWall(byMs);
    counter.behindServerMs = behindMs;
    expect((await counter.sold(card)).result()).toMatchObject({ points: 12, extras: [] });
    const spent = await counter.spent(card);
    expect(await counter.reverse(spent.intention)).toMatchObject({ ok: true });
    await counter.show(card);
    counter.clock.shiftWall(-byMs);
    counter.behindServerMs = 0;
    expect((await counter.sold(card)).result()).toMatchObject({ points: 12, extras: [], balance: startBalance + 24 });
  });

  it('[T18] [T20] points that have expired are taken by the sale; taking the sale back does not revive them', async () => {
    useProgramme({ expiryMonths: 12 });
    const card = await shopCard(undefined, { record: { timeSeconds: Date.UTC(2025, 9, 1) / 1000 } });
    const sale = await counter.sold(card);
    expect(sale.result()).toMatchObject({
      points: 12 - startBalance,
      balance: 12,
      extras: [{ what: 'expired', points: -startBalance }],
    });
    expect(await counter.reverse(sale.intention)).toMatchObject({ value: { points: -12, balance: 0, whole: true } });
    await counter.show(card);
    expect(await newestOn(card)).toMatchObject({ balancePoints: 0 });
  });
});
