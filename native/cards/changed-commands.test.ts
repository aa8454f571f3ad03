import { beforeEach, describe, expect, it } from 'vitest';
import { transportTo } from '../simulators/card-maker.ts';
import { VirtualDesfire } from '../simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '../simulators/predictable-bytes.ts';
import { createApplication, selectApplication } from './applications.ts';
import { fromHex, zeros } from './bytes.ts';
import { Desfire } from './desfire.ts';
import { commitTransaction, createCyclicRecordFile, readRecords, writeRecord } from './files.ts';
import { changeKeySettings } from './keys.ts';
import type { CardTransport } from './transport.ts';

/*
 * Someone between the reader and the card changes, repeats or adds commands. The virtual card has to notice it as the
 * real one would, and the driver has to say it.
 */

const AID = 0xf50001;
const RIGHTS = { read: 1, write: 1, readWrite: 0, change: 0 };

let transport: CardTransport;
let driver: Desfire;
/** What reaches the card instead of a command; several, or none. */
let between: ((command: Uint8Array) => Uint8Array[]) | null;

beforeEach(async () => {
  const card = new VirtualDesfire({ uid: fromHex('04112233445566'), randomBytes: predictableBytes() });
  card.powerOn();
  transport = transportTo(card);
  between = null;
  const tapped: CardTransport = {
    atr: card.atr,
    transmit: async (command) => {
      let answer = await transport.transmit((between?.(command) ?? [command])[0]!);
      for (const more of between?.(command).slice(1) ?? []) answer = await transport.transmit(more);
      return answer;
    },
  };
  driver = new Desfire(tapped, predictableBytes());
  expect(await createApplication(driver, AID, 0x0b, 2)).toMatchObject({ ok: true });
  expect(await selectApplication(driver, AID)).toMatchObject({ ok: true });
  expect(await driver.authenticateAes(0, zeros(16))).toMatchObject({ ok: true });
});

const flip = (at: number) => (command: Uint8Array) => [command.with(at, command[at]! ^ 1)];
const byCard = { ok: false, error: { type: 'IntegrityError', by: 'card' } };

describe.each(['maced', 'enciphered'] as const)('a record written %s', (comm) => {
  beforeEach(async () => {
    const shape = { file: 1, comm, rights: RIGHTS, recordLength: 32, records: 4 };
    expect(await createCyclicRecordFile(driver, shape)).toMatchObject({ ok: true });
  });

  it.each([12, 20, 43])(
    '[T26] is refused by the card when byte %i is changed on the way, and nothing is written',
    async (at) => {
      between = (command) => (command[1] === 0x3b ? flip(at)(command) : [command]);
      expect(await writeRecord(driver, { file: 1, comm }, zeros(32))).toMatchObject(byCard);
      between = null;
      expect(await driver.authenticateAes(0, zeros(16))).toMatchObject({ ok: true });
      expect(await commitTransaction(driver)).toMatchObject({ error: { type: 'NoChanges' } });
    },
  );
});

it('[T26] a record with its MAC cannot be sent twice', async () => {
  const shape = { file: 1, comm: 'maced', rights: RIGHTS, recordLength: 32, records: 4 } as const;
  expect(await createCyclicRecordFile(driver, shape)).toMatchObject({ ok: true });
  between = (command) => (command[1] === 0x3b ? [command, command] : [command]);
  expect(await writeRecord(driver, { file: 1, comm: 'maced' }, zeros(32))).toMatchObject(byCard);
});

it('[T26] a command slipped in makes the next answer wrong', async () => {
  const shape = { file: 1, comm: 'maced', rights: RIGHTS, recordLength: 32, records: 4 } as const;
  expect(await createCyclicRecordFile(driver, shape)).toMatchObject({ ok: true });
  expect(await writeRecord(driver, { file: 1, comm: 'maced' }, zeros(32))).toMatchObject({ ok: true });
  await transport.transmit(fromHex('906f000000'));
  expect(await commitTransaction(driver)).toEqual({ ok: false, error: { type: 'CommitUnknown', cause: 'wrong MAC' } });
});

it('[T26] a commit slipped in is seen at the next answer', async () => {
  const shape = { file: 1, comm: 'maced', rights: RIGHTS, recordLength: 32, records: 4 } as const;
  expect(await createCyclicRecordFile(driver, shape)).toMatchObject({ ok: true });
  expect(await writeRecord(driver, { file: 1, comm: 'maced' }, zeros(32))).toMatchObject({ ok: true });
  await transport.transmit(fromHex('90c7000000'));
  const read = await readRecords(driver, { file: 1, comm: 'maced', recordLength: 32 }, 1);
  expect(read).toMatchObject({ error: { type: 'IntegrityError', by: 'reader' } });
});

it('[T26] enciphered settings are refused by the card when changed on the way', async () => {
  between = flip(7);
  expect(await changeKeySettings(driver, 0x0b)).toMatchObject(byCard);
});
