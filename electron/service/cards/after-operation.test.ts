import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CardRecord, intentionTagOf } from '#contract/loyalty/card-record.ts';
import type { ShopMasterKeys } from '#native/cards/card-keys.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication } from '#native/cards/loyalty-card.ts';
import { makeLoyaltyCard, transportTo } from '#native/simulators/card-maker.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import {
  cardData,
  networkId,
  networkKeys,
  newestOn,
  shopKeys,
  startBalance,
  uidOf,
} from '#test/harness/counter-cards.ts';
import { RelayingServer } from '#test/harness/relaying-server.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { SettlingServer } from '#test/harness/settling-server.ts';
import { TestCentral } from '#test/harness/test-central.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import type { CardCalls } from '../sync/index.ts';
import { afterOperation } from './after-operation.ts';
import { issueOnce } from './issue.ts';
import { joinShop } from './join.ts';
import { KeptMaking } from './kept-making.ts';
import { setPinOnce } from './pin.ts';
import { CardWorks } from './works.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const data = cardData.awa;
const cardNumber = cardNumberOf(data);
const otherShop = 2;
const otherKeys = [0xb0, 0xb1, 0xb2, 0xb3].map((fill) => new Uint8Array(16).fill(fill)) as unknown as ShopMasterKeys;
const waiting = '019f0000-0000-7000-8000-00000000beef';
const credit = 20;
const saleExchanges = 6;
const relayExchanges = 6;
const never = 1_000_000;

const firstRecord: CardRecord = {
  ...{ operation: 'earn', counter: 12, balancePoints: startBalance, deltaPoints: 86, totalSpendMinor: 121_500 },
  ...{ timeSeconds: 1_795_000_000, cardData: data, intentionTag: '8000000000000001' },
};
const write = {
  ...{ intention: waiting, cardNumber, operation: 'earn' as const, points: credit, spendMinor: 2_000 },
  ...{ cardCounter: 13, wallMs: 1_795_000_000_000 },
};

const elsewhere = { aid: shopApplication(otherShop), masterKeys: otherKeys, firstRecord };

async function cardWith(shops: (typeof elsewhere)[]): Promise<VirtualDesfire> {
  const record = { networkId, cardData: data };
  const made = await makeLoyaltyCard({ uid: uidOf(data), randomBytes: random, network: networkKeys, record, shops });
  made.powerOff();
  return made;
}
const cardOfOtherShop = () => cardWith([elsewhere]);

let till: TestCounter;
let card: VirtualDesfire;
let server: SettlingServer;
let linked: boolean;
let making: KeptMaking;
let central: CardCalls;

beforeEach(async () => {
  till = await TestCounter.open();
  card = await cardWith([{ aid: shopApplication(1), masterKeys: shopKeys, firstRecord }, elsewhere]);
  server = new SettlingServer(data, () => otherKeys);
  server.elsewhere = [{ tenant: 'other', shop: otherShop, counter: 12, writes: [write] }];
  linked = true;
  central = server;
  making = new KeptMaking(till.store.settings);
  till.parts.afterOperation = (lying, follow) =>
    afterOperation({ ...till.parts, central: () => (linked ? central : null), making }, lying, follow);
  fed(true);
});
afterEach(async () => {
  expect(till.defects).toEqual([]);
  expect(await till.faults()).toEqual([]);
  till.close();
});

const fed = (waits: boolean) =>
  till.store.feed.apply([{ item: 'card-waits', cardNumber, intention: waiting, waits }], till.store.feed.cursor() + 1);

async function sold() {
  const sale = await till.sell({ amountMinor: 1_000 });
  await tap();
  return sale;
}
/** A relay takes more turns than the till alone. */
async function tap() {
  await till.tap(card);
  for (let turn = 0; turn < 40; turn++) await settle();
}

/** A server that does all of a till's card work: `settling` what other shops have to write, `making` the rest. */
function bothOf(making: CardCalls, settling: CardCalls): CardCalls {
  let at = making;
  const openRelay: CardCalls['openRelay'] = (asked) => {
    at = asked.purpose.do === 'settle-elsewhere' ? settling : making;
    return at.openRelay(asked);
  };
  return { ...making, openRelay, nextRelayStep: (told) => at.nextRelayStep(told) };
}

/** What the other shop has on the card, read off a copy. */
async function there(): Promise<CardRecord[]> {
  const copy = VirtualDesfire.fromJSON(card.toJSON(), random);
  copy.tearAt(never);
  copy.powerOn();
  const shop = { aid: shopApplication(otherShop), readWriteMasterKey: otherKeys[1] };
  const opened = await openShopApplication(new Desfire(transportTo(copy), random), { uid: copy.uid, networkId, shop });
  if (!opened.ok) throw new Error(opened.error.type);
  const history = await opened.value.readHistory();
  if (!history.ok) throw new Error(history.error.type);
  return history.value;
}

const expectHealed = async () => {
  const [newest, before] = await there();
  expect(newest).toMatchObject({ balancePoints: startBalance + credit, intentionTag: intentionTagOf(waiting) });
  expect(before).toMatchObject({ balancePoints: startBalance });
  expect(server.settled).toMatchObject([{ intention: waiting, outcome: 'applied', cardCounter: 13 }]);
};

