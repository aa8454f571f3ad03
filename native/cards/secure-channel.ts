import { concat, equal, padZeros, zeros } from './bytes.ts';
import { AES_BLOCK, aesDecrypt } from './crypto/aes.ts';
import { type CmacKey, cmac, cmacKey, MAC_LENGTH } from './crypto/cmac.ts';
import { crc32 } from './crypto/crc.ts';

const CRC_LENGTH = 4;

/**
 * Secure messaging of DESFire EV1 after an AES authentication, seen from the reader.
 * One chaining value runs through every command and every answer, also those that carry no MAC: whoever leaves one out,
 * changes or repeats it makes every later MAC wrong.
 */
export class SecureChannel {
  readonly #key: CmacKey;
  #iv: Uint8Array = zeros(AES_BLOCK);
  /** The chaining value after an answer of a status alone, while one is looked forward to. */
  #afterEmpty: Uint8Array | null = null;

  constructor(sessionKey: Uint8Array) {
    this.#key = cmacKey(sessionKey);
  }

  /** Passes a command through the chain; `message` is the instruction and all its data. The MAC is sent in maced mode only. */
  macCommand(message: Uint8Array): Uint8Array {
    this.#goOn(cmac(this.#key, message, this.#iv));
    return this.#iv.slice(0, MAC_LENGTH);
  }

  /** Enciphers `data` with the CRC32 of `clear` (instruction, header) and `data`, padded with zeros. */
  encipherCommand(clear: Uint8Array, data: Uint8Array): Uint8Array {
    return this.encipher(concat(data, crc32(concat(clear, data))));
  }

  /** Enciphers bytes that bring their own checksums (ChangeKey). */
  encipher(data: Uint8Array): Uint8Array {
    const cryptogram = this.#key.encipher(this.#iv, padZeros(data, AES_BLOCK));
    this.#goOn(cryptogram.slice(-AES_BLOCK));
    return cryptogram;
  }

  /** Reckons, while the card is at work, the proof of the usual answer, which is empty. The command has been passed through before. */
  lookForward(status: number): void {
    this.#afterEmpty = cmac(this.#key, Uint8Array.of(status), this.#iv);
  }

  /** Checks an answer that ends in a MAC over its data and its status byte. Null when the MAC is wrong or missing. */
  openMaced(answer: Uint8Array, status: number): Uint8Array | null {
    if (answer.length < MAC_LENGTH) return null;
    const data = answer.slice(0, -MAC_LENGTH);
    const afterEmpty = data.length === 0 ? this.#afterEmpty : null;
    this.#goOn(afterEmpty ?? cmac(this.#key, concat(data, Uint8Array.of(status)), this.#iv));
    return equal(answer.subarray(-MAC_LENGTH), this.#iv.subarray(0, MAC_LENGTH)) ? data : null;
  }

  /** Deciphers an answer of `length` bytes, checks its CRC32 (over data and status) and its padding. Null when wrong. */
  openEnciphered(answer: Uint8Array, status: number, length: number): Uint8Array | null {
    if (answer.length === 0 || answer.length % AES_BLOCK !== 0 || answer.length < length + CRC_LENGTH) return null;
    const clear = aesDecrypt(this.#key.key, this.#iv, answer);
    this.#goOn(answer.slice(-AES_BLOCK));
    const data = clear.slice(0, length);
    const crc = clear.subarray(length, length + CRC_LENGTH);
    const padding = clear.subarray(length + CRC_LENGTH);
    const padded = padding.every((byte, index) => byte === 0 || (byte === 0x80 && index === 0));
    return padded && equal(crc, crc32(concat(data, Uint8Array.of(status)))) ? data : null;
  }

  #goOn(iv: Uint8Array): void {
    this.#iv = iv;
    this.#afterEmpty = null;
  }
}
