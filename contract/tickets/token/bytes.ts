/** Writes the fields of a token one after another. Throws RangeError on a value its field cannot hold: a defect of the caller. */
export class TokenWriter {
  readonly #bytes: number[] = [];

  /** Big-endian, `length` bytes. */
  uint(value: number, length: 1 | 2 | 4): this {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** length)
      throw new RangeError(`${value} in ${length} bytes`);
    for (let at = length - 1; at >= 0; at--) this.#bytes.push(Math.floor(value / 256 ** at) % 256);
    return this;
  }

  /** Seven bits a byte, least first; the top bit says that more follow (unsigned LEB128). */
  varint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no varint`);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes.push((rest % 128) + 128);
    this.#bytes.push(rest);
    return this;
  }

  /** A signed number as a varint: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
  signed(value: number): this {
    return this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** UTF-8 behind its length in one byte. */
  text(value: string): this {
    const bytes = new TextEncoder().encode(value);
    return this.uint(bytes.length, 1).raw(bytes);
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  done(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }
}

/** Thrown inside a reader only; the readers of whole tokens turn it into their value. */
export class TokenMalformed extends Error {}

/** Reads the fields back. Every method throws {@link TokenMalformed} when the bytes end too soon or are no such field. */
export class TokenReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  raw(length: number): Uint8Array<ArrayBuffer> {
    if (this.#at + length > this.#bytes.length) throw new TokenMalformed('too short');
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at) as Uint8Array<ArrayBuffer>;
  }

  uint(length: 1 | 2 | 4): number {
    return this.raw(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 128 ** 7; scale *= 128) {
      const byte = this.uint(1);
      value += (byte & 127) * scale;
      if (byte < 128 && Number.isSafeInteger(value)) return value;
    }
    throw new TokenMalformed('a varint without an end');
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  text(): string {
    const bytes = this.raw(this.uint(1));
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw new TokenMalformed('not UTF-8');
    }
  }

  /** Nothing may stand behind the last field. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new TokenMalformed('too long');
  }
}
