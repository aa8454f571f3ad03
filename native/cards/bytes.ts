/** Small words on byte strings. DESFire numbers are little-endian throughout. */

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const equal = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
};

export const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const result = a.slice();
  for (let at = 0; at < b.length; at++) result[at]! ^= b[at]!;
  return result;
};

/** First byte moved to the end: RndA' and RndB' of the authentication. */
export const rotateLeft = (bytes: Uint8Array): Uint8Array => concat(bytes.subarray(1), bytes.subarray(0, 1));

export const zeros = (length: number): Uint8Array => new Uint8Array(length);

export const uintLE = (value: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  for (let at = 0, rest = value; at < length; at++, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
};

/** Fills with zeros up to a multiple of `blockLength`. */
export const padZeros = (bytes: Uint8Array, blockLength: number): Uint8Array =>
  concat(bytes, zeros((blockLength - (bytes.length % blockLength)) % blockLength));

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Reads hexadecimal text, blanks allowed. Anything else is a defect of the caller. */
export const fromHex = (text: string): Uint8Array => {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^([0-9a-fA-F]{2})*$/.test(digits)) throw new RangeError(`not hexadecimal: ${text}`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
};
