/** What packing needs of its platform; Node's `zlib` has both. */
export type ZipTools = {
  /** Raw DEFLATE (RFC 1951) of what comes in. */
  deflateRaw(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** CRC-32 of these bytes, going on from that of the bytes before them (0 at first). */
  crc32(bytes: Uint8Array, before: number): number;
};

export type ZipPart = { path: string; content: AsyncIterable<Uint8Array> };

const utf8 = new TextEncoder();
const headerSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;
const directorySignature = 0x02014b50;
const endSignature = 0x06054b50;
const version = 20;
/** Bit 3: sizes and sum follow the data. Bit 11: paths are UTF-8. */
const flags = 0x0808;
const deflated = 8;
/** 1 January 1980, the format's first day: a file that says nothing of when it was made. */
const dosDate = 0x0021;
const maxBytes = 0xffff_ffff;

/**
 * A ZIP file (APPNOTE 6.3.10, sections 4.3 and 4.4) as it comes, without knowing its parts' sizes beforehand.
 * @throws RangeError where a part, or the whole, passes the 4 GB that the plain format can say
 */
export async function* zipped(parts: Iterable<ZipPart>, tools: ZipTools): AsyncGenerator<Uint8Array, void, undefined> {
  const entries: { name: Uint8Array; facts: number[]; at: number }[] = [];
  let written = 0;
  const counted = (bytes: Uint8Array): Uint8Array => {
    written += bytes.length;
    if (written > maxBytes) throw new RangeError('a ZIP file of more than 4 GB');
    return bytes;
  };
  for (const { path, content } of parts) {
    const name = utf8.encode(path);
    const at = written;
    yield counted(fields([4, headerSignature], ...common([0, 0, 0]), [2, name.length], [2, 0]));
    yield counted(name);
    const sum = { crc: 0, size: 0 };
    const before = written;
    for await (const bytes of tools.deflateRaw(measured(content, sum, tools))) yield counted(bytes);
    if (sum.size > maxBytes) throw new RangeError(`${path} holds more than 4 GB`);
    const facts = [sum.crc, written - before, sum.size];
    yield counted(fields([4, descriptorSignature], ...facts.map((fact): Field => [4, fact])));
    entries.push({ name, facts, at });
  }
  const directoryAt = written;
  for (const { name, facts, at } of entries) {
    const rest: Field[] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
    ];
    yield counted(fields([4, directorySignature], [2, version], ...common(facts), [2, name.length], ...rest));
    yield counted(name);
  }
  const count: Field = [2, entries.length];
  const size = written - directoryAt;
  yield fields([4, endSignature], [2, 0], [2, 0], count, count, [4, size], [4, directoryAt], [2, 0]);
}

/** What a local header and the directory say alike: version, flags, method, time, date, then sum and sizes. */
const common = (facts: readonly number[]): Field[] => [
  [2, version],
  [2, flags],
  [2, deflated],
  [2, 0],
  [2, dosDate],
  ...facts.map((fact): Field => [4, fact]),
];

async function* measured(
  content: AsyncIterable<Uint8Array>,
  sum: { crc: number; size: number },
  { crc32 }: ZipTools,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    sum.crc = crc32(bytes, sum.crc);
    sum.size += bytes.length;
    yield bytes;
  }
}

type Field = [size: 2 | 4, value: number];

/** Little-endian numbers one after another. */
function fields(...all: Field[]): Uint8Array {
  const bytes = new Uint8Array(all.reduce((length, [size]) => length + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of all) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
