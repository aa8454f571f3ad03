import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCardNumber } from '#contract/loyalty/card-number.ts';
import { factoryCard, newTillOf, officeOf, relayCard } from '#test/harness/card-relay.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';

const issue = { do: 'issue', cardNumber: null } as const;
let central: RunningCentral;
let manager: CentralClient;
let second: CentralClient;
let network: CentralClient;

beforeAll(async () => {
  central = await startCentral();
  manager = await officeOf(central, 'manager');
  second = await officeOf(central, 'manager-2');
  network = await officeOf(central, 'network-admin');
});
afterAll(() => central?.stop());

describe('lots of cards', () => {
  it('[T32] are seen by their own shop, and all of them by the network, with the stock of each', async () => {
    const own = await manager.office.cardLots({});
    expect(own.network).toBe(false);
    expect(own.rows).toMatchObject([{ lot: 1, state: 'stock', size: 1_000, free: 1_000, shopNumber: 1 }]);
    expect(own.stock).toMatchObject([{ number: 1, free: 1_000, issued: 0, ordered: 0 }]);
    const all = await network.office.cardLots({});
    expect(all.network).toBe(true);
    expect(all.rows.map(({ lot }) => lot)).toEqual([2, 1]);
    expect(all.stock.map(({ number }) => number)).toEqual([1, 2]);
    expect((await network.office.cardLots({ search: 'Librairie' })).rows.map(({ lot }) => lot)).toEqual([2]);
    expect((await network.office.cardLots({ search: '0500 1000 88' })).rows.map(({ lot }) => lot)).toEqual([2]);
    expect((await network.office.cardLots({ limit: 1 })).rows).toHaveLength(1);
  });

  it('[T32] go from order to stock: a shop orders, the network makes, and the shop issues', async () => {
    const ordered = await second.office.orderCardLot({ count: 10, kind: 'blank', shop: null });
    expect(ordered).toMatchObject({
      lot: 3,
      state: 'ordered',
      free: 0,
      size: 10,
      shopNumber: 2,
      orderedBy: 'manager-2',
    });
    expect(parseCardNumber(ordered.firstNumber)).toMatchObject({ ok: true });
    const till = await newTillOf(central, 2);
    const printed = { do: 'issue', cardNumber: ordered.firstNumber } as const;
    expect(await refusalOf(relayCard(till, factoryCard(), printed))).toMatchObject({ type: 'CardUnknown' });
    expect(await refusalOf(second.office.makeCardLot({ lot: 3 }))).toMatchObject({ type: 'NotAllowed' });
    const made = await network.office.makeCardLot({ lot: 3 });
    expect(made).toMatchObject({ state: 'stock', free: 10 });
    expect(await network.office.makeCardLot({ lot: 3 })).toEqual(made);
    expect(await relayCard(till, factoryCard(), printed)).toMatchObject({ cardNumber: ordered.firstNumber });
    expect((await second.office.cardLots({ search: '3' })).rows).toMatchObject([{ issued: 1, free: 9 }]);
  });

  it('[T32] are handed to a shop by the network alone, and not once a card of them is issued', async () => {
    const { lot, shop } = await network.office.orderCardLot({ count: 20, kind: 'blank', shop: null });
    expect(shop).toBe(null);
    expect(await refusalOf(manager.office.assignCardLot({ lot, shop: 1 }))).toMatchObject({ type: 'NotAllowed' });
    expect(await refusalOf(manager.office.orderCardLot({ count: 20, kind: 'blank', shop: 2 }))).toMatchObject({
      type: 'NotAllowed',
    });
    expect(await network.office.assignCardLot({ lot, shop: 2 })).toMatchObject({ shopNumber: 2 });
    const { firstNumber } = await network.office.assignCardLot({ lot, shop: 1 });
    await network.office.makeCardLot({ lot });
    const till = await newTillOf(central);
    await relayCard(till, factoryCard(), { do: 'issue', cardNumber: firstNumber });
    expect(await refusalOf(network.office.assignCardLot({ lot, shop: 2 }))).toMatchObject({ type: 'InvalidRequest' });
    expect(await refusalOf(network.office.assignCardLot({ lot: 999, shop: 2 }))).toMatchObject({ type: 'NotFound' });
  });

  it('[T32] have no number twice, also when they are ordered at the same time', async () => {
    const order = () => manager.office.orderCardLot({ count: 10, kind: 'prepared', shop: 1 });
    const lots = (await Promise.all([order(), order(), order(), order()])).sort((a, b) => a.lot - b.lot);
    for (const [at, lot] of lots.entries()) {
      const before = lots[at - 1];
      if (before) expect(Number(lot.firstNumber.slice(0, 8))).toBe(Number(before.lastNumber.slice(0, 8)) + 1);
    }
    expect((await manager.office.cardLots({ status: 'ordered' })).count).toBe(4);
    expect(await refusalOf(manager.office.cardLots({ status: 'lost' }))).toMatchObject({ type: 'InvalidRequest' });
  });

  it('[T2] [T32] of cards that bear their number are known before they are seen', async () => {
    const { lot, firstNumber } = await network.office.orderCardLot({ count: 10, kind: 'pre-personalised', shop: 1 });
    await network.office.makeCardLot({ lot });
    const till = await newTillOf(central);
    const standing = await till.client().cards.checkSpend({
      terminal: till.id,
      cardNumber: firstNumber,
      intention: '01990000-0000-7000-8000-000000000001',
      points: 1,
      pin: null,
    });
    expect(standing).toMatchObject({ status: 'active', pin: 'not-set' });
    expect((await manager.office.cardLots({ search: firstNumber })).rows).toMatchObject([{ free: 10, issued: 0 }]);
  });
});

