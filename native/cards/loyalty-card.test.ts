import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok } from '#contract/result/index.ts';
import { makeLoyaltyCard, transportTo } from '../simulators/card-maker.ts';
import { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import { createApplication } from './applications.ts';
import { fromHex, hex } from './bytes.ts';
import { Desfire } from './desfire.ts';
import { shopApplication } from './layout.ts';
import { openShopApplication, readNetworkApplication, readUid, type ShopSession } from './loyalty-card.ts';
import type { CardTransport } from './transport.ts';

const UID = fromHex('04A1B2C3D4E5F6');
const NETWORK_ID = 7;
const CARD_DATA = 4_172_093;
const master = (fill: number) => new Uint8Array(16).fill(fill);
const network = { piccMasterKey: master(1), defaultMasterKey: master(2), networkMasterKey: master(3) };
const masterKeys = [master(10), master(11), master(12), master(13)] as const;
const shop = { aid: shopApplication(1), readWriteMasterKey: masterKeys[1] };
const opening = { uid: UID, networkId: NETWORK_ID, shop };

const issued: CardRecord = {
  operation: 'issue',
  counter: 0,
  balancePoints: 0,
  deltaPoints: 0,
  totalSpendMinor: 0,
  timeSeconds: 1_767_225_600,
  cardData: CARD_DATA,
  intentionTag: '0000000000000001',
};
const earned: CardRecord = {
  ...issued,
  operation: 'earn',
  counter: 1,
  balancePoints: 12,
  deltaPoints: 12,
  totalSpendMinor: 1250,
  intentionTag: 'b1e55ed0c0ffee42',
};

let json: unknown;
let card: VirtualDesfire;

beforeEach(async () => {
  json ??= (
    await makeLoyaltyCard({
      uid: UID,
      randomBytes: predictableBytes(),
      network,
      record: { networkId: NETWORK_ID, cardData: CARD_DATA },
      shops: [{ aid: shop.aid, masterKeys, firstRecord: issued }],
    })
  ).toJSON();
  card = VirtualDesfire.fromJSON(json, predictableBytes());
});

const tap = (on: VirtualDesfire = card): Desfire => {
  on.powerOn();
  return new Desfire(transportTo(on), predictableBytes());
};

const open = async (driver = tap()): Promise<ShopSession> => {
  const session = await openShopApplication(driver, opening);
  if (!session.ok) throw new Error(session.error.type);
  return session.value;
};

const lastOn = async (): Promise<CardRecord | null> => {
  const last = await (await open()).readLast();
  if (!last.ok) throw new Error(last.error.type);
  return last.value;
};

describe('a returning customer’s sale on the card', () => {
  it('[T6] [T26] takes exactly six exchanges on the air', async () => {
    const driver = tap();
    expect(await readUid(driver)).toEqual({ ok: true, value: UID });
    expect(driver.exchanges).toBe(0);
    const session = await open(driver);
    expect(session.exchanges).toBe(3);
    expect(await session.readLast()).toEqual({ ok: true, value: issued });
    expect(await session.write(earned)).toMatchObject({ ok: true });
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(session.exchanges).toBe(6);
    expect(await lastOn()).toEqual(earned);
  });

  it('[T6] leaves the last nine operations on the card, newest first', async () => {
    for (let count = 1; count <= 12; count++) {
      const session = await open();
      await session.write({ ...earned, counter: count });
      expect(await session.commit()).toMatchObject({ ok: true });
    }
    const history = await (await open()).readHistory();
    expect(history.ok && history.value.map((record) => record.counter)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4]);
    const three = await (await open()).readHistory(3);
    expect(three.ok && three.value.map((record) => record.counter)).toEqual([12, 11, 10]);
  });

  it('[T6] changes nothing when the sale is given up', async () => {
    const session = await open();
    await session.write(earned);
    expect(await session.abort()).toMatchObject({ ok: true });
    expect(await lastOn()).toEqual(issued);
  });
});

