import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { concat, xor, zeros } from '../bytes.ts';

export const DES_BLOCK = 8;

const FACTORY_KEY_LENGTH = 16;
/** The key every card leaves the factory with. */
export const FACTORY_KEY = zeros(FACTORY_KEY_LENGTH);

/** Two-key triple DES in one block; with equal halves it is single DES, as DESFire uses it. */
const engine = (key: Uint8Array, direction: 'encipher' | 'decipher') => {
  const triple = concat(key, key.subarray(0, DES_BLOCK));
  const make = direction === 'encipher' ? createCipheriv : createDecipheriv;
  return make('des-ede3-ecb', createSecretKey(triple), null).setAutoPadding(false);
};

/**
 * CBC as the legacy scheme does it: a card only enciphers, so what is sent to it has been run through *decipher*.
 * Chain on sending: result = D(data xor previous result); on receiving: data = D(result) xor previous result.
 */
export const legacySend = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(key, 'decipher', data, iv, sending);

export const legacyReceive = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(key, 'decipher', data, iv, receiving);

/** The card's side of the same chain: it enciphers what it sends, and enciphers what it received to read it. */
export const legacyCardSend = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(key, 'encipher', data, iv, sending);

export const legacyCardReceive = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(key, 'encipher', data, iv, receiving);

type Block = (data: Uint8Array) => Uint8Array;
type Step = (block: Block, input: Uint8Array, previous: Uint8Array) => { output: Uint8Array; next: Uint8Array };

const sending: Step = (block, input, previous) => {
  const output = block(xor(input, previous));
  return { output, next: output };
};
const receiving: Step = (block, input, previous) => ({ output: xor(block(input), previous), next: input });

const chain = (
  key: Uint8Array,
  direction: 'encipher' | 'decipher',
  data: Uint8Array,
  iv: Uint8Array,
  step: Step,
): Uint8Array => {
  const cipher = engine(key, direction);
  const block: Block = (input) => new Uint8Array(cipher.update(input));
  const outputs: Uint8Array[] = [];
  let previous = iv;
  for (let at = 0; at < data.length; at += DES_BLOCK) {
    const { output, next } = step(block, data.subarray(at, at + DES_BLOCK), previous);
    outputs.push(output);
    previous = next;
  }
  return concat(...outputs);
};
