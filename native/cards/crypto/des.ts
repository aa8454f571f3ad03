import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat, xor, zeros } from '../bytes.ts';

export const DES_BLOCK = 8;

const FACTORY_KEY_LENGTH = 16;
/** The key every card leaves the factory with. */
export const FACTORY_KEY = zeros(FACTORY_KEY_LENGTH);

/** Two-key triple DES in one block; with equal halves it is single DES, as DESFire uses it. */
const engine = (key: Uint8Array, direction: 'encipher' | 'decipher') => {
  const triple = concat(key, key.subarray(0, DES_BLOCK));
  const make = direction === 'encipher' ? createCipheriv : createDecipheriv;
  return make('des-ede3-ecb', triple, null).setAutoPadding(false);
};

const block = (key: Uint8Array, direction: 'encipher' | 'decipher', data: Uint8Array): Uint8Array =>
  new Uint8Array(engine(key, direction).update(data));

/**
 * CBC as the legacy scheme does it: a card only enciphers, so what is sent to it has been run through *decipher*.
 * Chain on sending: result = D(data xor previous result); on receiving: data = D(result) xor previous result.
 */
export const legacySend = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(data, iv, (input, previous) => {
    const output = block(key, 'decipher', xor(input, previous));
    return { output, next: output };
  });

export const legacyReceive = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(data, iv, (input, previous) => ({ output: xor(block(key, 'decipher', input), previous), next: input }));

/** The card's side of the same chain: it enciphers what it sends, and enciphers what it received to read it. */
export const legacyCardSend = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(data, iv, (input, previous) => {
    const output = block(key, 'encipher', xor(input, previous));
    return { output, next: output };
  });

export const legacyCardReceive = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  chain(data, iv, (input, previous) => ({ output: xor(block(key, 'encipher', input), previous), next: input }));

type Step = (input: Uint8Array, previous: Uint8Array) => { output: Uint8Array; next: Uint8Array };

const chain = (data: Uint8Array, iv: Uint8Array, step: Step): Uint8Array => {
  const outputs: Uint8Array[] = [];
  let previous = iv;
  for (let at = 0; at < data.length; at += DES_BLOCK) {
    const { output, next } = step(data.subarray(at, at + DES_BLOCK), previous);
    outputs.push(output);
    previous = next;
  }
  return concat(...outputs);
};
