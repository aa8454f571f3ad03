import { beforeAll, describe, expect, it } from 'vitest';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import type { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { copyOf, firstRecord, opening, sampleCard, shop, spent, tap, UID } from '../simulators/sample-network.ts';
import { selectApplication } from './applications.ts';
import { spendKey } from './card-keys.ts';
import { setCardPin } from './card-pin.ts';
import { getRecordCount } from './files.ts';
import { TRIES_FILE } from './layout.ts';
import { openShopApplication, type ShopOpening } from './loyalty-card.ts';

let withoutPin: VirtualDesfire;
let withPin: VirtualDesfire;
const PIN = '4711';

beforeAll(async () => {
  withoutPin = await sampleCard(true);
  withPin = copyOf(withoutPin);
  await setCardPin(tap(withPin), { uid: UID, shop, newPin: PIN });
});

const open = async (card: VirtualDesfire, changes: Partial<ShopOpening> = {}) => {
  const session = await openShopApplication(tap(card), { ...opening, ...changes });
  if (!session.ok) throw new Error(session.error.type);
  return session.value;
};

/** The whole spending on the card: the first error it meets, or how the PIN was judged. */
const spend = async (card: VirtualDesfire, pin: string | null): Promise<string> => {
  const session = await openShopApplication(tap(card), opening);
  if (!session.ok) return session.error.type;
  const last = await session.value.readLast();
  if (!last.ok) return last.error.type;
  const proof = await session.value.provePin(pin);
  if (!proof.ok) return proof.error.type;
  const written = await session.value.write(spent);
  if (!written.ok) return written.error.type;
  const committed = await session.value.commit();
  return committed.ok ? proof.value : committed.error.type;
};

const triesUsed = async (card: VirtualDesfire): Promise<number> => {
  const driver = tap(card);
  await selectApplication(driver, shop.aid);
  const used = await getRecordCount(driver, TRIES_FILE);
  if (!used.ok) throw new Error(used.error.type);
  return used.value;
};

const lastOn = async (card: VirtualDesfire): Promise<CardRecord | null> => {
  const last = await (await open(card)).readLast();
  if (!last.ok) throw new Error(last.error.type);
  return last.value;
};

describe('the spending key', () => {
  const [, , master] = shop.masterKeys;

  it('[T5] is another for each PIN, and another for none', () => {
    const keys = [null, '0000', '4711', '04711', '47110000'].map((pin) => spendKey(master, UID, shop.aid, pin));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(5);
  });

  it.each(['', '123', '123456789', '12a4', '１２３４'])('is made of four to eight digits, not of "%s"', (pin) => {
    expect(() => spendKey(master, UID, shop.aid, pin)).toThrow(RangeError);
  });
});

describe('points spent with no server, under a PIN', () => {
  it('[T5] take eleven exchanges, of which the PIN six, and leave no try used', async () => {
    const card = copyOf(withPin);
    const session = await open(card);
    expect(await session.readLast()).toEqual({ ok: true, value: firstRecord });
    expect(await session.provePin(PIN)).toEqual({ ok: true, value: 'card' });
    expect(session.exchanges).toBe(8);
    expect(await session.write(spent)).toMatchObject({ ok: true });
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(session.exchanges).toBe(11);
    expect(await lastOn(card)).toEqual(spent);
    expect(await triesUsed(card)).toBe(0);
  });

  it('[T5] are refused by the card itself after three wrong PINs, also to the right one, and on any till', async () => {
    const card = copyOf(withPin);
    const refusals = [];
    for (const pin of ['0000', '1111', '2222', PIN]) {
      const refused = await (await open(card)).provePin(pin);
      refusals.push(refused.ok ? 'passed' : refused.error);
    }
    expect(refusals).toEqual([
      { type: 'PinWrong', triesLeft: 2 },
      { type: 'PinWrong', triesLeft: 1 },
      { type: 'PinBlocked' },
      { type: 'PinBlocked' },
    ]);
    expect(await spend(card, PIN)).toBe('PinBlocked');
    expect(await lastOn(card)).toEqual(firstRecord);
  });

  it('[T5] the right PIN gives all tries back, with the record and not before', async () => {
    const card = copyOf(withPin);
    expect(await spend(card, '0000')).toBe('PinWrong');
    expect(await spend(card, '0001')).toBe('PinWrong');
    const session = await open(card);
    expect(await session.provePin(PIN)).toMatchObject({ ok: true });
    expect(await triesUsed(copyOf(card))).toBe(3);
    await session.write(spent);
    expect(await triesUsed(copyOf(card))).toBe(3);
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(await triesUsed(card)).toBe(0);
  });

  it('[T5] a wrong PIN may be followed by the right one while the card lies there', async () => {
    const card = copyOf(withPin);
    const session = await open(card);
    expect(await session.provePin('0000')).toEqual({ ok: false, error: { type: 'PinWrong', triesLeft: 2 } });
    expect(await session.provePin(PIN)).toEqual({ ok: true, value: 'card' });
    await session.write(spent);
    await session.commit();
    expect([await lastOn(card), await triesUsed(card)]).toEqual([spent, 0]);
  });

  it('[T5] what cannot be a PIN is wrong and costs no try', async () => {
    const card = copyOf(withPin);
    const session = await open(card);
    expect(await session.provePin('12')).toEqual({ ok: false, error: { type: 'PinWrong', triesLeft: 3 } });
    expect(await triesUsed(card)).toBe(0);
  });

  it('[T5] without the PIN that is set, it is asked for', async () => {
    const session = await open(copyOf(withPin));
    expect(await session.provePin(null)).toEqual({ ok: false, error: { type: 'PinRequired' } });
    expect(session.exchanges).toBe(4);
    expect(await session.provePin(PIN)).toEqual({ ok: true, value: 'card' });
  });

  it('[T5] a till that was never given the spending key says so', async () => {
    const { spendMasterKey: _, ...older } = opening.shop;
    const session = await open(copyOf(withPin), { shop: older });
    expect(await session.provePin(PIN)).toEqual({ ok: false, error: { type: 'SpendKeyMissing' } });
  });

  it('[T5] [N2] pulled at any exchange, the card has the whole or nothing, and no try was free', async () => {
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; exchange <= 11; exchange++) {
        const card = copyOf(withPin);
        card.tearAt(exchange, moment);
        const told = await spend(card, PIN);
        expect(told).toBe(exchange === 11 ? 'CommitUnknown' : 'CardRemoved');
        const applied = exchange === 11 && moment === 'after';
        const tryTaken = !applied && (exchange > 6 || (exchange === 6 && moment === 'after'));
        const where = `at exchange ${exchange} (${moment})`;
        expect(await lastOn(copyOf(card)), where).toEqual(applied ? spent : firstRecord);
        expect(await triesUsed(copyOf(card)), where).toBe(tryTaken ? 1 : 0);
        // The next tap goes on as if nothing had been.
        expect(await spend(card, PIN), where).toBe('card');
        expect([await lastOn(card), await triesUsed(card)]).toEqual([spent, 0]);
      }
    }
  });

  it('[T5] [N2] a wrong PIN is never free, whenever the card is pulled', async () => {
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; exchange <= 12; exchange++) {
        const card = copyOf(withPin);
        card.tearAt(exchange, moment);
        await spend(card, '0000');
        const used = await triesUsed(copyOf(card));
        // The eighth command is the one that shows the key: by then the try stands.
        if (exchange >= 7) expect(used).toBe(1);
        expect(used).toBeLessThanOrEqual(1);
        expect(await lastOn(card)).toEqual(firstRecord);
      }
    }
  });
});

