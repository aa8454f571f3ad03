import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, type ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { previewLines } from '#contract/tickets/layout.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { giveCardPin, newestOn, shopAtCounter, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { TestCentral } from '#test/harness/test-central.ts';

const awasNumber = '0417209320';
/** Eight digits: four are found in some hash sooner or later. */
const pin = '47110815';

let counter: TestCounter;
let card: VirtualDesfire;
beforeEach(async () => {
  counter = await TestCounter.open();
  card = await shopCard();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const settings = (changes: Partial<ShopSettings>) =>
  counter.store.feed.apply([{ item: 'settings', settings: { ...defaultSettings, ...changes } }], 2);
const baguette = { what: { kind: 'gift', gift: 'baguette' } } as const;
const points = (many: number) => ({ what: { kind: 'points', points: many } }) as const;
const ticketText = () =>
  previewLines(counter.tickets.at(-1)!, 42)
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/[\u202f\u00a0]/g, ' ');

describe('a spending without a link', () => {
  it('[T5] gives a gift for its points: the card and the journal agree, and the ticket says so', async () => {
    const spent = await counter.spent(card, baguette);
    expect(spent.stages()).toEqual(['present-card', 'reading', 'result', 'printed']);
    expect(spent.result()).toMatchObject({
      operation: 'spend',
      amountMinor: 0,
      points: -50,
      reward: { kind: 'gift', id: 'baguette' },
      rulesVersion: 3,
      previousBalance: startBalance,
      balance: startBalance - 50,
      totalSpendMinor: 121_500,
      card: 'applied',
      exchanges: 7,
    });
    expect(await newestOn(card)).toMatchObject({
      operation: 'spend',
      counter: 13,
      balancePoints: startBalance - 50,
      deltaPoints: -50,
      totalSpendMinor: 121_500,
    });
    expect(counter.parts.reader.card(awasNumber)).toMatchObject({ balance: startBalance - 50, counter: 13 });
    expect(counter.kinds()).toEqual(['loyalty.spend', 'card.outcome', 'ticket.outcome']);
    expect(counter.entries()[0]).toMatchObject({
      postings: [
        { account: `card:${awasNumber}`, commodity: 'points:port', amount: -50 },
        { account: 'shop:issued', commodity: 'points:port', amount: 50 },
      ],
      body: { pin: 'not-set', ticketNumber: '2-2' },
    });
    for (const said of ['CADEAU', 'Une baguette', '−50', 'SOLDE 1 165 points']) expect(ticketText()).toContain(said);
  });

  it('[T5] takes points as money, full steps only', async () => {
    const spent = await counter.spent(card, points(250));
    expect(spent.result()).toMatchObject({
      points: -200,
      amountMinor: 1000,
      reward: { kind: 'money', amountMinor: 1000 },
      balance: startBalance - 200,
    });
    expect(ticketText()).toMatch(/REMISE +−1 000 F CFA/);
  });

  it.each([
    ['a gift nobody gives', { what: { kind: 'gift', gift: 'voiture' } }, 'GiftUnknown'],
    ['fewer points than one step', points(99), 'NoMoneyForPoints'],
  ] as const)('refuses %s before any card is asked for', async (_, wanted, type) => {
    const spending = await counter.spend(wanted);
    expect(spending.events).toEqual([]);
    expect(spending.end()).toMatchObject({ ok: false, error: { type } });
    expect(counter.entries()).toEqual([]);
  });

  it('[T36] refuses what the balance does not hold, with the checks on record', async () => {
    const spending = await counter.spent(card, { what: { kind: 'gift', gift: 'gateau' } });
    expect(spending.end()).toMatchObject({
      ok: false,
      error: { type: 'NotEnoughPoints', facts: { balance: startBalance, missing: 1500 - startBalance } },
    });
    expect(counter.entries()).toMatchObject([
      {
        kind: 'loyalty.refused',
        body: { reason: 'NotEnoughPoints', operation: 'spend', amountMinor: 1500, cardNumber: awasNumber },
      },
    ]);
    expect(await newestOn(card)).toMatchObject({ counter: 12, balancePoints: startBalance });
  });

  it('[T5] [T18] of what has expired since the last visit nothing is spent, nor comes back by it', async () => {
    const programme = { ...shopAtCounter.programme, expiryMonths: 12 };
    counter.parts.shop = () => ({ ...shopAtCounter, programme });
    const at = (moment: string) => {
      counter.behindServerMs = Date.parse(moment) - counter.clock.wallMs();
    };
    expect((await newestOn(card)).timeSeconds).toBe(Date.parse('2026-11-18T11:06:40Z') / 1000);
    at('2027-11-19T00:00:00Z');
    expect((await counter.spent(card, baguette)).end()).toMatchObject({
      error: { type: 'NotEnoughPoints', facts: { balance: 0, missing: 50 } },
    });
    expect(await counter.show(card)).toMatchObject({
      value: { balances: [{ balance: startBalance }], spendable: { gifts: [], money: null } },
    });
    expect(await newestOn(card)).toMatchObject({ counter: 12, balancePoints: startBalance });
    at('2027-11-18T23:59:00Z');
    expect((await counter.spent(card, baguette)).result()).toMatchObject({ balance: startBalance - 50 });
  });

  it('[T5] stays within the cap in one operation, and in all of a card until the server has heard (invariant 17)', async () => {
    settings({ offlineSpendCapPoints: 300 });
    expect((await counter.spent(card, points(400))).end()).toMatchObject({
      error: { type: 'OfflineCapExceeded', facts: { capPoints: 300, spentPoints: 0 } },
    });
    expect((await counter.spent(card, points(200))).result()).toMatchObject({ points: -200 });
    expect((await counter.spent(card, points(200))).end()).toMatchObject({
      error: { type: 'OfflineCapExceeded', facts: { capPoints: 300, spentPoints: 200 } },
    });
    await counter.restart();
    await counter.lift();
    expect((await counter.spent(card, points(200))).end()).toMatchObject({ error: { type: 'OfflineCapExceeded' } });
    expect((await counter.spent(card, points(100))).result()).toMatchObject({ balance: startBalance - 300 });
    counter.acknowledgeAll();
    expect((await counter.spent(card, points(300))).result()).toMatchObject({ balance: startBalance - 600 });
  });

  it('refuses a card on the hot list', async () => {
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: true }], 2);
    expect((await counter.spent(card, baguette)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
  });

  it('gives a repeat of its intention the first answer, also after a restart, and refuses another content', async () => {
    const { intention, result } = await counter.spent(card, baguette);
    const first = result();
    const again = await counter.spend({ intention, ...baguette });
    expect(again.result()).toEqual(first);
    await counter.restart();
    expect((await counter.spend({ intention, ...baguette })).result()).toEqual(first);
    await expect(counter.spend({ intention, ...points(100) })).rejects.toThrow('IntentionReused');
    expect(await newestOn(card)).toMatchObject({ counter: 13 });
  });

  it('takes no other number of points for the same, as long as they are other steps', async () => {
    const { intention, result } = await counter.spent(card, points(250));
    const first = result();
    await counter.restart();
    expect((await counter.spend({ intention, ...points(250) })).result()).toEqual(first);
    for (const many of [199, 300, 1000])
      await expect(counter.spend({ intention, ...points(many) })).rejects.toThrow('IntentionReused');
  });
});

