/** One thing a receipt printer is told to do. `unknown` keeps what the simulator cannot read, so that a test can see it. */
export type Operation =
  | { do: 'character'; byte: number }
  | { do: 'line-feed'; lines: number }
  | { do: 'initialize' }
  | { do: 'code-page'; select: number }
  | { do: 'bold'; on: boolean }
  | { do: 'large'; on: boolean }
  | { do: 'align'; side: number }
  | { do: 'cut' }
  | { do: 'drawer'; pin: number }
  | { do: 'qr-module'; dots: number }
  | { do: 'qr-store'; data: Uint8Array }
  | { do: 'qr-print' }
  | { do: 'raster'; bytesPerRow: number; rows: number; bits: Uint8Array }
  | { do: 'real-time-status'; request: number }
  | { do: 'paper-sensor' }
  | { do: 'process-id'; id: Uint8Array }
  | { do: 'nothing' }
  | { do: 'unknown'; bytes: number[] };

export type ParsedOperations = { operations: Operation[]; rest: Uint8Array };

type Command = {
  name: string;
  prefix: readonly number[];
  /** Whole length of the command, from its first bytes; null while it cannot be known yet. */
  length(bytes: Uint8Array): number | null;
  read(bytes: Uint8Array): Operation;
};

const ESC = 0x1b;
const GS = 0x1d;
const fixed = (length: number) => () => length;
const word = (bytes: Uint8Array, at: number): number => bytes[at]! + 256 * bytes[at + 1]!;
const withLength = (bytes: Uint8Array): number | null => (bytes.length < 5 ? null : 5 + word(bytes, 3));

function readSymbol(bytes: Uint8Array): Operation {
  if (bytes[6] === 0x43) return { do: 'qr-module', dots: bytes[7]! };
  if (bytes[6] === 0x50) return { do: 'qr-store', data: bytes.slice(8) };
  return bytes[6] === 0x51 ? { do: 'qr-print' } : { do: 'nothing' };
}

const readRaster = (bytes: Uint8Array): Operation => ({
  do: 'raster',
  bytesPerRow: word(bytes, 4),
  rows: word(bytes, 6),
  bits: bytes.slice(8),
});

const COMMANDS: readonly Command[] = [
  { name: 'LF', prefix: [0x0a], length: fixed(1), read: () => ({ do: 'line-feed', lines: 1 }) },
  {
    name: 'DLE EOT',
    prefix: [0x10, 0x04],
    length: fixed(3),
    read: (b) => ({ do: 'real-time-status', request: b[2]! }),
  },
  { name: 'FS .', prefix: [0x1c, 0x2e], length: fixed(2), read: () => ({ do: 'nothing' }) },
  { name: 'ESC @', prefix: [ESC, 0x40], length: fixed(2), read: () => ({ do: 'initialize' }) },
  { name: 'ESC R', prefix: [ESC, 0x52], length: fixed(3), read: () => ({ do: 'nothing' }) },
  { name: 'ESC t', prefix: [ESC, 0x74], length: fixed(3), read: (b) => ({ do: 'code-page', select: b[2]! }) },
  { name: 'ESC E', prefix: [ESC, 0x45], length: fixed(3), read: (b) => ({ do: 'bold', on: (b[2]! & 1) === 1 }) },
  { name: 'ESC a', prefix: [ESC, 0x61], length: fixed(3), read: (b) => ({ do: 'align', side: b[2]! }) },
  { name: 'ESC d', prefix: [ESC, 0x64], length: fixed(3), read: (b) => ({ do: 'line-feed', lines: b[2]! }) },
  { name: 'ESC p', prefix: [ESC, 0x70], length: fixed(5), read: (b) => ({ do: 'drawer', pin: b[2]! }) },
  { name: 'GS !', prefix: [GS, 0x21], length: fixed(3), read: (b) => ({ do: 'large', on: b[2] !== 0 }) },
  { name: 'GS a', prefix: [GS, 0x61], length: fixed(3), read: () => ({ do: 'nothing' }) },
  {
    name: 'GS V',
    prefix: [GS, 0x56],
    length: (b) => (b.length < 3 ? null : b[2]! >= 65 ? 4 : 3),
    read: () => ({ do: 'cut' }),
  },
  { name: 'GS r', prefix: [GS, 0x72], length: fixed(3), read: () => ({ do: 'paper-sensor' }) },
  {
    name: 'GS v 0',
    prefix: [GS, 0x76, 0x30],
    length: (b) => (b.length < 8 ? null : 8 + word(b, 4) * word(b, 6)),
    read: readRaster,
  },
  {
    name: 'GS ( H',
    prefix: [GS, 0x28, 0x48],
    length: withLength,
    read: (b) => ({ do: 'process-id', id: b.slice(7, 11) }),
  },
  { name: 'GS ( k', prefix: [GS, 0x28, 0x6b], length: withLength, read: readSymbol },
];

const startsLike = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => index >= bytes.length || bytes[index] === byte);

/** Control bytes and the longest prefix: what is none of these is not the beginning of a command. */
function takeOne(bytes: Uint8Array): { operation: Operation; length: number } | 'incomplete' {
  const first = bytes[0]!;
  if (first >= 0x20) return { operation: { do: 'character', byte: first }, length: 1 };
  const command = COMMANDS.find(({ prefix }) => startsLike(bytes, prefix));
  if (command === undefined) return { operation: { do: 'unknown', bytes: [first] }, length: 1 };
  if (bytes.length < command.prefix.length) return 'incomplete';
  const length = command.length(bytes);
  if (length === null || bytes.length < length) return 'incomplete';
  return { operation: command.read(bytes.slice(0, length)), length };
}

/** Reads the ESC/POS commands that stand whole in these bytes. Independent of the encoder under test: its own table. */
export function parseOperations(bytes: Uint8Array): ParsedOperations {
  const operations: Operation[] = [];
  let at = 0;
  while (at < bytes.length) {
    const taken = takeOne(bytes.subarray(at));
    if (taken === 'incomplete') break;
    operations.push(taken.operation);
    at += taken.length;
  }
  return { operations, rest: bytes.slice(at) };
}
