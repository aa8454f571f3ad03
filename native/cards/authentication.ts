import { concat, equal, rotateLeft } from './bytes.ts';
import { AES_BLOCK, blockDecipher, type CbcEncipher, cbcEncipher } from './crypto/aes.ts';
import { type LegacyReaderKey, legacyReaderKey, legacyReceive, legacySend } from './crypto/des.ts';
import { SecureChannel } from './secure-channel.ts';

/** What we answered to a challenge. */
export type Answered = { token: Uint8Array; rndB: Uint8Array };

/**
 * The reader's half of a mutual authentication, in the order of the exchanges. The host reckons while the card is at work: its
 * ciphers before the challenge is there, the session before the card has proved itself.
 */
export interface Authentication<Session> {
  /** What the card must see to believe us. */
  answer(challenge: Uint8Array): Answered;
  /** Does the card's answer to the token show that it knows the key? And the session that is then open. */
  expect(answered: Answered): { isProof: (answer: Uint8Array) => boolean; session: Session };
}

export class AesAuthentication implements Authentication<SecureChannel> {
  readonly #encipher: CbcEncipher;
  readonly #decipher: (block: Uint8Array) => Uint8Array;
  readonly #rndA: Uint8Array;

  constructor(key: Uint8Array, rndA: Uint8Array) {
    this.#encipher = cbcEncipher(key);
    this.#decipher = blockDecipher(key);
    this.#rndA = rndA;
  }

  answer(challenge: Uint8Array): Answered {
    const rndB = this.#decipher(challenge);
    return { token: this.#encipher(challenge, concat(this.#rndA, rotateLeft(rndB))), rndB };
  }

  expect({ token, rndB }: Answered) {
    const proof = this.#encipher(token.subarray(-AES_BLOCK), rotateLeft(this.#rndA));
    const session = new SecureChannel(aesSessionKey(this.#rndA, rndB));
    return { isProof: (answer: Uint8Array) => equal(answer, proof), session };
  }
}

/** First and last four bytes of both random numbers. */
const aesSessionKey = (rndA: Uint8Array, rndB: Uint8Array): Uint8Array =>
  concat(rndA.subarray(0, 4), rndB.subarray(0, 4), rndA.subarray(12, 16), rndB.subarray(12, 16));

/** With a DES key of equal halves, as a factory-fresh card's master key is; the session's key has equal halves too. */
export class LegacyAuthentication implements Authentication<LegacyReaderKey> {
  readonly #key: LegacyReaderKey;
  readonly #rndA: Uint8Array;

  constructor(key: Uint8Array, rndA: Uint8Array) {
    this.#key = legacyReaderKey(key);
    this.#rndA = rndA;
  }

  answer(challenge: Uint8Array): Answered {
    const rndB = legacyReceive(this.#key, challenge);
    return { token: legacySend(this.#key, concat(this.#rndA, rotateLeft(rndB))), rndB };
  }

  expect({ rndB }: Answered) {
    const half = concat(this.#rndA.subarray(0, 4), rndB.subarray(0, 4));
    const isProof = (answer: Uint8Array) => equal(legacyReceive(this.#key, answer), rotateLeft(this.#rndA));
    return { isProof, session: legacyReaderKey(concat(half, half)) };
  }
}