describe('the PIN, judged by the card itself', () => {
  beforeEach(() => giveCardPin(card, pin));

  it('[T5] is asked for, and the same intention goes on with it', async () => {
    const asked = await counter.spent(card, baguette);
    expect(asked.end()).toMatchObject({ ok: false, error: { type: 'PinRequired' } });
    expect(counter.entries()).toEqual([]);
    const spent = await counter.spent(card, { intention: asked.intention, pin, ...baguette });
    expect(spent.result()).toMatchObject({ card: 'applied', balance: startBalance - 50, exchanges: 11 });
    expect(counter.entries()[0]).toMatchObject({
      body: { pin: 'card', checks: expect.arrayContaining([{ check: 'pin', outcome: 'passed' }]) },
    });
    expect(JSON.stringify(counter.entries())).not.toContain(pin);
  });

  it('[T5] [T36] wrong, costs a try and nothing else; after three it is blocked, also for the right one', async () => {
    for (const triesLeft of [2, 1]) {
      expect((await counter.spent(card, { pin: '0000', ...baguette })).end()).toMatchObject({
        error: { type: 'PinWrong', facts: { triesLeft } },
      });
    }
    expect((await counter.spent(card, { pin: '0000', ...baguette })).end()).toMatchObject({
      error: { type: 'PinBlocked' },
    });
    expect((await counter.spent(card, { pin, ...baguette })).end()).toMatchObject({ error: { type: 'PinBlocked' } });
    expect(counter.kinds()).toEqual(Array(4).fill('loyalty.refused'));
    expect(await newestOn(card)).toMatchObject({ counter: 12, balancePoints: startBalance });
  });

  it('gives all tries back with the spending that was right', async () => {
    for (let round = 0; round < 3; round++) {
      await counter.spent(card, { pin: '0000', ...baguette });
      expect((await counter.spent(card, { pin, ...baguette })).result()).toMatchObject({ card: 'applied' });
    }
  });

  it('costs no try where the points or the cap forbid the spending anyway', async () => {
    settings({ offlineSpendCapPoints: 100 });
    for (let round = 0; round < 4; round++) {
      expect((await counter.spent(card, { pin, ...points(500) })).end()).toMatchObject({
        error: { type: 'OfflineCapExceeded' },
      });
      expect((await counter.spent(card, { pin, ...points(5000) })).end()).toMatchObject({
        error: { type: 'NotEnoughPoints' },
      });
    }
    expect((await counter.spent(card, { pin, ...points(100) })).result()).toMatchObject({ card: 'applied' });
  });

  it('is asked for by a large purchase too, where the shop wants it', async () => {
    settings({ pinAboveAmountMinor: 1000 });
    expect((await counter.sold(card, { amountMinor: 1000 })).result()).toMatchObject({ card: 'applied' });
    const asked = await counter.sold(card, { amountMinor: 1001 });
    expect(asked.end()).toMatchObject({ error: { type: 'PinRequired' } });
    const sold = await counter.sold(card, { amountMinor: 1001, intention: asked.intention, pin });
    expect(sold.result()).toMatchObject({ card: 'applied', points: 10 });
    expect(counter.entries().at(-3)).toMatchObject({
      kind: 'loyalty.sale',
      body: { checks: expect.arrayContaining([{ check: 'pin', outcome: 'passed' }]) },
    });
  });
});

