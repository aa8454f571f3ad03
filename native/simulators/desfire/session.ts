import { concat, equal, padZeros, zeros } from '#native/cards/bytes.ts';
import { AES_BLOCK, aesDecrypt, aesEncrypt } from '#native/cards/crypto/aes.ts';
import { type CmacKey, cmac, cmacKey, MAC_LENGTH } from '#native/cards/crypto/cmac.ts';
import { crc16, crc32 } from '#native/cards/crypto/crc.ts';
import {
  DES_BLOCK,
  type LegacyCardKey,
  legacyCardKey,
  legacyCardReceive,
  legacyCardSend,
} from '#native/cards/crypto/des.ts';
import { type CommMode, STATUS } from '#native/cards/instructions.ts';
import { Refusal, refuseUnless } from './refusal.ts';

/** Secure messaging as the card does it. A command that does not hold is refused with an integrity error. */
export interface Session {
  readonly keyNumber: number;
  readonly blockLength: number;
  /** Bytes on the wire for `length` bytes of data in `mode`. */
  wireLength(length: number, mode: CommMode): number;
  /** Takes the protection off; `clear` is instruction and header, `length` the bytes of data expected. */
  receive(clear: Uint8Array, wire: Uint8Array, length: number, mode: CommMode): Uint8Array;
  /** Deciphers a ChangeKey cryptogram, whose checksums the command checks itself. */
  decipher(wire: Uint8Array): Uint8Array;
  /** The checksum of the enciphered mode: over everything sent, or over the data alone. */
  checksum(clear: Uint8Array, data: Uint8Array): Uint8Array;
  send(data: Uint8Array, mode: CommMode, lengthKnown: boolean): Uint8Array;
}

const pad = (data: Uint8Array, block: number, lengthKnown: boolean): Uint8Array =>
  padZeros(lengthKnown ? data : concat(data, Uint8Array.of(0x80)), block);

/** After AuthenticateAES: one chain of CMACs and cryptograms over all that passes. */
export class AesSession implements Session {
  readonly keyNumber: number;
  readonly blockLength = AES_BLOCK;
  readonly #key: CmacKey;
  #iv = zeros(AES_BLOCK);

  constructor(keyNumber: number, sessionKey: Uint8Array) {
    this.keyNumber = keyNumber;
    this.#key = cmacKey(sessionKey);
  }

  wireLength(length: number, mode: CommMode): number {
    if (mode === 'plain') return length;
    return mode === 'maced' ? length + MAC_LENGTH : Math.ceil((length + 4) / AES_BLOCK) * AES_BLOCK;
  }

  receive(clear: Uint8Array, wire: Uint8Array, length: number, mode: CommMode): Uint8Array {
    if (mode === 'enciphered') return this.#receiveEnciphered(clear, wire, length);
    const data = wire.slice(0, length);
    this.#iv = cmac(this.#key, concat(clear, data), this.#iv);
    if (mode === 'maced') {
      refuseUnless(equal(wire.subarray(length), this.#iv.subarray(0, MAC_LENGTH)), STATUS.integrityError);
    }
    return data;
  }

  #receiveEnciphered(clear: Uint8Array, wire: Uint8Array, length: number): Uint8Array {
    const all = this.decipher(wire);
    const data = all.slice(0, length);
    const good = equal(all.subarray(length, length + 4), this.checksum(clear, data));
    refuseUnless(good && all.subarray(length + 4).every((byte) => byte === 0), STATUS.integrityError);
    return data;
  }

  decipher(wire: Uint8Array): Uint8Array {
    refuseUnless(wire.length > 0 && wire.length % AES_BLOCK === 0, STATUS.lengthError);
    const data = aesDecrypt(this.#key.key, this.#iv, wire);
    this.#iv = wire.slice(-AES_BLOCK);
    return data;
  }

  checksum(clear: Uint8Array, data: Uint8Array): Uint8Array {
    return crc32(concat(clear, data));
  }

  send(data: Uint8Array, mode: CommMode, lengthKnown: boolean): Uint8Array {
    const status = Uint8Array.of(STATUS.ok);
    if (mode === 'enciphered') {
      const clear = pad(concat(data, crc32(concat(data, status))), AES_BLOCK, lengthKnown);
      const cryptogram = aesEncrypt(this.#key.key, this.#iv, clear);
      this.#iv = cryptogram.slice(-AES_BLOCK);
      return cryptogram;
    }
    this.#iv = cmac(this.#key, concat(data, status), this.#iv);
    return concat(data, this.#iv.subarray(0, MAC_LENGTH));
  }
}

const LEGACY_MAC = 4;

/** After the first DESFire's Authenticate: no chain; four-byte MACs over the data alone, CRC16, zero vector each time. */
export class LegacySession implements Session {
  readonly keyNumber: number;
  readonly blockLength = DES_BLOCK;
  readonly #key: LegacyCardKey;

  constructor(keyNumber: number, sessionKey: Uint8Array) {
    this.keyNumber = keyNumber;
    this.#key = legacyCardKey(sessionKey);
  }

  wireLength(length: number, mode: CommMode): number {
    if (mode === 'plain') return length;
    return mode === 'maced' ? length + LEGACY_MAC : Math.ceil((length + 2) / DES_BLOCK) * DES_BLOCK;
  }

  #mac(data: Uint8Array): Uint8Array {
    return legacyCardSend(this.#key, padZeros(data, DES_BLOCK)).slice(-DES_BLOCK, -LEGACY_MAC);
  }

  receive(_clear: Uint8Array, wire: Uint8Array, length: number, mode: CommMode): Uint8Array {
    if (mode === 'plain') return wire;
    if (mode === 'maced') {
      const data = wire.slice(0, length);
      refuseUnless(equal(wire.subarray(length), this.#mac(data)), STATUS.integrityError);
      return data;
    }
    const all = this.decipher(wire);
    const data = all.slice(0, length);
    refuseUnless(equal(all.subarray(length, length + 2), crc16(data)), STATUS.integrityError);
    return data;
  }

  decipher(wire: Uint8Array): Uint8Array {
    if (wire.length === 0 || wire.length % DES_BLOCK !== 0) throw new Refusal(STATUS.lengthError);
    return legacyCardReceive(this.#key, wire);
  }

  checksum(_clear: Uint8Array, data: Uint8Array): Uint8Array {
    return crc16(data);
  }

  send(data: Uint8Array, mode: CommMode, lengthKnown: boolean): Uint8Array {
    if (data.length === 0 || mode === 'plain') return data;
    if (mode === 'maced') return concat(data, this.#mac(data));
    return legacyCardSend(this.#key, pad(concat(data, crc16(data)), DES_BLOCK, lengthKnown));
  }
}