describe('a card pulled in the middle of a sale', () => {
  /** The whole sale on the card; the first error it meets. */
  const sell = async (): Promise<string> => {
    const session = await openShopApplication(tap(), opening);
    if (!session.ok) return session.error.type;
    const last = await session.value.readLast();
    if (!last.ok) return last.error.type;
    const written = await session.value.write(earned);
    if (!written.ok) return written.error.type;
    const committed = await session.value.commit();
    return committed.ok ? 'sold' : committed.error.type;
  };

  it('[T6] leaves it as it was or sold, at every exchange, and a commit in doubt is told as unknown', async () => {
    const moments = fc.constantFrom('before' as const, 'after' as const);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), moments, async (exchange, moment) => {
        card = VirtualDesfire.fromJSON(json, predictableBytes());
        card.tearAt(exchange, moment);
        const told = await sell();
        expect(told).toBe(exchange === 7 ? 'sold' : exchange === 6 ? 'CommitUnknown' : 'CardRemoved');
        const applied = exchange === 7 || (exchange === 6 && moment === 'after');
        // The seventh command of the first tap never came: the tear waits for the next tap's first.
        if (exchange === 7) card = VirtualDesfire.fromJSON(card.toJSON(), predictableBytes());
        expect(await lastOn()).toEqual(applied ? earned : issued);
      }),
    );
  });

  it.each([
    ['before', issued],
    ['after', earned],
  ] as const)('[T6] %s its commit: the next tap shows which', async (moment, expected) => {
    card.tear(moment);
    expect(await sell()).toBe('CommitUnknown');
    expect(await lastOn()).toEqual(expected);
  });
});

describe('a card that is not used here, and why', () => {
  const refusal = async (driver: Desfire, change: Partial<typeof opening> = {}) => {
    const result = await openShopApplication(driver, { ...opening, ...change });
    return result.ok ? 'opened' : result.error;
  };

  it('[T36] knows a card of the network that is new in this shop', async () => {
    const newcomer = { aid: shopApplication(2), readWriteMasterKey: master(11) };
    expect(await refusal(tap(), { shop: newcomer })).toEqual({ type: 'NewInShop', cardData: CARD_DATA });
  });

  it('[T36] knows a card of another network, also where that one has a shop of the same number', async () => {
    const expected = { type: 'OtherNetwork', networkId: NETWORK_ID, cardData: CARD_DATA };
    expect(await refusal(tap(), { networkId: 8, shop: { aid: shop.aid, readWriteMasterKey: master(99) } })).toEqual(
      expected,
    );
    expect(await refusal(tap(), { networkId: 8, shop: { ...shop, aid: shopApplication(2) } })).toEqual(expected);
  });

  it('[T36] knows a card whose keys are not the shop’s', async () => {
    const wrong = { aid: shop.aid, readWriteMasterKey: master(99) };
    expect(await refusal(tap(), { shop: wrong })).toEqual({ type: 'KeysChanged', cardData: CARD_DATA });
  });

  it('[T36] knows a copy under another UID', async () => {
    expect(await refusal(tap(), { uid: fromHex('04000000000000') })).toMatchObject({ type: 'KeysChanged' });
  });

  it('[T36] knows a DESFire card that is blank, and one that bears something else under our number', async () => {
    const blank = new VirtualDesfire({ uid: UID, randomBytes: predictableBytes() });
    expect(await refusal(tap(blank))).toEqual({ type: 'NotOurs' });
    await createApplication(tap(blank), 0xf4c001, 0x0b, 1);
    expect(await refusal(tap(blank))).toEqual({ type: 'NotOurs' });
  });

  it.each(['6e00', '6d00', '6a82', '6881'])('[T36] knows a card of another kind (%s)', async (sw) => {
    const other: CardTransport = { atr: fromHex('3b00'), transmit: async () => ok(fromHex(sw)) };
    expect(await refusal(new Desfire(other, predictableBytes()))).toEqual({ type: 'NotOurs' });
    expect(await readUid(new Desfire(other, predictableBytes()))).toEqual({ ok: false, error: { type: 'NotOurs' } });
  });

  it('[T36] reads whose card it is without any key, in two exchanges', async () => {
    const driver = tap();
    expect(await readNetworkApplication(driver)).toEqual({
      ok: true,
      value: { networkId: NETWORK_ID, cardData: CARD_DATA },
    });
    expect(driver.exchanges).toBe(2);
  });

  it('says so when the card is pulled while the reason is looked for', async () => {
    card.tearAt(2);
    expect(await refusal(tap(), { shop: { ...shop, aid: shopApplication(2) } })).toEqual({ type: 'CardRemoved' });
  });
});

describe('the number of a card', () => {
  it('comes from the card’s version where the reader does not know it: a contact reader', async () => {
    card.powerOn();
    const contact: CardTransport = {
      atr: card.atr,
      transmit: async (command) => {
        const answer = card.process(command);
        return answer ? ok(answer) : err({ type: 'CardRemoved' });
      },
    };
    const driver = new Desfire(contact, predictableBytes());
    const uid = await readUid(driver);
    expect(uid.ok && hex(uid.value)).toBe(hex(UID));
    expect(driver.exchanges).toBe(3);
  });

  it('of four bytes is a card of another kind', async () => {
    const other: CardTransport = { atr: fromHex('3b00'), transmit: async () => ok(fromHex('01020304 9000')) };
    expect(await readUid(new Desfire(other, predictableBytes()))).toEqual({ ok: false, error: { type: 'NotOurs' } });
  });
});