it('[T5] a spending above the shop’s limit is refused a card without a PIN, and that is on record', async () => {
  settings({ pinRequiredAbovePoints: 99 });
  expect((await counter.spent(card, baguette)).result()).toMatchObject({ card: 'applied' });
  expect((await counter.spent(card, points(100))).end()).toMatchObject({
    error: { type: 'PinRequired', facts: { notSet: true } },
  });
  expect(counter.entries().at(-1)).toMatchObject({ kind: 'loyalty.refused', body: { reason: 'PinRequired' } });
});

describe('a spending with a link', () => {
  let central: TestCentral;
  beforeEach(() => {
    central = new TestCentral();
    counter.central = central;
    central.put(awasNumber, { balance: startBalance });
  });

  it('[T5] has the server judge the PIN, and no cap holds it back', async () => {
    settings({ offlineSpendCapPoints: 0 });
    central.put(awasNumber, { pin: '2468' });
    const asked = await counter.spent(card, points(300));
    expect(asked.end()).toMatchObject({ error: { type: 'PinRequired' } });
    const wrong = await counter.spent(card, { intention: asked.intention, pin: '1111', ...points(300) });
    expect(wrong.end()).toMatchObject({ error: { type: 'PinWrong', facts: { triesLeft: 2 } } });
    const spent = await counter.spent(card, { intention: asked.intention, pin: '2468', ...points(300) });
    expect(spent.stages()).toEqual(['present-card', 'reading', 'keep-card', 'result', 'printed']);
    expect(spent.result()).toMatchObject({ balance: startBalance - 300, exchanges: 6 });
    expect(counter.entries().at(-3)).toMatchObject({ body: { pin: 'server' } });
  });

  it('[T5] takes no more than the ledger has: the smaller of the two counts', async () => {
    central.put(awasNumber, { balance: 120 });
    expect((await counter.spent(card, points(200))).end()).toMatchObject({
      error: { type: 'NotEnoughPoints', facts: { balance: 120, missing: 80 } },
    });
    expect((await counter.spent(card, points(100))).result()).toMatchObject({ balance: startBalance - 100 });
  });

  it('[T36] refuses a card that the server has blocked', async () => {
    central.put(awasNumber, { status: 'blocked' });
    expect((await counter.spent(card, baguette)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
  });

  it('[T5] goes on by the card alone, within the cap, when the server falls silent', async () => {
    settings({ offlineSpendCapPoints: 100 });
    central.silent = true;
    expect((await counter.spent(card, points(200))).end()).toMatchObject({ error: { type: 'OfflineCapExceeded' } });
    expect((await counter.spent(card, points(100))).result()).toMatchObject({ card: 'applied' });
  });
});
