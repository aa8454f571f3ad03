/** P-256's prime and b (NIST SP 800-186 §3.2.1.3); a is −3. */
const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** The SPKI of an uncompressed P-256 key ends with 04, x, y (RFC 5480 §2.2). */
const spkiBytes = 91;

/** A public key (SPKI DER) as a compressed point, 33 bytes (SEC 1 §2.3.3). Throws RangeError when it is no P-256 key. */
export function compressedPoint(spki: Uint8Array): Uint8Array<ArrayBuffer> {
  const point = spki.slice(-65);
  if (spki.length !== spkiBytes || point[0] !== 4) throw new RangeError('not a P-256 key');
  return Uint8Array.from([2 + (point[64]! & 1), ...point.slice(1, 33)]);
}

/**
 * The same point with both coordinates, 65 bytes: browsers import no compressed one. Null when there is no such point.
 * Square roots as in SEC 1 §2.3.4: p is 3 modulo 4.
 */
export function uncompressedPoint(compressed: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const x = numberOf(compressed.slice(1));
  const square = (x ** 3n - 3n * x + b) % p;
  const root = power((square + p) % p, (p + 1n) / 4n);
  if (compressed.length !== 33 || x >= p || (root * root - square) % p !== 0n) return null;
  const y = (root & 1n) === BigInt(compressed[0]! & 1) ? root : p - root;
  return Uint8Array.from([4, ...compressed.slice(1), ...bytesOf(y)]);
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x0${hexOf(bytes)}`);
const bytesOf = (value: bigint): number[] =>
  Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * (31 - at))) & 255n));

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let factor = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % p;
    factor = (factor * factor) % p;
  }
  return result;
}