describe('issued cards', () => {
  it('[T32] are listed, searched and exported by the shop that issued them, and by no other', async () => {
    const till = await newTillOf(central);
    const issued = [];
    for (let count = 0; count < 3; count++) issued.push((await relayCard(till, factoryCard(), issue)).cardNumber);
    const list = await manager.office.issuedCards({ limit: 2 });
    expect(list.rows.map(({ cardNumber }) => cardNumber)).toEqual([issued[2], issued[1]]);
    const rest = await manager.office.issuedCards({ before: list.next!, limit: 200 });
    expect(list.count).toBe(2 + rest.rows.length);
    const [found] = (await manager.office.issuedCards({ search: issued[0]! })).rows;
    expect(found).toMatchObject({ status: 'active', lot: 1, shop: 'Supérette Akwaba' });
    expect((await second.office.issuedCards({ search: issued[0]! })).rows).toEqual([]);
    expect((await network.office.issuedCards({ search: issued[0]! })).rows).toHaveLength(1);
    const { body } = await manager.office.exportList({ list: 'issued-cards', format: 'csv' });
    const file = await new Response(body).text();
    for (const number of issued)
      expect(file).toContain(`${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`);
    const theirs = await second.office.exportList({ list: 'issued-cards', format: 'csv' });
    expect(await new Response(theirs.body).text()).not.toContain(issued[0]!.slice(4, 8));
    const everyone = await network.office.exportList({ list: 'network-issued-cards', format: 'csv' });
    expect(await new Response(everyone.body).text()).toContain('Supérette Akwaba');
    const whole = await network.office.exportList({ list: 'network-card-lots', format: 'csv' });
    expect(await new Response(whole.body).text()).toContain('Librairie du Plateau');
    for (const list of ['network-card-lots', 'network-issued-cards'] as const) {
      const asked = { list, format: 'csv' } as const;
      expect(await refusalOf(manager.office.exportList(asked))).toMatchObject({ type: 'NotAllowed' });
      expect(await refusalOf(manager.office.exportLink(asked))).toMatchObject({ type: 'NotAllowed' });
    }
    const lots = await manager.office.exportList({ list: 'card-lots', format: 'csv' });
    expect(await new Response(lots.body).text()).toContain('0500 0000 81');
  });
});
