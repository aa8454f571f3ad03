import { describe, expect, it } from 'vitest';
import { ok } from '#contract/result/index.ts';
import type { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import {
  blank,
  copyOf,
  firstRecord,
  masterKeys,
  network,
  opening,
  record,
  sampleCard,
  shop,
  tap,
  UID,
} from '../simulators/sample-network.ts';
import { createApplication } from './applications.ts';
import { zeros } from './bytes.ts';
import { FACTORY_KEY } from './crypto/des.ts';
import { createShopApplication, issueCard, joinShop, prepareBlank } from './issue-card.ts';
import { shopApplication } from './layout.ts';
import { openShopApplication, readNetworkApplication } from './loyalty-card.ts';

const master = (fill: number) => new Uint8Array(16).fill(fill);
const wanted = { uid: UID, network, record, shop, firstRecord, mayPrepare: true };
const joining = { uid: UID, network, networkId: record.networkId, shop, admit: async () => ok(firstRecord) };

const issue = async (card: VirtualDesfire, changes: Partial<typeof wanted> = {}) => {
  const driver = tap(card);
  const issued = await issueCard(driver, { ...wanted, ...changes });
  return { driver, issued, told: issued.ok ? 'issued' : issued.error.type };
};
const join = async (card: VirtualDesfire, changes: Partial<typeof joining> = {}) => {
  const driver = tap(card);
  const joined = await joinShop<never>(driver, { ...joining, ...changes });
  return { driver, joined, told: joined.ok ? 'joined' : joined.error.type };
};

/** A blank that the network's desk has prepared, and no more. */
const prepared = async (): Promise<VirtualDesfire> => {
  const card = blank();
  await prepareBlank(tap(card), UID, network);
  return card;
};

const lastRecord = async (card: VirtualDesfire) => {
  const session = await openShopApplication(tap(card), opening);
  return session.ok ? session.value.readLast() : session;
};

/** What the till makes of a card, finished or not. */
const standing = async (card: VirtualDesfire): Promise<string> => {
  const last = await lastRecord(card);
  if (!last.ok) return last.error.type;
  return last.value ? 'working' : 'empty';
};

const expectWorking = async (card: VirtualDesfire): Promise<void> => {
  expect(await lastRecord(card)).toEqual({ ok: true, value: firstRecord });
  expect(await readNetworkApplication(tap(card))).toEqual({ ok: true, value: record });
};

describe('issuing a card', () => {
  it('[T4] makes a factory-fresh card ready to use in 28 exchanges', async () => {
    const card = blank();
    const { issued, driver } = await issue(card);
    expect(issued).toEqual({ ok: true, value: { changed: true, cardData: record.cardData, newest: firstRecord } });
    expect(driver.exchanges).toBe(28);
    await expectWorking(card);
  });

  it('[T4] makes a prepared card ready to use in 25', async () => {
    const card = await prepared();
    const { told, driver } = await issue(card, { mayPrepare: false });
    expect([told, driver.exchanges]).toEqual(['issued', 25]);
    await expectWorking(card);
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

  it.each([
    ['as it left the factory', async () => blank()],
    ['that was prepared', prepared],
    ['of the network', () => sampleCard(false)],
  ])('[N2] goes on with a card %s, whichever exchange it was pulled at', async (_, make) => {
    const image = await make();
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; ; exchange++) {
        const card = copyOf(image);
        card.tearAt(exchange, moment);
        const first = await issue(card);
        if (first.told === 'issued') {
          expect(exchange).toBe(first.driver.exchanges + 1);
          break;
        }
        expect(['CardRemoved', 'CommitUnknown']).toContain(first.told);
        expect(await standing(card), `after exchange ${exchange} (${moment})`).toMatch(
          /^(NotOurs|NewInShop|empty|working)$/,
        );
        const again = await issue(card);
        expect(again.told, `again, after exchange ${exchange} (${moment})`).toBe('issued');
        await expectWorking(card);
      }
    }
  });

  it('[N2] goes on when it is torn twice', async () => {
    for (let first = 4; first <= 28; first += 3) {
      for (let second = 1; second <= 30; second += 2) {
        const card = blank();
        card.tearAt(first, 'after');
        await issue(card);
        card.tearAt(second, 'after');
        if ((await issue(card)).told !== 'issued') expect((await issue(card)).told).toBe('issued');
        await expectWorking(copyOf(card));
      }
    }
  });

  it('changes nothing on a card that has it already, and tells what stands there', async () => {
    const card = blank();
    await issue(card);
    const before = card.toJSON();
    const { issued } = await issue(card, { firstRecord: { ...firstRecord, balancePoints: 999 } });
    expect(issued).toEqual({ ok: true, value: { changed: false, cardData: record.cardData, newest: firstRecord } });
    expect(card.toJSON()).toEqual(before);
  });

  it('finds room for fifteen shops on a card of 8 KB, and says when there is none', async () => {
    const card = blank();
    const told: string[] = [];
    for (let number = 1; number <= 16; number++) {
      told.push((await issue(card, { shop: { aid: shopApplication(number), masterKeys } })).told);
    }
    expect(told).toEqual([...Array(15).fill('issued'), 'CardFull']);
  });
});

describe('a card that is not issued here, and why', () => {
  const otherNetwork = { ...network, piccMasterKey: master(77) };

  it('[T36] is one of another network', async () => {
    const card = await sampleCard(false);
    const foreign = { network: otherNetwork, record: { networkId: 8, cardData: 1 } };
    expect(await issue(card, foreign)).toMatchObject({
      issued: { error: { type: 'OtherNetwork', networkId: 7, cardData: record.cardData } },
    });
    expect((await issue(card, { ...foreign, mayPrepare: false })).told).toBe('OtherNetwork');
  });

  it('[T36] is one whose number stands on it already', async () => {
    const card = await sampleCard(false);
    const before = card.toJSON();
    expect(await issue(card, { record: { ...record, cardData: 4_172_094 } })).toMatchObject({
      issued: { error: { type: 'NumberOnCard', cardData: record.cardData } },
    });
    expect(card.toJSON()).toEqual(before);
  });

  it('[T36] is a blank that someone else prepared, or whose number claims to be ours', async () => {
    expect((await issue(await prepared(), { network: otherNetwork })).told).toBe('MasterKeyForeign');
    expect((await issue(await prepared(), { network: otherNetwork, mayPrepare: false })).told).toBe('MasterKeyForeign');
    expect((await issue(await sampleCard(false), { network: otherNetwork })).told).toBe('KeysChanged');
  });

  it('[T26] is one with the factory’s keys, where preparing is not allowed', async () => {
    const card = blank();
    const before = card.toJSON();
    expect((await issue(card, { mayPrepare: false })).told).toBe('PreparingNotAllowed');
    expect(card.toJSON()).toEqual(before);
  });

  it('[T36] is one on which the shop’s keys were changed', async () => {
    const other = [master(50), master(51), master(52), master(53)] as const;
    const card = await sampleCard(true);
    expect((await issue(card, { shop: { ...shop, masterKeys: other } })).told).toBe('KeysChanged');
  });
});

describe('a card of the network that is new in this shop', () => {
  it('[T1] gets the shop’s application in 18 exchanges', async () => {
    const card = await sampleCard(false);
    const { joined, driver } = await join(card);
    expect(joined).toEqual({ ok: true, value: { changed: true, cardData: record.cardData, newest: firstRecord } });
    expect(driver.exchanges).toBe(18);
    await expectWorking(card);
  });

  it('[T1] [N2] goes on with it, whichever exchange it was pulled at', async () => {
    const image = await sampleCard(false);
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; exchange <= 18; exchange++) {
        const card = copyOf(image);
        card.tearAt(exchange, moment);
        expect(['CardRemoved', 'CommitUnknown']).toContain((await join(card)).told);
        expect((await join(card)).told, `after exchange ${exchange} (${moment})`).toBe('joined');
        await expectWorking(card);
      }
    }
  });

  it('changes nothing where it has it already', async () => {
    const card = await sampleCard(true);
    const before = card.toJSON();
    const { joined } = await join(card, { admit: async () => ok({ ...firstRecord, balancePoints: 999 }) });
    expect(joined).toEqual({ ok: true, value: { changed: false, cardData: record.cardData, newest: firstRecord } });
    expect(card.toJSON()).toEqual(before);
  });

  it('[T36] is not touched before it is admitted', async () => {
    const card = await sampleCard(false);
    const before = card.toJSON();
    const asked: number[] = [];
    const refuse = async (cardData: number) => {
      asked.push(cardData);
      return { ok: false, error: { type: 'Blocked' as const } } as const;
    };
    expect(await joinShop(tap(card), { ...joining, admit: refuse })).toEqual({ ok: false, error: { type: 'Blocked' } });
    expect(asked).toEqual([record.cardData]);
    expect(card.toJSON()).toEqual(before);
  });

  it.each([
    ['NotOurs', async () => blank(), {}],
    ['OtherNetwork', () => sampleCard(false), { networkId: 8 }],
    ['KeysChanged', () => sampleCard(false), { network: { ...network, piccMasterKey: master(77) } }],
  ] as const)('[T36] is refused as %s where it is not', async (type, make, changes) => {
    expect((await join(await make(), changes)).told).toBe(type);
  });
});

it('makes a shop’s application alone, on a prepared card', async () => {
  const card = await sampleCard(false);
  expect(await createShopApplication(tap(card), { uid: UID, network, shop, firstRecord })).toMatchObject({ ok: true });
  await expectWorking(card);
});
