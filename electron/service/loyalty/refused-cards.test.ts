import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import {
  blankCard,
  cardData,
  historyOf,
  newcomersCard,
  newestOn,
  shopCard,
  shopKeys,
  tornIssuance,
} from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';

let counter: TestCounter;
beforeEach(async () => {
  counter = await TestCounter.open();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const strange = new Uint8Array(16).fill(0x5e);
const awasNumber = '0417209320';
const kofisNumber = '0417554058';

/** What is on record of the refusal: how far the checks went, and where they ended. */
const passedUpTo = (failed: 'authentic' | 'network' | 'status' | 'hot-list' | 'limits') => {
  const order = ['authentic', 'network', 'status', 'hot-list', 'pin', 'limits'];
  return order.slice(0, order.indexOf(failed) + 1).map((check) => ({
    check,
    outcome: check === failed ? 'refused' : check === 'pin' ? 'not-asked' : 'passed',
  }));
};

describe('a card that is refused', () => {
  const cases: [string, () => Promise<VirtualDesfire>, string, string | null, Parameters<typeof passedUpTo>[0]][] = [
    ['a blank card', async () => blankCard(), 'CardNotOurs', null, 'authentic'],
    [
      'a card of another network',
      () => shopCard(cardData.awa, { networkId: 8, keys: [strange, strange, strange, strange] }),
      'CardOfAnotherNetwork',
      awasNumber,
      'network',
    ],
    ['a card that is new in this shop', () => newcomersCard(), 'CardNewInShop', kofisNumber, 'network'],
    [
      'a card whose keys were changed',
      () => shopCard(cardData.awa, { keys: [shopKeys[0], strange, shopKeys[2], shopKeys[3]] }),
      'CardKeysChanged',
      awasNumber,
      'authentic',
    ],
    ['a card whose issue was torn before our key', () => tornIssuance(8), 'CardNewInShop', kofisNumber, 'network'],
    [
      'a card whose issue was torn before its first record',
      () => tornIssuance(16),
      'CardNotPrepared',
      null,
      'authentic',
    ],
  ];

  it.each(cases)('[T36] %s: says why, logs the checks, changes nothing', async (_, make, type, cardNumber, failed) => {
    const card = await make();
    const before = JSON.stringify(card.toJSON());
    const sale = await counter.sell();
    await counter.tap(card);
    expect(sale.end()).toMatchObject({ ok: false, error: { type } });
    expect(sale.stages()).toEqual(['present-card', 'reading']);
    expect(counter.entries()).toMatchObject([
      {
        kind: 'loyalty.refused',
        intention: sale.intention,
        staff: 'awa',
        role: 'cashier',
        postings: [],
        body: { reason: type, cardNumber, amountMinor: 1250, currency: 'XOF', checks: passedUpTo(failed) },
      },
    ]);
    expect(JSON.stringify(card.toJSON())).toBe(before);
    expect(counter.tickets).toEqual([]);
  });

  it('[T36] a blocked card', async () => {
    const card = await shopCard();
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: true }], 2);
    const sale = await counter.sold(card);
    expect(sale.end()).toEqual({
      ok: false,
      error: { type: 'CardBlocked', facts: { cardNumber: awasNumber } },
    });
    expect(counter.entries()).toMatchObject([
      {
        kind: 'loyalty.refused',
        body: { reason: 'CardBlocked', cardNumber: awasNumber, checks: passedUpTo('hot-list') },
      },
    ]);
    expect(await newestOn(card)).toMatchObject({ counter: 12 });
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: false }], 3);
    expect((await counter.sold(card, { intention: sale.intention })).result()).toMatchObject({ card: 'applied' });
  });

  it('[T36] an old image of a card, older than what this till wrote', async () => {
    const card = await shopCard();
    const copy = await shopCard();
    await counter.sold(card);
    const sale = await counter.sold(copy);
    expect(sale.end()).toMatchObject({ ok: false, error: { type: 'CardQuarantined' } });
    expect(counter.entries().at(-1)).toMatchObject({
      body: { reason: 'CardQuarantined', checks: passedUpTo('status') },
    });
    expect(await historyOf(copy)).toHaveLength(1);
  });

  it('[T36] an old image of a card is not believed while a write is open on it either', async () => {
    const card = await shopCard();
    const copy = await shopCard();
    await counter.sold(card);
    card.tear('before');
    const torn = await counter.sell();
    await counter.tap(card);
    await counter.clock.advance(31_000);
    expect(torn.result()).toMatchObject({ card: 'unknown' });
    const sale = await counter.sold(copy);
    expect(sale.end()).toMatchObject({ ok: false, error: { type: 'CardQuarantined' } });
    expect(await historyOf(copy)).toHaveLength(1);
    expect(counter.cardOutcomes(torn.intention)).toEqual(['unknown']);
    await counter.sold(card);
    expect(counter.cardOutcomes(torn.intention)).toEqual(['unknown', 'applied']);
  });

  it.each([
    ['balance', { balancePoints: 0x7fff_ffff - 5 }],
    ['total spend', { totalSpendMinor: 0xff_ffff_ffff - 100 }],
    ['counter', { counter: 0xff_ffff }],
  ])('[T36] a card whose %s cannot hold the sale', async (_, record) => {
    const card = await shopCard(cardData.awa, { record });
    const sale = await counter.sold(card);
    expect(sale.end()).toMatchObject({ ok: false, error: { type: 'AmountTooLarge' } });
    expect(counter.entries()).toMatchObject([
      { kind: 'loyalty.refused', body: { reason: 'AmountTooLarge', checks: passedUpTo('limits') } },
    ]);
    expect(await newestOn(card)).toMatchObject(record);
  });

  it('the same intention may be tried again with another card', async () => {
    const refused = await counter.sold(blankCard());
    expect(refused.end()).toMatchObject({ ok: false });
    const sale = await counter.sold(await shopCard(), { intention: refused.intention });
    expect(sale.result()).toMatchObject({ intention: refused.intention, points: 12, card: 'applied' });
    expect(counter.kinds()).toEqual(['loyalty.refused', 'loyalty.sale', 'card.outcome', 'ticket.outcome']);
  });
});
