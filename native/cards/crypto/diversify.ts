import { concat } from '../bytes.ts';
import { cmac, cmacKey } from './cmac.ts';

const AES_128_CONSTANT = 0x01;
export const MAX_DIVERSIFICATION_INPUT = 31;

/**
 * A key of one card out of a master key: NXP AN10922 section 2.2, AES-128.
 * `input` is 1 to 31 bytes that no two keys share; the master key cannot be found from the result.
 */
export const diversifyKey = (masterKey: Uint8Array, input: Uint8Array): Uint8Array => {
  if (input.length < 1 || input.length > MAX_DIVERSIFICATION_INPUT) {
    throw new RangeError(`diversification input of ${input.length} bytes`);
  }
  return cmac(cmacKey(masterKey), concat(Uint8Array.of(AES_128_CONSTANT), input), undefined, 2);
};