describe('points spent with no server, of a card without a PIN', () => {
  it('[T5] take seven exchanges: the card says, under its MAC, that none is set', async () => {
    const card = copyOf(withoutPin);
    const session = await open(card);
    await session.readLast();
    expect(await session.provePin(null)).toEqual({ ok: true, value: 'not-set' });
    await session.write(spent);
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(session.exchanges).toBe(7);
    expect(await lastOn(card)).toEqual(spent);
  });

  it.each(['4711', '12'])('[T5] a PIN given all the same (%s) does no harm', async (pin) => {
    const removed = copyOf(withPin);
    await setCardPin(tap(removed), { uid: UID, shop, newPin: null });
    for (const card of [copyOf(withoutPin), removed]) {
      expect(await spend(card, pin)).toBe('not-set');
      expect(await lastOn(card)).toEqual(spent);
    }
    expect(await triesUsed(removed)).toBe(0);
  });
});

it('[T5] a PIN whose tries the card cannot count is not judged', async () => {
  const json = copyOf(withPin).toJSON();
  for (const [, application] of json.applications) {
    application.files = application.files.filter(([number]) => number !== TRIES_FILE);
  }
  const card = copyOf(Object.assign(copyOf(withPin), { toJSON: () => json }));
  expect(await spend(card, PIN)).toBe('CardOfOlderLayout');
});
