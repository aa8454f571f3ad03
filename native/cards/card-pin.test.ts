import { beforeAll, describe, expect, it } from 'vitest';
import { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import { copyOf, opening, sampleCard, shop, tap, UID } from '../simulators/sample-network.ts';
import { hex } from './bytes.ts';
import { spendKey } from './card-keys.ts';
import { setCardPin, unblockCardPin } from './card-pin.ts';
import { openShopApplication } from './loyalty-card.ts';

let fresh: VirtualDesfire;
beforeAll(async () => {
  fresh = await sampleCard(true);
});

const set = async (card: VirtualDesfire, newPin: string | null) => {
  const driver = tap(card);
  const done = await setCardPin(driver, { uid: UID, shop, newPin });
  return { driver, told: done.ok ? done.value.changed : done.error.type };
};
const prove = async (card: VirtualDesfire, pin: string | null) => {
  const session = await openShopApplication(tap(card), opening);
  if (!session.ok) throw new Error(session.error.type);
  const proof = await session.value.provePin(pin);
  return proof.ok ? proof.value : proof.error.type;
};
const block = async (card: VirtualDesfire): Promise<void> => {
  for (let time = 0; time < 3; time++) await prove(card, '9999');
};
const cardWith = async (...pins: (string | null)[]): Promise<VirtualDesfire> => {
  const card = copyOf(fresh);
  for (const pin of pins) await set(card, pin);
  return card;
};

describe('the cardholder’s PIN', () => {
  it('[T5] is set on the card in nine exchanges, changed and removed, without knowing the one before', async () => {
    const card = copyOf(fresh);
    const first = await set(card, '4711');
    expect([first.told, first.driver.exchanges]).toEqual([true, 9]);
    expect(await prove(copyOf(card), '4711')).toBe('card');
    const second = await set(card, '0815');
    expect([second.told, second.driver.exchanges]).toEqual([true, 9]);
    expect(await prove(copyOf(card), '4711')).toBe('PinWrong');
    expect(await prove(copyOf(card), '0815')).toBe('card');
    for (const pin of ['1234', '12345678', '0815']) {
      expect((await set(card, pin)).told).toBe(true);
      expect(await prove(copyOf(card), pin)).toBe('card');
    }
    expect((await set(card, null)).told).toBe(true);
    expect(await prove(card, null)).toBe('not-set');
    expect((await set(card, '0815')).told).toBe(true);
    expect(await prove(card, '0815')).toBe('card');
  });

  it('[T5] changes nothing when the card has it already', async () => {
    const card = await cardWith('4711');
    const before = card.toJSON();
    expect((await set(card, '4711')).told).toBe(false);
    expect((await set(copyOf(fresh), null)).told).toBe(false);
    expect(card.toJSON()).toEqual(before);
  });

  it.each([
    ['first', [], '4711', [null, '4711']],
    ['changed', ['4711'], '0815', ['4711', '0815']],
    ['changed twice', ['4711', '0815'], '1234', ['0815', '1234']],
    ['removed', ['4711'], null, ['4711', null]],
  ] as const)(
    '[T5] [N2] %s: pulled at any exchange, the card knows the old or the new one, and goes on',
    async (_, had, next, either) => {
      const image = await cardWith(...had);
      for (const moment of ['before', 'after'] as const) {
        for (let exchange = 1; ; exchange++) {
          const card = copyOf(image);
          card.tearAt(exchange, moment);
          const torn = await set(card, next);
          if (torn.told !== 'CardRemoved') break;
          const known = [];
          for (const pin of either) {
            const proof = await prove(copyOf(card), pin);
            if (proof === (pin === null ? 'not-set' : 'card')) known.push(pin);
          }
          expect(known, `at exchange ${exchange} (${moment})`).toHaveLength(1);
          expect(typeof (await set(card, next)).told).toBe('boolean');
          expect(await prove(card, next)).toBe(next === null ? 'not-set' : 'card');
        }
      }
    },
  );

  it('[T5] a new one gives the tries back', async () => {
    const card = await cardWith('4711');
    await block(card);
    expect(await prove(copyOf(card), '4711')).toBe('PinBlocked');
    expect((await set(card, '0815')).told).toBe(true);
    expect(await prove(card, '0815')).toBe('card');
  });

  it('[T5] [N2] is unblocked whatever it is, also when the card is pulled meanwhile', async () => {
    const blocked = await cardWith('4711');
    await block(blocked);
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; exchange <= 12; exchange++) {
        const card = copyOf(blocked);
        card.tearAt(exchange, moment);
        const torn = await unblockCardPin(tap(card), { uid: UID, shop });
        if (!torn.ok) {
          expect(torn.error.type).toBe('CardRemoved');
          const lost = exchange === 11 && moment === 'after';
          expect(await unblockCardPin(tap(card), { uid: UID, shop })).toEqual({ ok: true, value: { changed: !lost } });
        }
        expect(await prove(copyOf(card), '4711')).toBe('card');
      }
    }
    expect(await unblockCardPin(tap(copyOf(fresh)), { uid: UID, shop })).toEqual({
      ok: true,
      value: { changed: false },
    });
  });

  it('[T5] is not on the card, and its key stands there sealed only', async () => {
    const card = await cardWith('4711');
    const key = hex(spendKey(shop.masterKeys[2], UID, shop.aid, '4711'));
    const [, application] = card.toJSON().applications.find(([aid]) => aid === shop.aid)!;
    expect(JSON.stringify(application.files)).not.toContain(key);
    expect(application.keys[2]?.bytes).toBe(key);
  });

  it('[T5] takes room that a full card has not', async () => {
    const json = copyOf(fresh).toJSON();
    const card = VirtualDesfire.fromJSON({ ...json, capacity: json.used + 64 }, predictableBytes());
    expect((await set(card, '4711')).told).toBe('CardFull');
    expect(await prove(card, null)).toBe('not-set');
  });

  it('[T5] is not set on a card that is not this shop’s', async () => {
    expect((await set(await sampleCard(false), '4711')).told).toBe('ApplicationNotFound');
    const other = { ...shop, masterKeys: [shop.masterKeys[3], ...shop.masterKeys.slice(1)] as never };
    expect(await setCardPin(tap(copyOf(fresh)), { uid: UID, shop: other, newPin: '4711' })).toMatchObject({
      error: { type: 'AuthenticationFailed' },
    });
  });
});