describe('what another shop has still to write on a card', () => {
  it('[N2] [T12] is done after a sale, in the same tap, and is no part of it', async () => {
    const sale = await sold();
    expect(sale.result()).toMatchObject({ points: 10, card: 'applied', exchanges: saleExchanges });
    await expectHealed();
    expect(till.kinds()).toEqual(['loyalty.sale', 'card.outcome', 'ticket.outcome']);
    expect(server.opened.map(({ purpose }) => purpose.do)).toEqual(['settle-elsewhere']);
    expect(server.opened[0]!.intention).not.toBe(till.entries()[0]!.intention);
  });

  it('[N2] is done after a spending, and when the card is looked at', async () => {
    await till.spend({ what: { kind: 'points', points: 100 } });
    await tap();
    await expectHealed();
    await till.lift();
    server.elsewhere = [{ tenant: 'other', shop: otherShop, counter: 13, writes: [] }];
    await till.show(card);
    expect(server.opened).toHaveLength(2);
  });

  it('[N2] is left alone without a link, without a mark, and once the mark is gone', async () => {
    linked = false;
    await sold();
    await till.lift();
    linked = true;
    fed(false);
    await sold();
    expect(server.opened).toEqual([]);
    expect(await there()).toHaveLength(1);
  });

  it('[N2] is done after a purchase or a spending whose PIN or limit was refused', async () => {
    const asked = new TestCentral();
    till.central = asked;
    asked.put(cardNumber, { balance: 10_000, pin: '4711' });
    const refused = async (pin: string, points: number) => {
      const spending = await till.spend({ pin, what: { kind: 'points', points } });
      await tap();
      await till.lift();
      const end = spending.end();
      return end?.ok === false ? end.error.type : end;
    };
    expect(await refused('0815', 100)).toBe('PinWrong');
    await expectHealed();
    expect(till.kinds()).toEqual(['loyalty.refused']);
    asked.put(cardNumber, { balance: 0 });
    expect(await refused('4711', 100)).toBe('NotEnoughPoints');
    expect(server.opened).toHaveLength(2);
  });

  it('[N2] is not begun while the PIN is still to be asked for, nor on a card that is refused itself', async () => {
    const asked = new TestCentral();
    till.central = asked;
    asked.put(cardNumber, { balance: 10_000, pin: '4711' });
    await till.spend({ pin: null, what: { kind: 'points', points: 100 } });
    await tap();
    await till.lift();
    asked.put(cardNumber, { status: 'blocked' });
    await till.spend({ pin: '4711', what: { kind: 'points', points: 100 } });
    await tap();
    await till.lift();
    till.store.feed.apply([{ item: 'blocked-card', cardNumber, blocked: true }], 9);
    expect((await sold()).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    await till.lift();
    expect(await till.show(card)).toMatchObject({ ok: true });
    expect(server.opened).toEqual([]);
    expect(await there()).toHaveLength(1);
  });

  it('[N2] [T1] is done in the tap in which the card joins the shop, before its feed can have told, and asked for once', async () => {
    card = await cardOfOtherShop();
    fed(false);
    central = bothOf(new RelayingServer(), server);
    till.parts.central = () => new TestCentral();
    till.parts.joinShop = (transport, acting) =>
      joinShop({ ...till.parts, central: () => central, making }, transport, acting);
    const sale = await sold();
    expect(sale.result()).toMatchObject({ points: 10, card: 'applied' });
    await expectHealed();
    await till.lift();
    await sold();
    expect(server.opened).toHaveLength(1);
  });

  it.each(['with its PIN set', 'made a card of this shop'] as const)(
    '[N2] is done on a card that is %s',
    async (how) => {
      const isIssue = how === 'made a card of this shop';
      if (isIssue) {
        card = await cardOfOtherShop();
        fed(false);
      }
      central = bothOf(new RelayingServer(), server);
      const works = new CardWorks(() => false, till.parts.onDefect);
      const workParts = { ...till.parts, central: () => central, making };
      const order = { intention: till.uuid(), useCardAsItLies: false, timeoutMs: 30_000 };
      const run = isIssue
        ? issueOnce(workParts, works, awa, { ...order, cardNumber: null })
        : setPinOnce(workParts, works, awa, { ...order, newPin: '4711', pin: null, approvedBy: null });
      await settle();
      await tap();
      expect(run.ok && run.value.outcome).toBe('done');
      await expectHealed();
    },
  );

  it('[N2] waits for the next tap where the link goes half-way, and the sale stands', async () => {
    server.lostFromStep = 3;
    const sale = await sold();
    expect(sale.end()).toMatchObject({ ok: true });
    expect(await there()).toHaveLength(1);
    await till.lift();
    server.lostFromStep = Number.POSITIVE_INFINITY;
    await sold();
    await expectHealed();
  });

  const tears = Array.from({ length: saleExchanges + relayExchanges }, (_, exchange) =>
    (['before', 'after'] as const).map((moment) => [exchange + 1, moment] as const),
  ).flat();
  it.each(tears)(
    '[N2] torn at exchange %d, %s it: one sale, one credit of the other shop',
    async (exchange, moment) => {
      card.tearAt(exchange, moment);
      const sale = await sold();
      card.tearAt(never);
      // Torn in its own exchanges the sale waits for the card; in those of the other shop it is done.
      expect(sale.end() === null).toBe(exchange <= saleExchanges);
      if (!sale.end()) {
        await tap();
        await expectHealed();
      }
      expect(sale.result()).toMatchObject({ points: 10, card: 'applied' });
      await till.lift();
      await sold();
      expect(await newestOn(card)).toMatchObject({ balancePoints: startBalance + 20 });
      await expectHealed();
    },
  );
});
