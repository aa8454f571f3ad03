import { concat, equal, rotateLeft, zeros } from '#native/cards/bytes.ts';
import { AES_BLOCK, aesDecrypt, aesEncrypt } from '#native/cards/crypto/aes.ts';
import { DES_BLOCK, legacyCardKey, legacyCardReceive, legacyCardSend } from '#native/cards/crypto/des.ts';
import { INS, STATUS } from '#native/cards/instructions.ts';
import type { KeyState } from './memory.ts';
import { refuseUnless } from './refusal.ts';
import { AesSession, LegacySession, type Session } from './session.ts';

/** An authentication of which the first half is done: the challenge to send, and what the token makes of it. */
export type Handshake = {
  challenge: Uint8Array;
  finish: (token: Uint8Array) => { proof: Uint8Array; session: Session };
};

type RandomBytes = (length: number) => Uint8Array;

export const beginAuthentication = (
  instruction: number,
  keyNumber: number,
  key: KeyState,
  randomBytes: RandomBytes,
): Handshake => {
  const wanted = instruction === INS.authenticateAes ? 'aes' : 'des';
  refuseUnless(key.kind === wanted, STATUS.authenticationError);
  return wanted === 'aes'
    ? beginAes(keyNumber, key.bytes, randomBytes)
    : beginLegacy(keyNumber, key.bytes, randomBytes);
};

const beginAes = (keyNumber: number, key: Uint8Array, randomBytes: RandomBytes): Handshake => {
  const rndB = randomBytes(AES_BLOCK);
  const challenge = aesEncrypt(key, zeros(AES_BLOCK), rndB);
  return {
    challenge,
    finish: (token) => {
      refuseUnless(token.length === 2 * AES_BLOCK, STATUS.lengthError);
      const clear = aesDecrypt(key, challenge, token);
      const rndA = clear.slice(0, AES_BLOCK);
      refuseUnless(equal(clear.subarray(AES_BLOCK), rotateLeft(rndB)), STATUS.authenticationError);
      const sessionKey = concat(rndA.slice(0, 4), rndB.slice(0, 4), rndA.slice(12), rndB.slice(12));
      const proof = aesEncrypt(key, token.subarray(AES_BLOCK), rotateLeft(rndA));
      return { proof, session: new AesSession(keyNumber, sessionKey) };
    },
  };
};

/** DES with equal halves, or two-key triple DES, which also takes the other halves of the random numbers. */
const legacySessionKey = (key: Uint8Array, rndA: Uint8Array, rndB: Uint8Array): Uint8Array => {
  const first = concat(rndA.slice(0, 4), rndB.slice(0, 4));
  const single = equal(key.subarray(0, DES_BLOCK), key.subarray(DES_BLOCK));
  return concat(first, single ? first : concat(rndA.slice(4), rndB.slice(4)));
};

const beginLegacy = (keyNumber: number, key: Uint8Array, randomBytes: RandomBytes): Handshake => {
  const ready = legacyCardKey(key);
  const rndB = randomBytes(DES_BLOCK);
  return {
    challenge: legacyCardSend(ready, rndB),
    finish: (token) => {
      refuseUnless(token.length === 2 * DES_BLOCK, STATUS.lengthError);
      const clear = legacyCardReceive(ready, token);
      const rndA = clear.slice(0, DES_BLOCK);
      refuseUnless(equal(clear.subarray(DES_BLOCK), rotateLeft(rndB)), STATUS.authenticationError);
      const proof = legacyCardSend(ready, rotateLeft(rndA));
      return { proof, session: new LegacySession(keyNumber, legacySessionKey(key, rndA, rndB)) };
    },
  };
};
