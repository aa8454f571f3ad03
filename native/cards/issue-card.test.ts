import { describe, expect, it } from 'vitest';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { transportTo } from '../simulators/card-maker.ts';
import { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import { createApplication } from './applications.ts';
import { fromHex, zeros } from './bytes.ts';
import { FACTORY_KEY } from './crypto/des.ts';
import { Desfire } from './desfire.ts';
import { createNetworkApplication, createShopApplication, prepareBlank } from './issue-card.ts';
import { shopApplication } from './layout.ts';
import { openShopApplication, readNetworkApplication } from './loyalty-card.ts';

const UID = fromHex('04A1B2C3D4E5F6');
const master = (fill: number) => new Uint8Array(16).fill(fill);
const network = { piccMasterKey: master(1), defaultMasterKey: master(2), networkMasterKey: master(3) };
const masterKeys = [master(10), master(11), master(12), master(13)] as const;
const record = { networkId: 7, cardData: 4_172_093 };
const firstRecord: CardRecord = {
  operation: 'issue',
  counter: 0,
  balancePoints: 0,
  deltaPoints: 0,
  totalSpendMinor: 0,
  timeSeconds: 1_767_225_600,
  cardData: record.cardData,
  intentionTag: '0000000000000001',
};

const blank = () => new VirtualDesfire({ uid: UID, randomBytes: predictableBytes() });
const tap = (card: VirtualDesfire): Desfire => {
  card.powerOn();
  return new Desfire(transportTo(card), predictableBytes());
};

/** Makes the whole card; stops at the first error. */
const issue = async (card: VirtualDesfire, shopNumber = 1): Promise<string> => {
  const driver = tap(card);
  const shop = { aid: shopApplication(shopNumber), masterKeys };
  for (const step of [
    () => prepareBlank(driver, UID, network),
    () => createNetworkApplication(driver, { uid: UID, network, record }),
    () => createShopApplication(driver, { uid: UID, network, shop, firstRecord }),
  ]) {
    const result = await step();
    if (!result.ok) return result.error.type;
  }
  return 'issued';
};

const lastRecord = async (card: VirtualDesfire) => {
  const shop = { aid: shopApplication(1), readWriteMasterKey: masterKeys[1] };
  const session = await openShopApplication(tap(card), { uid: UID, networkId: record.networkId, shop });
  return session.ok ? session.value.readLast() : session;
};

/** What the till makes of a card, finished or not. */
const standing = async (card: VirtualDesfire): Promise<string> => {
  const last = await lastRecord(card);
  if (!last.ok) return last.error.type;
  return last.value ? 'issued' : 'empty';
};

describe('issuing a card', () => {
  it('makes a blank card ready to use, with its first record', async () => {
    const card = blank();
    expect(await issue(card)).toBe('issued');
    expect(await readNetworkApplication(tap(card))).toEqual({ ok: true, value: record });
    expect(await lastRecord(card)).toEqual({ ok: true, value: firstRecord });
  });

  it('[T26] leaves no factory key that opens anything', async () => {
    const card = blank();
    await issue(card);
    const driver = tap(card);
    expect(await driver.authenticateLegacy(0, FACTORY_KEY)).toMatchObject({ error: { type: 'AuthenticationFailed' } });
    expect(await driver.authenticateAes(0, zeros(16))).toMatchObject({ error: { type: 'AuthenticationFailed' } });
    expect(await createApplication(driver, 0x123456, 0x0b, 1)).toMatchObject({
      error: { type: 'AuthenticationFailed' },
    });
  });

  it('goes on where it was interrupted, whichever exchange the card was pulled at', async () => {
    let torn = 0;
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; exchange <= 80; exchange++) {
        const card = blank();
        card.tearAt(exchange, moment);
        const first = await issue(card);
        if (first === 'issued') break;
        torn++;
        expect(['CardRemoved', 'CommitUnknown']).toContain(first);
        expect(await standing(card), `after exchange ${exchange} (${moment})`).toMatch(
          /^(NotOurs|NewInShop|empty|issued)$/,
        );
        expect(await issue(card), `again, after exchange ${exchange} (${moment})`).toBe('issued');
        expect(await lastRecord(card)).toEqual({ ok: true, value: firstRecord });
        expect(await readNetworkApplication(tap(card))).toEqual({ ok: true, value: record });
      }
    }
    expect(torn).toBeGreaterThan(60);
  });

  it('changes nothing on a card that has it already', async () => {
    const card = blank();
    await issue(card);
    const before = card.toJSON();
    const wanted = { uid: UID, network, shop: { aid: shopApplication(1), masterKeys } };
    const again = await createShopApplication(tap(card), { ...wanted, firstRecord: { ...firstRecord, counter: 5 } });
    expect(again).toMatchObject({ ok: true });
    expect(card.toJSON()).toEqual(before);
  });

  it('finds room for fifteen shops on a card of 8 KB, and says when there is none', async () => {
    const card = blank();
    const outcomes: string[] = [];
    for (let shopNumber = 1; shopNumber <= 16; shopNumber++) outcomes.push(await issue(card, shopNumber));
    expect(outcomes).toEqual([...Array(15).fill('issued'), 'CardFull']);
  });

  it('does not take a card that belongs to another network', async () => {
    const card = blank();
    await issue(card);
    const other = { ...network, piccMasterKey: master(77) };
    expect(await prepareBlank(tap(card), UID, other)).toMatchObject({ error: { type: 'MasterKeyForeign' } });
  });
});
