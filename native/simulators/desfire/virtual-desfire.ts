import { concat } from '#native/cards/bytes.ts';
import { INS, STATUS } from '#native/cards/instructions.ts';
import { COMMANDS } from './commands/index.ts';
import { Engine, type NativeAnswer } from './engine.ts';
import { isoCommand } from './iso.ts';
import { CARD_MEMORY_BYTES, type CardMemory, factoryMemory } from './memory.ts';
import { type CardJson, memoryFromJson, memoryToJson } from './persistence.ts';

export type VirtualDesfireOptions = {
  /** Seven bytes; those of NXP begin with 04. */
  uid: Uint8Array;
  randomBytes: (length: number) => Uint8Array;
  memoryBytes?: number;
};

export type TearMoment = 'before' | 'after';

/** ATR of a DESFire EV1 on a contactless PC/SC reader (PC/SC part 3, section 3.1.3.2.3: an ISO 14443-4 card). */
export const DESFIRE_ATR = Uint8Array.of(0x3b, 0x81, 0x80, 0x01, 0x80, 0x80);

/**
 * A DESFire EV1 card in memory: what stands on it survives `powerOff`, the authentication and what was not committed do not.
 * Bytes in, bytes out; `null` is a card that is no longer there. Made so that a DESFire library which knows nothing of us
 * can work with it. Not modelled: three-key triple DES, ISO authentication, random UID, EV2.
 */
export class VirtualDesfire {
  readonly #memory: CardMemory;
  readonly #randomBytes: (length: number) => Uint8Array;
  #engine: Engine | null = null;
  #tearAtCommit: TearMoment | null = null;
  #tearAt: { exchange: number; moment: TearMoment } | null = null;

  constructor(options: VirtualDesfireOptions | { memory: CardMemory; randomBytes: (length: number) => Uint8Array }) {
    this.#randomBytes = options.randomBytes;
    if ('memory' in options) this.#memory = options.memory;
    else {
      if (options.uid.length !== 7) throw new RangeError(`UID of ${options.uid.length} bytes`);
      this.#memory = factoryMemory(options.uid.slice(), options.memoryBytes ?? CARD_MEMORY_BYTES);
    }
  }

  /** A card as `toJSON` left it. @throws TypeError when the JSON is not a card's */
  static fromJSON(json: unknown, randomBytes: (length: number) => Uint8Array): VirtualDesfire {
    return new VirtualDesfire({ memory: memoryFromJson(json), randomBytes });
  }

  /** What stands on the card that `toJSON` left. @throws TypeError when the JSON is not a card's */
  static memoryOf(json: unknown): CardMemory {
    return memoryFromJson(json);
  }

  toJSON(): CardJson {
    return memoryToJson(this.#memory);
  }

  get uid(): Uint8Array {
    return this.#memory.uid.slice();
  }

  get atr(): Uint8Array {
    return DESFIRE_ATR.slice();
  }

  get powered(): boolean {
    return this.#engine !== null;
  }

  powerOn(): void {
    this.#engine?.endSession();
    this.#engine = new Engine(this.#memory, this.#randomBytes, COMMANDS);
  }

  powerOff(): void {
    this.#engine?.endSession();
    this.#engine = null;
  }

  /** Pulls the card at its next CommitTransaction: before the card has done it, or after, so that only the answer is lost. */
  tear(moment: TearMoment): void {
    this.#tearAtCommit = moment;
  }

  /** Pulls the card at the n-th command from now (1 = the next), before or after it is carried out. */
  tearAt(exchange: number, moment: TearMoment = 'before'): void {
    this.#tearAt = { exchange, moment };
  }

  get tearArmed(): TearMoment | null {
    return this.#tearAtCommit;
  }

  /** Takes one command APDU and gives the answer with its status word; null when the card is gone or has no power. */
  process(apdu: Uint8Array): Uint8Array | null {
    if (!this.#engine) return null;
    const tear = this.#tearOf(apdu);
    if (tear === 'before') {
      this.powerOff();
      return null;
    }
    const answer = respond(this.#engine, apdu);
    if (tear !== 'after') return answer;
    this.powerOff();
    return null;
  }

  /** Takes one native frame as it is: it holds five bytes of data more than a wrapped one. */
  processNative(instruction: number, data: Uint8Array): NativeAnswer | null {
    return this.#engine?.process(instruction, data) ?? null;
  }

  #tearOf(apdu: Uint8Array): TearMoment | null {
    if (this.#tearAtCommit && apdu[0] === 0x90 && apdu[1] === INS.commitTransaction) {
      const moment = this.#tearAtCommit;
      this.#tearAtCommit = null;
      return moment;
    }
    if (!this.#tearAt || --this.#tearAt.exchange > 0) return null;
    const { moment } = this.#tearAt;
    this.#tearAt = null;
    return moment;
  }
}

/** Real EV1 cards were measured to take wrapped commands of 60 bytes, six of them the wrapping, and to refuse longer ones. */
export const MAX_WRAPPED_DATA = 54;

const status = (sw: number): Uint8Array => Uint8Array.of(sw >> 8, sw & 0xff);

/** Takes the ISO wrapping off, has the command carried out, and wraps the answer. */
const respond = (engine: Engine, apdu: Uint8Array): Uint8Array => {
  if (apdu.length < 4) return status(0x6700);
  if (apdu[0] === 0x00) return status(isoCommand(engine, apdu));
  if (apdu[0] !== 0x90) return status(0x6e00);
  if (apdu[2] !== 0 || apdu[3] !== 0) return status(0x6b00);
  const data = wrappedData(apdu);
  if (!data) return status(0x6700);
  const answer = data.length > MAX_WRAPPED_DATA ? engine.refuse(STATUS.lengthError) : engine.process(apdu[1]!, data);
  return concat(answer.data, status(0x9100 | answer.status));
};

/** The data of 90 INS 00 00 [Lc data] [00]; null when the lengths do not agree. */
const wrappedData = (apdu: Uint8Array): Uint8Array | null => {
  if (apdu.length <= 5) return apdu.length === 4 || apdu[4] === 0 ? new Uint8Array(0) : null;
  const length = apdu[4]!;
  const data = apdu.slice(5, 5 + length);
  const rest = apdu.length - 5 - length;
  return data.length === length && length > 0 && (rest === 0 || rest === 1) ? data : null;
};
