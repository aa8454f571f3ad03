import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication, readNetworkApplication } from '#native/cards/loyalty-card.ts';
import { makeLoyaltyCard, transportTo } from '#native/simulators/card-maker.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { factoryCard, newIntention, newTillOf, Pulled, relayCard, type Traffic } from '#test/harness/card-relay.ts';
import { cardSecretsIn } from '#test/harness/card-secrets.ts';
import { type RunningCentral, refusalOf, startBeside, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';

const issue = { do: 'issue', cardNumber: null } as const;
const join = { do: 'join' } as const;
const welcome = 50;
let central: RunningCentral;
let rulesVersion = 0;
/** One till for each test: a terminal has so many requests in five minutes. */
let till: CentralTill;

beforeAll(async () => {
  central = await startCentral();
  const { rows } = await sql<{ version: number }>`
    UPDATE programmes SET programme = programme || ${JSON.stringify({ welcomePoints: welcome })}::jsonb RETURNING version
  `.execute(central.owner);
  rulesVersion = Math.max(...rows.map(({ version }) => version));
});
beforeEach(async () => {
  till = await newTill();
});
afterAll(() => central?.stop());

const newTill = (shop: 1 | 2 = 1) => newTillOf(central, shop);

const tap = (card: VirtualDesfire): Desfire => {
  card.powerOn();
  return new Desfire(transportTo(card), predictableBytes());
};

/** What the till's own keys read of a card: its number and its newest record in the till's shop. */
async function readAt(at: CentralTill, card: VirtualDesfire) {
  const { shop, network, cardKeys } = at.enrolment;
  const readWriteMasterKey = new Uint8Array(Buffer.from(cardKeys.readWrite, 'hex'));
  const opening = {
    uid: card.uid,
    networkId: network.id,
    shop: { aid: shopApplication(shop.number), readWriteMasterKey },
  };
  const session = await openShopApplication(tap(card), opening);
  if (!session.ok) return session.error.type;
  const record = await session.value.readLast();
  return record.ok ? record.value : record.error.type;
}

const cardOfAnotherNetwork = () => {
  const key = (fill: number) => new Uint8Array(16).fill(fill);
  return makeLoyaltyCard({
    uid: Uint8Array.of(4, 9, 9, 9, 9, 9, 9),
    randomBytes: predictableBytes(),
    network: { piccMasterKey: key(1), defaultMasterKey: key(2), networkMasterKey: key(3) },
    record: { networkId: 2, cardData: 8_800_417 },
    shops: [],
  });
};

const cardRow = (card: VirtualDesfire) =>
  central.owner.selectFrom('cards').selectAll().where('uid', '=', Buffer.from(card.uid)).execute();

describe('a card made through a till', () => {
  it('[T2] [T4] makes a factory blank a numbered card of the shop, with the welcome bonus in its first record', async () => {
    const card = factoryCard();
    const intention = newIntention();
    const traffic: Traffic[] = [];
    const done = await relayCard(till, card, issue, { intention, traffic });
    expect(done).toMatchObject({ changed: true, points: welcome, balance: welcome, cardCounter: 0, rulesVersion });
    expect(await readAt(till, card)).toMatchObject({
      operation: 'issue',
      counter: 0,
      balancePoints: welcome,
      deltaPoints: welcome,
      cardData: Number(done.cardNumber.slice(0, 8)),
      intentionTag: intention.replaceAll('-', '').slice(-16),
    });
    expect(await cardRow(card)).toMatchObject([
      { card_number: done.cardNumber, lot: 1, tenant_id: till.enrolment.tenant, status: 'active' },
    ]);
    // One to see that it has no number yet, and the 28 of issuing.
    expect(traffic).toHaveLength(29);
  });

  it('[T4] gives the result again to the same intention, and changes nothing on a card that has all', async () => {
    const card = factoryCard();
    const intention = newIntention();
    const first = await relayCard(till, card, issue, { intention });
    const memory = card.toJSON();
    expect(await relayCard(till, card, issue, { intention })).toEqual(first);
    const again = await relayCard(till, card, issue);
    expect(again).toMatchObject({ changed: false, cardNumber: first.cardNumber, balance: welcome, points: welcome });
    expect(card.toJSON()).toEqual(memory);
    expect(await refusalOf(relayCard(till, factoryCard(), issue, { intention }))).toMatchObject({
      type: 'IntentionReused',
    });
  });

  it('[T2] [T4] has one number for a chip, whichever exchange the card was pulled at, and goes on', async () => {
    let torn = 0;
    for (let exchange = 1; exchange <= 40; exchange++) {
      if (exchange % 15 === 0) till = await newTill();
      const card = factoryCard();
      // The card has done it and its answer is lost; before the next exchange is the same card with the answer heard.
      card.tearAt(exchange, 'after');
      const first = await relayCard(till, card, issue).catch((cause) => cause);
      if (!(first instanceof Pulled)) break;
      torn++;
      const reserved = await cardRow(card);
      const done = await relayCard(till, card, issue);
      const where = `pulled at exchange ${exchange}`;
      expect([done.changed, done.points, done.balance], where).toEqual([true, welcome, welcome]);
      for (const { card_number } of reserved) expect(done.cardNumber, where).toBe(card_number);
      expect(await readAt(till, card), where).toMatchObject({
        counter: 0,
        cardData: Number(done.cardNumber.slice(0, 8)),
      });
      expect(await cardRow(card), where).toHaveLength(1);
    }
    expect(torn).toBe(29);
  });

  it('[T2] keeps the first record that was decided, though the programme changes before the card comes back', async () => {
    const card = factoryCard();
    card.tearAt(20);
    await expect(relayCard(till, card, issue)).rejects.toBeInstanceOf(Pulled);
    const bonus = (points: number) =>
      sql`UPDATE programmes SET programme = jsonb_set(programme, '{welcomePoints}', ${String(points)}::jsonb)`.execute(
        central.owner,
      );
    await bonus(700);
    try {
      expect(await relayCard(till, card, issue)).toMatchObject({ changed: true, points: welcome });
    } finally {
      await bonus(welcome);
    }
  });

  it('[T4] goes on at another till of the shop', async () => {
    const card = factoryCard();
    card.tearAt(14);
    await expect(relayCard(till, card, issue)).rejects.toBeInstanceOf(Pulled);
    const [row] = await cardRow(card);
    expect(await relayCard(await newTill(), card, issue)).toMatchObject({
      cardNumber: row!.card_number,
      changed: true,
    });
  });

  it('[T4] is carried on by whichever server is asked: two of them take turns', async () => {
    const beside = await startBeside(central);
    try {
      const [here, there] = [till.client(), till.client(beside.url)];
      const card = factoryCard();
      const done = await relayCard(till, card, issue, { server: (step) => (step % 2 === 0 ? here : there) });
      expect(await readAt(till, card)).toMatchObject({
        balancePoints: welcome,
        cardData: Number(done.cardNumber.slice(0, 8)),
      });
    } finally {
      await beside.stop();
    }
  });

  it('[T26] shows the till no key: none of them stands in a command or an answer', async () => {
    const card = factoryCard();
    const traffic: Traffic[] = [];
    await relayCard(till, card, issue, { traffic });
    const second = await newTill(2);
    await relayCard(second, card, join, { traffic });
    await relayCard(till, card, { do: 'set-pin', newPin: '4711', pin: null }, { traffic });
    const said = traffic.flatMap(({ apdu, answer }) => [apdu, answer]).join(' ');
    const keys = cardSecretsIn(central.seed.cards, card.uid, ['4711']);
    expect(keys.length).toBeGreaterThan(20);
    for (const { name, key } of keys) expect(said.includes(key), name).toBe(false);
    expect(central.log.join('').toLowerCase()).not.toMatch(new RegExp(traffic[8]!.apdu));
  });
});

describe('a card of the network', () => {
  it('[T1] [T18] gets a second shop’s place with that shop’s bonus, and keeps the first’s', async () => {
    const card = factoryCard();
    const issued = await relayCard(till, card, issue);
    const second = await newTill(2);
    expect(await readAt(second, card)).toBe('NewInShop');
    const traffic: Traffic[] = [];
    const joined = await relayCard(second, card, join, { traffic });
    expect(joined).toMatchObject({ changed: true, cardNumber: issued.cardNumber, points: welcome });
    expect(traffic).toHaveLength(18);
    expect(await readAt(second, card)).toMatchObject({ balancePoints: welcome });
    expect(await readAt(till, card)).toMatchObject({ balancePoints: welcome });
    expect(await readNetworkApplication(tap(card))).toMatchObject({
      value: { cardData: Number(issued.cardNumber.slice(0, 8)) },
    });
  });

  it('[T18] whose chip the server has not seen proves itself, and its number is then the chip’s', async () => {
    const card = factoryCard();
    const issued = await relayCard(till, card, issue);
    await sql`UPDATE cards SET uid = NULL WHERE card_number = ${issued.cardNumber}`.execute(central.owner);
    const second = await newTill(2);
    const joined = await relayCard(second, card, issue);
    expect(joined).toMatchObject({ cardNumber: issued.cardNumber, changed: true });
    expect(await cardRow(card)).toMatchObject([{ card_number: issued.cardNumber }]);
    const twin = factoryCard();
    await sql`UPDATE cards SET uid = ${Buffer.from(twin.uid)} WHERE card_number = ${issued.cardNumber}`.execute(
      central.owner,
    );
    expect(await refusalOf(relayCard(till, card, join))).toMatchObject({ type: 'CardNumberTaken', status: 409 });
  });

  it('[T18] that is pulled at any exchange of its coming in comes in at the next tap', async () => {
    let torn = 0;
    const second = await newTill(2);
    for (let exchange = 1; exchange <= 30; exchange++) {
      if (exchange % 15 === 0) till = await newTill();
      const card = factoryCard();
      await relayCard(till, card, issue);
      card.tearAt(exchange, 'after');
      const first = await relayCard(second, card, join).catch((cause) => cause);
      if (!(first instanceof Pulled)) break;
      torn++;
      expect(await relayCard(second, card, join)).toMatchObject({ changed: true, points: welcome });
    }
    expect(torn).toBe(18);
  });

  it('[T37] that is blocked or full, or is another’s, is refused with its reason', async () => {
    const blocked = factoryCard();
    const { cardNumber } = await relayCard(till, blocked, issue);
    await sql`UPDATE cards SET status = 'blocked' WHERE card_number = ${cardNumber}`.execute(central.owner);
    expect(await refusalOf(relayCard(await newTill(2), blocked, join))).toMatchObject({ type: 'CardBlocked' });
    expect(await refusalOf(relayCard(till, factoryCard(600), issue))).toMatchObject({ type: 'CardFull' });
    expect(await refusalOf(relayCard(till, factoryCard(), join))).toMatchObject({ type: 'CardNotOurs' });
    const foreign = await cardOfAnotherNetwork();
    expect(await refusalOf(relayCard(till, foreign, join))).toMatchObject({ type: 'CardNotOurs' });
    expect(await refusalOf(relayCard(till, foreign, issue))).toMatchObject({ type: 'CardNotOurs' });
  });

  it('[T26] is not made of a factory blank where the network does not allow it', async () => {
    await sql`UPDATE networks SET may_prepare = false`.execute(central.owner);
    try {
      expect(await refusalOf(relayCard(till, factoryCard(), issue))).toMatchObject({ type: 'PreparingNotAllowed' });
    } finally {
      await sql`UPDATE networks SET may_prepare = true`.execute(central.owner);
    }
    const prepared = factoryCard();
    prepared.tearAt(10);
    await expect(relayCard(till, prepared, issue)).rejects.toBeInstanceOf(Pulled);
    await sql`UPDATE networks SET may_prepare = false`.execute(central.owner);
    try {
      expect(await relayCard(till, prepared, issue)).toMatchObject({ changed: true });
    } finally {
      await sql`UPDATE networks SET may_prepare = true`.execute(central.owner);
    }
  });
});
