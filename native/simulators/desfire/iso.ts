import { equal, fromHex } from '#native/cards/bytes.ts';
import type { Engine } from './engine.ts';
import type { Application } from './memory.ts';

/** Name of the DESFire card itself (ISO/IEC 7816-5 DF name, registered by NXP). */
const CARD_NAME = fromHex('D2760000850100');
const MASTER_FILE = 0x3f00;

const SW = { ok: 0x9000, wrongLength: 0x6700, notFound: 0x6a82, wrongParameters: 0x6a86, noInstruction: 0x6d00 };

/** ISO SELECT by DF name (P1 04) or by file identifier (P1 00); other ISO instructions are not modelled. Gives the status word. */
export const isoCommand = (card: Engine, apdu: Uint8Array): number => {
  const [, instruction, p1, p2] = apdu;
  if (instruction !== 0xa4) return SW.noInstruction;
  if (p2 !== 0x00 && p2 !== 0x0c) return SW.wrongParameters;
  const length = apdu[4] ?? 0;
  const data = apdu.slice(5, 5 + length);
  if (data.length !== length) return SW.wrongLength;
  const found = p1 === 0x04 ? byName(card, data) : p1 === 0x00 ? byIdentifier(card, data) : undefined;
  if (!found) return p1 === 0x04 || p1 === 0x00 ? SW.notFound : SW.wrongParameters;
  card.select(found);
  return SW.ok;
};

const byName = ({ memory }: Engine, name: Uint8Array): Application | undefined =>
  equal(name, CARD_NAME)
    ? memory.picc
    : [...memory.applications.values()].find(({ isoName }) => isoName !== null && equal(isoName, name));

const byIdentifier = ({ memory }: Engine, data: Uint8Array): Application | undefined => {
  const identifier = data.length === 0 ? MASTER_FILE : (data[0]! << 8) | data[1]!;
  if (identifier === MASTER_FILE) return memory.picc;
  return [...memory.applications.values()].find(({ isoId }) => isoId === identifier);
};
