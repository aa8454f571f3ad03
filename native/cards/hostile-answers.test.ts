import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '#contract/result/index.ts';
import { transportTo } from '../simulators/card-maker.ts';
import { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import { createApplication, getFreeMemory, getVersion, selectApplication } from './applications.ts';
import { concat, fromHex, zeros } from './bytes.ts';
import { Desfire } from './desfire.ts';
import {
  type AccessRights,
  commitTransaction,
  createCyclicRecordFile,
  createStdDataFile,
  getFileIds,
  readData,
  readRecords,
  writeRecord,
} from './files.ts';
import { getKeySettings, getKeyVersion } from './keys.ts';
import type { CardTransport } from './transport.ts';

const UID = fromHex('04112233445566');
const AID = 0xf50001;
const RIGHTS: AccessRights = { read: 1, write: 1, readWrite: 0, change: 0 };

type Tamper = (answer: Uint8Array, command: Uint8Array) => Uint8Array;
const through = (card: CardTransport, tamper: Tamper): CardTransport => ({
  atr: card.atr,
  transmit: async (command) => {
    const answer = await card.transmit(command);
    return answer.ok ? ok(tamper(answer.value, command)) : answer;
  },
});

let card: VirtualDesfire;
let driver: Desfire;
let tamper: Tamper | null;

beforeEach(() => {
  card = new VirtualDesfire({ uid: UID, randomBytes: predictableBytes() });
  card.powerOn();
  tamper = null;
  const transport = through(transportTo(card), (answer, command) => tamper?.(answer, command) ?? answer);
  driver = new Desfire(transport, predictableBytes());
});

const must = async (step: Promise<{ ok: boolean }>) => expect(await step).toMatchObject({ ok: true });

/** An application of three AES keys (zero), selected and opened with key 0. */
const openApplication = async () => {
  await must(createApplication(driver, AID, 0x0b, 3));
  await must(selectApplication(driver, AID));
  await must(driver.authenticateAes(0, zeros(16)));
};

describe('answers that are not the card’s', () => {
  const flip =
    (at: number): Tamper =>
    (answer) =>
      answer.with(at < 0 ? answer.length + at : at, answer.at(at)! ^ 1);

  it('[T26] finds a changed MAC', async () => {
    await openApplication();
    tamper = flip(-3);
    expect(await getFileIds(driver)).toEqual({
      ok: false,
      error: { type: 'IntegrityError', by: 'reader', command: 'getFileIds' },
    });
    expect(driver.authenticatedKey).toBeNull();
  });

  it('[T26] finds an enciphered answer with any bit changed', async () => {
    await openApplication();
    await must(createStdDataFile(driver, { file: 1, comm: 'enciphered', rights: RIGHTS, length: 20 }));
    for (const at of [0, 15, 16, 31]) {
      await must(driver.authenticateAes(0, zeros(16)));
      tamper = flip(at);
      expect(await readData(driver, { file: 1, comm: 'enciphered' }, 20)).toMatchObject({
        error: { type: 'IntegrityError', by: 'reader' },
      });
      tamper = null;
    }
  });

  it('[T26] does not take a card that cannot prove the key', async () => {
    await must(createApplication(driver, AID, 0x0b, 1));
    await must(selectApplication(driver, AID));
    tamper = (answer, command) => (command[1] === 0xaf ? flip(0)(answer, command) : answer);
    expect(await driver.authenticateAes(0, zeros(16))).toEqual({
      ok: false,
      error: { type: 'AuthenticationFailed', by: 'reader', command: 'authenticateAes' },
    });
  });

  it('[T6] calls a commit whose MAC is wrong, or whose answer is none of the card’s, unknown', async () => {
    await openApplication();
    await must(createCyclicRecordFile(driver, { file: 2, comm: 'maced', rights: RIGHTS, recordLength: 8, records: 4 }));
    for (const [wrong, cause] of [
      [flip(0), 'wrong MAC'],
      [() => fromHex('9100'), 'wrong MAC'],
      [() => fromHex('6f00'), 'unexpected answer'],
      [() => fromHex('91be'), 'unexpected answer'],
      [() => fromHex('91af'), 'unexpected answer'],
      [() => fromHex('91'), 'no answer'],
    ] as const) {
      await must(driver.authenticateAes(0, zeros(16)));
      await must(writeRecord(driver, { file: 2, comm: 'maced' }, zeros(8)));
      tamper = wrong;
      expect(await commitTransaction(driver)).toEqual({ ok: false, error: { type: 'CommitUnknown', cause } });
      tamper = null;
    }
  });

  it('calls a commit of nothing what it is', async () => {
    await openApplication();
    expect(await commitTransaction(driver)).toEqual({
      ok: false,
      error: { type: 'NoChanges', command: 'commitTransaction' },
    });
  });

  it('ends when an answer has no end', async () => {
    tamper = () => fromHex('00 91af');
    expect(await getVersion(driver)).toEqual({
      ok: false,
      error: { type: 'UnexpectedAnswer', command: 'getVersion', why: 'answer without end' },
    });
  });

  it('never throws, whatever comes back', async () => {
    const status = fc.constantFrom('9100', '91af', '91ae', '9000', '6f00');
    const nonsense = fc.oneof(
      fc.uint8Array({ maxLength: 70 }),
      fc.tuple(fc.uint8Array({ maxLength: 60 }), status).map(([data, sw]) => concat(data, fromHex(sw))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(nonsense, { minLength: 1, maxLength: 6 }), async (answers) => {
        let at = 0;
        const garbage = new Desfire(
          { atr: zeros(0), transmit: async () => ok(answers[at++ % answers.length]!) },
          predictableBytes(),
        );
        for (const step of [
          () => garbage.authenticateLegacy(0, zeros(16)),
          () => garbage.authenticateAes(0, zeros(16)),
          () => getVersion(garbage),
          () => getFreeMemory(garbage),
          () => getKeySettings(garbage),
          () => getKeyVersion(garbage, 0),
          () => readRecords(garbage, { file: 1, comm: 'maced', recordLength: 32 }, 1),
          () => commitTransaction(garbage),
        ]) {
          const result = await step();
          expect(result.ok || typeof result.error.type).toBeTruthy();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says when the card or the reader is gone', async () => {
    await openApplication();
    card.powerOff();
    expect(await getFileIds(driver)).toEqual({ ok: false, error: { type: 'CardRemoved' } });
    const unplugged = new Desfire(
      { atr: zeros(0), transmit: async () => err({ type: 'ReaderUnavailable', detail: 'unplugged' }) },
      predictableBytes(),
    );
    expect(await selectApplication(unplugged, AID)).toEqual({
      ok: false,
      error: { type: 'ReaderUnavailable', detail: 'unplugged' },
    });
    expect(unplugged.exchanges).toBe(1);
  });
});
