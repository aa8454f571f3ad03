import { concat, equal, padZeros, rotateLeft, zeros } from './bytes.ts';
import { AES_BLOCK, aesBlocks, aesDecrypt, type BlockCipher, cbcEncipher } from './crypto/aes.ts';
import { type CmacKey, cmac, cmacKey, MAC_LENGTH } from './crypto/cmac.ts';
import { crc32 } from './crypto/crc.ts';

const CRC_LENGTH = 4;

/** Session key of an AES authentication: first and last four bytes of both random numbers. */
export const aesSessionKey = (rndA: Uint8Array, rndB: Uint8Array): Uint8Array =>
  concat(rndA.subarray(0, 4), rndB.subarray(0, 4), rndA.subarray(12, 16), rndB.subarray(12, 16));

/**
 * The reader's half of the mutual authentication, in the order of the exchanges. The host reckons while the card is at work: its
 * ciphers before the challenge is there, the channel and the proof that the card owes before the card has given it.
 */
export class AesAuthentication {
  readonly #encipher: BlockCipher;
  readonly #decipher: BlockCipher;
  readonly #rndA: Uint8Array;

  constructor(key: Uint8Array, rndA: Uint8Array) {
    this.#encipher = aesBlocks(key);
    this.#decipher = aesBlocks(key, 'decipher');
    this.#rndA = rndA;
  }

  /** What the card must see to believe us. */
  answer(challenge: Uint8Array): { token: Uint8Array; rndB: Uint8Array } {
    const rndB = this.#decipher(challenge);
    return { token: cbcEncipher(this.#encipher, challenge, concat(this.#rndA, rotateLeft(rndB))), rndB };
  }

  /** What the card answers to `token` if it knows the key, and the channel that is then open. */
  expect({ token, rndB }: { token: Uint8Array; rndB: Uint8Array }): { proof: Uint8Array; channel: SecureChannel } {
    const proof = cbcEncipher(this.#encipher, token.subarray(-AES_BLOCK), rotateLeft(this.#rndA));
    return { proof, channel: new SecureChannel(aesSessionKey(this.#rndA, rndB)) };
  }
}

/**
 * Secure messaging of DESFire EV1 after an AES authentication, seen from the reader.
 * One chaining value runs through every command and every answer, also those that carry no MAC: whoever leaves one out,
 * changes or repeats it makes every later MAC wrong.
 */
export class SecureChannel {
  readonly #key: CmacKey;
  #iv: Uint8Array = zeros(AES_BLOCK);

  constructor(sessionKey: Uint8Array) {
    this.#key = cmacKey(sessionKey);
  }

  /** Passes a command through the chain; `message` is the instruction and all its data. The MAC is sent in maced mode only. */
  macCommand(message: Uint8Array): Uint8Array {
    this.#iv = cmac(this.#key, message, this.#iv);
    return this.#iv.slice(0, MAC_LENGTH);
  }

  /** Enciphers `data` with the CRC32 of `clear` (instruction, header) and `data`, padded with zeros. */
  encipherCommand(clear: Uint8Array, data: Uint8Array): Uint8Array {
    return this.encipher(concat(data, crc32(concat(clear, data))));
  }

  /** Enciphers bytes that bring their own checksums (ChangeKey). */
  encipher(data: Uint8Array): Uint8Array {
    const cryptogram = cbcEncipher(this.#key.encipher, this.#iv, padZeros(data, AES_BLOCK));
    this.#iv = cryptogram.slice(-AES_BLOCK);
    return cryptogram;
  }

  /** Checks an answer that ends in a MAC over its data and its status byte. Null when the MAC is wrong or missing. */
  openMaced(answer: Uint8Array, status: number): Uint8Array | null {
    if (answer.length < MAC_LENGTH) return null;
    const data = answer.slice(0, -MAC_LENGTH);
    this.#iv = cmac(this.#key, concat(data, Uint8Array.of(status)), this.#iv);
    return equal(answer.subarray(-MAC_LENGTH), this.#iv.subarray(0, MAC_LENGTH)) ? data : null;
  }

  /** Deciphers an answer of `length` bytes, checks its CRC32 (over data and status) and its padding. Null when wrong. */
  openEnciphered(answer: Uint8Array, status: number, length: number): Uint8Array | null {
    if (answer.length === 0 || answer.length % AES_BLOCK !== 0 || answer.length < length + CRC_LENGTH) return null;
    const clear = aesDecrypt(this.#key.key, this.#iv, answer);
    this.#iv = answer.slice(-AES_BLOCK);
    const data = clear.slice(0, length);
    const crc = clear.subarray(length, length + CRC_LENGTH);
    const padding = clear.subarray(length + CRC_LENGTH);
    const padded = padding.every((byte, index) => byte === 0 || (byte === 0x80 && index === 0));
    return padded && equal(crc, crc32(concat(data, Uint8Array.of(status)))) ? data : null;
  }
}
