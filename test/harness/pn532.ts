import { once } from 'node:events';
import { SerialPort } from 'serialport';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';

/**
 * An NXP PN532 on a serial line (UM0701-02), as far as libnfc's `pn532_uart` driver uses it, with one virtual card in its
 * field: so the unmodified libnfc and all that stands on it work with our card as with a real one.
 */

const ACK = Uint8Array.of(0x00, 0x00, 0xff, 0x00, 0xff, 0x00);
const FROM_HOST = 0xd4;
const TO_HOST = 0xd5;
const ATQA = [0x03, 0x44];
const SAK_ISO14443_4 = 0x20;
/** TL and the historical bytes by which libraries know a DESFire EV1. */
const ATS = [0x06, 0x75, 0x77, 0x81, 0x02, 0x80];
const NO_CARD = 0x01;
const FRAME_HEAD = 5;

type Command = (data: Uint8Array) => number[];

const commands = (card: VirtualDesfire): ReadonlyMap<number, Command> =>
  new Map<number, Command>([
    [0x00, (data) => [...data]],
    [0x02, () => [0x32, 0x01, 0x06, 0x07]],
    [0x06, (data) => Array(data.length / 2).fill(0)],
    [0x08, () => []],
    [0x12, () => []],
    [0x14, () => []],
    [0x16, () => [0]],
    [0x32, () => []],
    [0x40, (data) => exchange(card, data.slice(1))],
    [0x44, () => [0]],
    [0x4a, (data) => listCards(card, data[1] ?? 0)],
    [0x52, () => [0]],
    [0x54, () => [0]],
  ]);

/** InListPassiveTarget: the card answers to ISO 14443 A only. It gets its power anew. */
const listCards = (card: VirtualDesfire, modulation: number): number[] => {
  if (modulation !== 0) return [0];
  card.powerOn();
  return [1, 1, ...ATQA, SAK_ISO14443_4, card.uid.length, ...card.uid, ...ATS];
};

const exchange = (card: VirtualDesfire, apdu: Uint8Array): number[] => {
  const answer = card.process(apdu);
  return answer ? [0, ...answer] : [NO_CARD];
};

const frame = (body: number[]): Uint8Array => {
  const sum = body.reduce((total, byte) => total + byte, 0);
  return Uint8Array.of(0, 0, 0xff, body.length, 256 - body.length, ...body, (256 - (sum % 256)) % 256, 0);
};

/** Takes whole command frames off the front of `bytes`; wake-up bytes and acknowledgements are passed over. */
const takeFrames = (bytes: Uint8Array): { bodies: Uint8Array[]; rest: Uint8Array } => {
  const bodies: Uint8Array[] = [];
  let at = 0;
  while (at + FRAME_HEAD <= bytes.length) {
    const length = bytes[at + 3]!;
    const isFrame = bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 0xff && length > 0;
    if (!isFrame || (length + bytes[at + 4]!) % 256 !== 0) {
      at++;
      continue;
    }
    const end = at + FRAME_HEAD + length + 2;
    if (end > bytes.length) break;
    bodies.push(bytes.slice(at + FRAME_HEAD, at + FRAME_HEAD + length));
    at = end;
  }
  return { bodies, rest: bytes.slice(at) };
};

/** Puts the chip and the card at one end of a serial line. */
export async function pn532On(path: string, card: VirtualDesfire): Promise<{ close(): Promise<void> }> {
  const port = new SerialPort({ path, baudRate: 115_200 });
  await once(port, 'open');
  const known = commands(card);
  let pending: Uint8Array = new Uint8Array(0);
  port.on('data', (bytes: Buffer) => {
    const { bodies, rest } = takeFrames(new Uint8Array(Buffer.concat([pending, bytes])));
    pending = rest;
    for (const body of bodies) {
      const command = known.get(body[1]!);
      if (body[0] !== FROM_HOST || !command) throw new Error(`a PN532 command not modelled: ${body[1]?.toString(16)}`);
      port.write(ACK);
      port.write(frame([TO_HOST, body[1]! + 1, ...command(body.slice(2))]));
    }
  });
  return {
    close: () => new Promise((resolve) => port.close(() => resolve())),
  };
}
