import { createCipheriv, createDecipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { contactless } from '../simulators/contactless.ts';
import { copyOf, opening, sampleCard, tap } from '../simulators/sample-network.ts';
import { openShopApplication } from './loyalty-card.ts';

/*
 * The README's worked example, done by a reader that has nothing of ours: AES from Node's crypto, the shop's read key, and
 * the layout as the README states it. It imports no driver for its own work.
 */

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const cbc = (key: Buffer, iv: Buffer, data: Buffer) => {
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
};
const uncbc = (key: Buffer, iv: Buffer, data: Buffer) => {
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(data), decipher.final()]);
};
const zero = Buffer.alloc(16);
const rotated = (block: Buffer) => Buffer.concat([block.subarray(1), block.subarray(0, 1)]);

/** NIST SP 800-38B, over a message of two blocks whose second is short: it is padded and takes the second sub-key. */
const cmacOfTwoBlocks = (key: Buffer, message: Buffer) => {
  const twice = (n: bigint) => ((n << 1n) & ((1n << 128n) - 1n)) ^ (n >> 127n ? 0x87n : 0n);
  const k2 = twice(twice(BigInt(`0x${cbc(key, zero, zero).toString('hex')}`)));
  const padded = Buffer.concat([message, Buffer.of(0x80), Buffer.alloc(31 - message.length)]);
  const mask = Buffer.from(k2.toString(16).padStart(32, '0'), 'hex');
  for (let index = 0; index < 16; index++) padded[16 + index]! ^= mask[index]!;
  return cbc(key, zero, padded).subarray(16);
};

it('[T6] a reader that knows the README and the shop’s read key alone reads the balance that our till wrote', async () => {
  const written = await sampleCard(true);
  const session = await openShopApplication(tap(written), opening);
  if (!session.ok) throw new Error(session.error.type);
  await session.value.readLast();
  await session.value.write({
    operation: 'earn',
    counter: 42,
    balancePoints: 1337,
    deltaPoints: 12,
    totalSpendMinor: 4_815_162_342,
    timeSeconds: 1_767_225_600,
    cardData: 4_172_093,
    intentionTag: 'b1e55ed0c0ffee42',
  });
  await session.value.commit();

  const card = contactless(copyOf(written));
  card.powerOn();
  const trace: string[] = [];
  const send = (command: Buffer) => {
    const answer = Buffer.from(card.process(command)!);
    trace.push(command.toString('hex'), answer.toString('hex'));
    return answer.subarray(0, -2);
  };
  const uid = send(bytes('ffca000000'));
  const readMaster = Buffer.alloc(16, 13);
  const key = cmacOfTwoBlocks(readMaster, Buffer.concat([bytes('01'), uid, bytes('f50001 03'), Buffer.from('CPTR')]));
  expect(key.toString('hex')).toBe('f245644f98c1b05f089f32da5fb55b25');
  send(bytes('905a000003 0100f5 00'));
  const challenge = send(bytes('90aa000001 03 00'));
  const rndB = uncbc(key, zero, challenge);
  const rndA = bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
  const token = cbc(key, challenge, Buffer.concat([rndA, rotated(rndB)]));
  const proof = send(Buffer.concat([bytes('90af000020'), token, bytes('00')]));
  expect(uncbc(key, token.subarray(16), proof)).toEqual(rotated(rndA));
  const record = send(bytes('90bb000007 01 000000 010000 00')).subarray(0, 32);
  expect(record.readInt32LE(4)).toBe(1337);
  expect(record.readUIntLE(1, 3)).toBe(42);
  expect(record.toString('hex')).toBe('112a0000390500000c0000e68b011f0100b955693da93f00b1e55ed0c0ffee42');
  // As the README prints it.
  expect(trace).toEqual([
    'ffca000000',
    '04a1b2c3d4e5f69000',
    '905a0000030100f500',
    '9100',
    '90aa0000010300',
    '51796704137ca50e623d7bc01d93bcde91af',
    '90af000020506ded3ff4baa97b345d006f291153277959b9906be52267b641e14d2f4c5ea300',
    'ed8857b980d724ec01838fc4672f46749100',
    '90bb0000070100000001000000',
    '112a0000390500000c0000e68b011f0100b955693da93f00b1e55ed0c0ffee42f48ef193390d20799100',
  ]);
});
