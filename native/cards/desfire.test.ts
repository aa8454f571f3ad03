import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { transportTo } from '../simulators/card-maker.ts';
import { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import {
  createApplication,
  formatPicc,
  getApplicationIds,
  getFreeMemory,
  getVersion,
  PICC,
  selectApplication,
} from './applications.ts';
import { concat, fromHex, hex, zeros } from './bytes.ts';
import { FACTORY_KEY } from './crypto/des.ts';
import { Desfire } from './desfire.ts';
import {
  type AccessRights,
  abortTransaction,
  commitTransaction,
  createCyclicRecordFile,
  createStdDataFile,
  getFileIds,
  readData,
  readRecords,
  writeData,
  writeRecord,
} from './files.ts';
import {
  changeFactoryKeyToAes,
  changeKeySettings,
  changeMasterKey,
  changeOtherKey,
  changeOwnKey,
  getKeySettings,
  getKeyVersion,
  setDefaultKey,
} from './keys.ts';

const UID = fromHex('04112233445566');
const AID = 0xf50001;
const KEY = fromHex('000102030405060708090a0b0c0d0e0f');
const RIGHTS: AccessRights = { read: 1, write: 1, readWrite: 0, change: 0 };
const DONE = { ok: true, value: undefined };

let driver: Desfire;

beforeEach(() => {
  const card = new VirtualDesfire({ uid: UID, randomBytes: predictableBytes() });
  card.powerOn();
  driver = new Desfire(transportTo(card), predictableBytes());
});

const must = async (step: Promise<{ ok: boolean }>) => expect(await step).toMatchObject({ ok: true });

/** An application of three AES keys (zero), selected and opened with key 0. */
const openApplication = async () => {
  await must(createApplication(driver, AID, 0x0b, 3));
  await must(selectApplication(driver, AID));
  await must(driver.authenticateAes(0, zeros(16)));
};

describe('the factory key', () => {
  it('[T26] opens a new card, gives way to an AES key, and opens it no more', async () => {
    await must(driver.authenticateLegacy(0, FACTORY_KEY));
    expect(await changeFactoryKeyToAes(driver, { key: KEY, version: 7 })).toEqual(DONE);
    expect(await driver.authenticateLegacy(0, FACTORY_KEY)).toEqual({
      ok: false,
      error: { type: 'AuthenticationFailed', by: 'card', command: 'authenticateLegacy' },
    });
    expect(await driver.authenticateAes(0, KEY)).toEqual(DONE);
    expect(await getKeyVersion(driver, 0)).toEqual({ ok: true, value: 7 });
    expect(await changeMasterKey(driver, { key: zeros(16), version: 8 })).toEqual(DONE);
    await must(driver.authenticateAes(0, zeros(16)));
  });

  it('[T26] gives way to nothing under a wrong legacy key', async () => {
    expect(await driver.authenticateLegacy(0, KEY)).toMatchObject({ error: { type: 'AuthenticationFailed' } });
  });
});

describe('keys and settings', () => {
  it('[T26] changes every key of an application', async () => {
    await openApplication();
    expect(await changeOtherKey(driver, 1, { key: KEY, version: 1 }, zeros(16))).toEqual(DONE);
    expect(await getKeyVersion(driver, 1)).toEqual({ ok: true, value: 1 });
    expect(await changeOwnKey(driver, 0, { key: KEY, version: 2 })).toEqual(DONE);
    await must(driver.authenticateAes(0, KEY));
    await must(driver.authenticateAes(1, KEY));
  });

  it('refuses a change that starts from a wrong old key, and the key stays', async () => {
    await openApplication();
    expect(await changeOtherKey(driver, 1, { key: KEY, version: 1 }, KEY)).toEqual({
      ok: false,
      error: { type: 'IntegrityError', by: 'card', command: 'changeKey' },
    });
    await must(driver.authenticateAes(1, zeros(16)));
  });

  it('[T26] lets only the master key change keys and make files', async () => {
    await openApplication();
    await must(driver.authenticateAes(1, zeros(16)));
    expect(await changeOtherKey(driver, 2, { key: KEY, version: 1 }, zeros(16))).toMatchObject({
      error: { type: 'AuthenticationFailed' },
    });
    await must(driver.authenticateAes(1, zeros(16)));
    const file = { file: 1, comm: 'plain', rights: RIGHTS, length: 8 } as const;
    expect(await createStdDataFile(driver, file)).toMatchObject({ error: { type: 'AuthenticationFailed' } });
  });

  it('reads and changes settings, and freezes them', async () => {
    await openApplication();
    expect(await getKeySettings(driver)).toEqual({ ok: true, value: { settings: 0x0b, keys: 3, aes: true } });
    expect(await changeKeySettings(driver, 0x02)).toEqual(DONE);
    expect(await changeKeySettings(driver, 0x0b)).toMatchObject({ error: { type: 'PermissionDenied' } });
    await must(driver.authenticateAes(0, zeros(16)));
    expect(await changeOwnKey(driver, 0, { key: KEY, version: 1 })).toMatchObject({
      error: { type: 'PermissionDenied' },
    });
  });

  it('[T26] gives new applications the default key of the card', async () => {
    await must(driver.authenticateLegacy(0, FACTORY_KEY));
    await must(changeFactoryKeyToAes(driver, { key: KEY, version: 1 }));
    await must(driver.authenticateAes(0, KEY));
    const born = fromHex('ffeeddccbbaa99887766554433221100');
    expect(await setDefaultKey(driver, { key: born, version: 3 })).toEqual(DONE);
    await must(createApplication(driver, AID, 0x0b, 1));
    await must(selectApplication(driver, AID));
    expect(await getKeyVersion(driver, 0)).toEqual({ ok: true, value: 3 });
    expect(await driver.authenticateAes(0, born)).toEqual(DONE);
  });

  it('loses what was not committed when the key that wrote it changes', async () => {
    await openApplication();
    const free: AccessRights = { read: 'free', write: 'free', readWrite: 'free', change: 0 };
    const file = { file: 4, comm: 'plain' } as const;
    await must(createCyclicRecordFile(driver, { ...file, rights: free, recordLength: 4, records: 2 }));
    await must(writeRecord(driver, file, KEY.slice(0, 4)));
    await must(changeOwnKey(driver, 0, { key: KEY, version: 1 }));
    expect(await commitTransaction(driver)).toMatchObject({ ok: false, error: { type: 'NoChanges' } });
  });
});

it('[T26] sends no key and no setting outside a session', async () => {
  await expect(setDefaultKey(driver, { key: KEY, version: 1 })).rejects.toThrow('session');
  await expect(changeKeySettings(driver, 0x0b)).rejects.toThrow('session');
  await expect(changeOwnKey(driver, 0, { key: KEY, version: 1 })).rejects.toThrow('session');
  await expect(changeOtherKey(driver, 1, { key: KEY, version: 1 }, KEY)).rejects.toThrow('session');
  await expect(changeFactoryKeyToAes(driver, { key: KEY, version: 1 })).rejects.toThrow('session');
  expect(driver.exchanges).toBe(0);
});

describe('card level', () => {
  it('reads version, memory and applications, also inside a session', async () => {
    await must(createApplication(driver, AID, 0x0b, 1));
    await must(createApplication(driver, 0x123456, 0x0b, 1));
    for (const session of [false, true]) {
      if (session) await must(driver.authenticateLegacy(0, FACTORY_KEY));
      expect(await getApplicationIds(driver)).toEqual({ ok: true, value: [AID, 0x123456] });
      const version = await getVersion(driver);
      expect(version.ok && hex(version.value.uid)).toBe(hex(UID));
    }
    const before = await getFreeMemory(driver);
    expect(await formatPicc(driver)).toEqual(DONE);
    const after = await getFreeMemory(driver);
    expect(before.ok && after.ok && before.value < after.value).toBe(true);
    expect(await getApplicationIds(driver)).toEqual({ ok: true, value: [] });
  });

  it('names what is not there and what is there twice', async () => {
    expect(await selectApplication(driver, AID)).toEqual({ ok: false, error: { type: 'ApplicationNotFound' } });
    await must(createApplication(driver, AID, 0x0b, 1));
    expect(await createApplication(driver, AID, 0x0b, 1)).toEqual({
      ok: false,
      error: { type: 'DuplicateApplication' },
    });
    await must(selectApplication(driver, PICC));
  });

  it('says when the card is full', async () => {
    let made = 0;
    for (; made < 30; made++) {
      const result = await createApplication(driver, 0x100000 + made, 0x0b, 14);
      if (result.ok) continue;
      expect(result.error).toEqual({ type: 'CardFull', command: 'createApplication' });
      break;
    }
    expect(made).toBeLessThan(30);
  });
});

describe.each(['plain', 'maced', 'enciphered'] as const)('files that speak %s', (comm) => {
  it('[T26] give back what was written, of any length', async () => {
    await openApplication();
    await must(createStdDataFile(driver, { file: 1, comm, rights: RIGHTS, length: 300 }));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(100), async (data, offset) => {
        expect(await writeData(driver, { file: 1, comm, offset }, data)).toEqual(DONE);
        expect(await readData(driver, { file: 1, comm, offset }, data.length)).toEqual({ ok: true, value: data });
      }),
      { numRuns: 30 },
    );
  });

  it('[T26] keep records until they are committed, and the session through it all', async () => {
    await openApplication();
    const shape = { file: 2, comm, rights: RIGHTS, recordLength: 32, records: 4 };
    await must(createCyclicRecordFile(driver, shape));
    expect(await getFileIds(driver)).toEqual({ ok: true, value: [2] });
    for (const fill of [1, 2, 3, 4]) {
      await must(writeRecord(driver, { file: 2, comm }, new Uint8Array(32).fill(fill)));
      await must(commitTransaction(driver));
    }
    await must(writeRecord(driver, { file: 2, comm }, new Uint8Array(32).fill(9)));
    await must(abortTransaction(driver));
    const place = { file: 2, comm, recordLength: 32 };
    expect(await readRecords(driver, place, 3)).toEqual({
      ok: true,
      value: concat(...[2, 3, 4].map((fill) => new Uint8Array(32).fill(fill))),
    });
    expect(driver.authenticatedKey).toBe(0);
    expect(await readRecords(driver, place, 4)).toEqual({
      ok: false,
      error: { type: 'BoundaryError', command: 'readRecords' },
    });
    expect(driver.authenticatedKey).toBeNull();
  });
});
