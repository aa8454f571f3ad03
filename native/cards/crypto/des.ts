import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { concat, xor, zeros } from '../bytes.ts';

export const DES_BLOCK = 8;

const FACTORY_KEY_LENGTH = 16;
/** The key every card leaves the factory with. */
export const FACTORY_KEY = zeros(FACTORY_KEY_LENGTH);

type Block = (data: Uint8Array) => Uint8Array;
/** A key of one side with its cipher ready, one block at a time. */
export type LegacyReaderKey = { decipher: Block };
export type LegacyCardKey = { encipher: Block };

/** Two-key triple DES of a 16-byte key; with equal halves it is single DES, as DESFire uses it. */
const triple = (key: Uint8Array) => createSecretKey(concat(key, key.subarray(0, DES_BLOCK)));

export const legacyReaderKey = (key: Uint8Array): LegacyReaderKey => {
  const cipher = createDecipheriv('des-ede3-ecb', triple(key), null).setAutoPadding(false);
  return { decipher: (block) => new Uint8Array(cipher.update(block)) };
};

export const legacyCardKey = (key: Uint8Array): LegacyCardKey => {
  const cipher = createCipheriv('des-ede3-ecb', triple(key), null).setAutoPadding(false);
  return { encipher: (block) => new Uint8Array(cipher.update(block)) };
};

/**
 * CBC as the legacy scheme does it, from a vector of zeros: a card only enciphers, so what is sent to it has been run through
 * *decipher*. Chain on sending: result = D(data xor previous result); on receiving: data = D(result) xor previous result.
 */
export const legacySend = ({ decipher }: LegacyReaderKey, data: Uint8Array): Uint8Array =>
  chain(decipher, data, sending);

export const legacyReceive = ({ decipher }: LegacyReaderKey, data: Uint8Array): Uint8Array =>
  chain(decipher, data, receiving);

/** The card's side of the same chain: it enciphers what it sends, and enciphers what it received to read it. */
export const legacyCardSend = ({ encipher }: LegacyCardKey, data: Uint8Array): Uint8Array =>
  chain(encipher, data, sending);

export const legacyCardReceive = ({ encipher }: LegacyCardKey, data: Uint8Array): Uint8Array =>
  chain(encipher, data, receiving);

type Step = (block: Block, input: Uint8Array, previous: Uint8Array) => { output: Uint8Array; next: Uint8Array };

const sending: Step = (block, input, previous) => {
  const output = block(xor(input, previous));
  return { output, next: output };
};
const receiving: Step = (block, input, previous) => ({ output: xor(block(input), previous), next: input });

const chain = (block: Block, data: Uint8Array, step: Step): Uint8Array => {
  const whole = zeros(data.length);
  let previous = zeros(DES_BLOCK);
  for (let at = 0; at < data.length; at += DES_BLOCK) {
    const { output, next } = step(block, data.subarray(at, at + DES_BLOCK), previous);
    whole.set(output, at);
    previous = next;
  }
  return whole;
};
