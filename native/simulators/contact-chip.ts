import { concat, equal } from '#native/cards/bytes.ts';
import { NUMBER_APPLICATION, NUMBER_FILE } from '#native/cards/contact-number.ts';
import { encodeNetworkRecord, type NetworkRecord } from '#native/cards/network-record.ts';

const SW = {
  ok: [0x90, 0x00],
  wrongLength: [0x67, 0x00],
  noFileSelected: [0x69, 0x86],
  fileNotFound: [0x6a, 0x82],
  beyondEnd: [0x6b, 0x00],
  noInstruction: [0x6d, 0x00],
  noClass: [0x6e, 0x00],
} as const;
const INS_SELECT = 0xa4;
const INS_READ_BINARY = 0xb0;

const status = (sw: readonly [number, number]): Uint8Array => Uint8Array.from(sw);

/** The contact chip of a two-chip card (ISO/IEC 7816-4): one application, one transparent file with the card's number. */
export class ContactChip {
  readonly #content: Uint8Array;
  #powered = false;
  #selected = false;

  constructor(record: NetworkRecord) {
    this.#content = encodeNetworkRecord(record);
  }

  /** Cold reset of a memory-only chip: T=1, no historical bytes. */
  get atr(): Uint8Array {
    return Uint8Array.of(0x3b, 0x80, 0x01, 0x81);
  }

  powerOn(): void {
    this.#powered = true;
    this.#selected = false;
  }

  powerOff(): void {
    this.#powered = false;
  }

  /** Takes one command APDU and gives the answer with its status word; null when the chip has no power. */
  process(apdu: Uint8Array): Uint8Array | null {
    if (!this.#powered) return null;
    if (apdu.length < 5) return status(SW.wrongLength);
    if (apdu[0] !== 0x00) return status(SW.noClass);
    if (apdu[1] === INS_SELECT) return this.#select(apdu);
    return apdu[1] === INS_READ_BINARY ? this.#read(apdu) : status(SW.noInstruction);
  }

  #select(apdu: Uint8Array): Uint8Array {
    const name = apdu.subarray(5, 5 + apdu[4]!);
    this.#selected = apdu[2] === 0x04 && equal(name, NUMBER_APPLICATION);
    return status(this.#selected ? SW.ok : SW.fileNotFound);
  }

  /** READ BINARY with a short file identifier in P1 and the offset in P2. */
  #read(apdu: Uint8Array): Uint8Array {
    if (!this.#selected) return status(SW.noFileSelected);
    if (apdu[2] !== (0x80 | NUMBER_FILE)) return status(SW.fileNotFound);
    const from = apdu[3]!;
    const wanted = apdu[4] || 256;
    if (from >= this.#content.length) return status(SW.beyondEnd);
    return concat(this.#content.subarray(from, from + wanted), status(SW.ok));
  }
}
