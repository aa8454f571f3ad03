import { type SignedTime, signedTimeBytes } from '#contract/central/terminal-calls.ts';
import { readPublicKey, verifyEs256 } from '../keys/es256.ts';

/** A question that no earlier answer fits: 18 random bytes, base64url. */
export const timeNonce = (randomBytes: (count: number) => Uint8Array): string =>
  Buffer.from(randomBytes(18)).toString('base64url');

/**
 * Is this our server's word on what time it is, given to this very question?
 * @param serverPublicKey SPKI, base64, as given at enrolment
 */
export function isServersTime(answer: SignedTime, nonce: string, serverPublicKey: string): boolean {
  const key = readPublicKey(serverPublicKey);
  return key !== null && answer.nonce === nonce && verifyEs256(key, signedTimeBytes(answer), answer.signature);
}
