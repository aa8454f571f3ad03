import { describe, expect, it } from 'vitest';
import { err, ok } from '#contract/result/index.ts';
import { ContactChip } from '../simulators/contact-chip.ts';
import type { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import {
  blank,
  firstRecord,
  insert,
  network,
  opening,
  record,
  sampleCard,
  shop,
  spent,
  tap,
  UID,
} from '../simulators/sample-network.ts';
import { PICC, selectApplication } from './applications.ts';
import { setCardPin, unblockCardPin } from './card-pin.ts';
import { readContactNumber } from './contact-number.ts';
import { FACTORY_KEY } from './crypto/des.ts';
import type { Desfire } from './desfire.ts';
import { Desfire as Driver } from './desfire.ts';
import { INS } from './instructions.ts';
import { issueCard, joinShop } from './issue-card.ts';
import { SHOP_KEYS } from './layout.ts';
import { openShopApplication, readNetworkApplication, readUid, type ShopSession } from './loyalty-card.ts';
import type { CardTransport } from './transport.ts';

const open = async (driver: Desfire): Promise<ShopSession> => {
  const uid = await readUid(driver);
  if (!uid.ok) throw new Error(uid.error.type);
  const session = await openShopApplication(driver, { ...opening, uid: uid.value });
  if (!session.ok) throw new Error(session.error.type);
  return session.value;
};

const sell = async (driver: Desfire) => {
  const session = await open(driver);
  await session.readLast();
  await session.write({ ...firstRecord, operation: 'earn', counter: 1, balancePoints: 52, deltaPoints: 12 });
  return { committed: await session.commit(), exchanges: session.exchanges };
};

describe('a dual-interface card in a contact reader, which cannot tell its number', () => {
  it('[T3] is issued, and sells without contact at the next tap', async () => {
    const card = blank();
    const driver = insert(card);
    const uid = await readUid(driver);
    expect(uid).toEqual({ ok: true, value: UID });
    expect(driver.exchanges).toBe(3);
    expect(await issueCard(driver, { uid: UID, network, record, shop, firstRecord, mayPrepare: true })).toMatchObject({
      ok: true,
      value: { changed: true },
    });
    expect(await sell(tap(card))).toMatchObject({ committed: { ok: true }, exchanges: 6 });
  });

  it('[T3] joins a shop and sells, in three exchanges more than without contact', async () => {
    const card = await sampleCard(false);
    const joined = await joinShop(insert(card), {
      uid: UID,
      network,
      networkId: record.networkId,
      shop,
      admit: async () => ok(firstRecord),
    });
    expect(joined).toMatchObject({ ok: true });
    expect(await sell(insert(card))).toMatchObject({ committed: { ok: true }, exchanges: 9 });
  });

  it('[T3] lies under power after its work, its session open, and the next borrower reads and sells all the same', async () => {
    const card = await sampleCard(true);
    const before = insert(card);
    await open(before);
    const next = new Driver(before.transport, predictableBytes());
    expect(await readUid(next)).toEqual({ ok: true, value: UID });
    expect(await sell(new Driver(before.transport, predictableBytes()))).toMatchObject({ committed: { ok: true } });
  });

  it.each([
    ['half authenticated', (card: Driver) => card.exchange(INS.authenticateAes, Uint8Array.of(SHOP_KEYS.readWrite))],
    ['half told its version', (card: Driver) => card.exchange(INS.getVersion, new Uint8Array(0))],
  ])(
    '[T3] [N2] lies under power %s, its borrower gone, and the next one reads and sells all the same',
    async (_, begin) => {
      for (const lay of [insert, tap]) {
        const card = await sampleCard(true);
        const before = lay(card);
        await open(before);
        expect(await begin(before)).toMatchObject({ value: { sw: 0x91af } });
        expect(await sell(new Driver(before.transport, predictableBytes()))).toMatchObject({ committed: { ok: true } });
      }
    },
  );

  it('[T2] of a making that was left in the factory’s own session is made on by the next borrower', async () => {
    const card = blank();
    const before = insert(card);
    await selectApplication(before, PICC);
    expect(await before.authenticateLegacy(0, FACTORY_KEY)).toEqual({ ok: true, value: undefined });
    const driver = new Driver(before.transport, predictableBytes());
    expect(await readUid(driver)).toEqual({ ok: true, value: UID });
    expect(await readNetworkApplication(driver)).toEqual({ ok: false, error: { type: 'NotOurs' } });
    const wanted = { uid: UID, network, record, shop, firstRecord, mayPrepare: true };
    expect(await issueCard(driver, wanted)).toMatchObject({ ok: true, value: { changed: true } });
  });

  it('[T3] gets a PIN without contact, and spends under it with contact', async () => {
    const card: VirtualDesfire = await sampleCard(true);
    expect(await setCardPin(tap(card), { uid: UID, shop, newPin: '4711' })).toMatchObject({ ok: true });
    const refused = await open(insert(card));
    expect(await refused.provePin('0000')).toMatchObject({ error: { type: 'PinWrong', triesLeft: 2 } });
    expect(await unblockCardPin(insert(card), { uid: UID, shop })).toMatchObject({ ok: true });
    const session = await open(insert(card));
    await session.readLast();
    expect(await session.provePin('4711')).toEqual({ ok: true, value: 'card' });
    await session.write(spent);
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(session.exchanges).toBe(14);
    expect(await (await open(tap(card))).readLast()).toEqual({ ok: true, value: spent });
  });
});

describe('a card of two chips', () => {
  const plug = (chip: { atr: Uint8Array; process(apdu: Uint8Array): Uint8Array | null }): CardTransport => ({
    atr: chip.atr,
    transmit: async (command) => {
      const answer = chip.process(command);
      return answer ? ok(answer) : err({ type: 'CardRemoved' });
    },
  });

  it('[T3] [T39] tells its number through the contact chip, which has no balance', async () => {
    const chip = new ContactChip(record);
    chip.powerOn();
    expect(await readContactNumber(plug(chip))).toEqual({ ok: true, value: record });
  });

  it('[T3] the contact chip is no DESFire card, and the other way round', async () => {
    const chip = new ContactChip(record);
    chip.powerOn();
    expect(await readUid(new Driver(plug(chip), predictableBytes()))).toEqual({
      ok: false,
      error: { type: 'NotOurs' },
    });
    const card = await sampleCard(true);
    card.powerOn();
    expect(await readContactNumber(plug(card))).toEqual({ ok: false, error: { type: 'NotOurs' } });
  });

  it('[T3] pulled out, it is gone', async () => {
    expect(await readContactNumber(plug(new ContactChip(record)))).toEqual({
      ok: false,
      error: { type: 'CardRemoved' },
    });
  });
});
