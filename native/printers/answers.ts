/**
 * What an ESC/POS printer says, told apart by its fixed bits.
 * Source: Epson, "ESC/POS Command Reference": DLE EOT, GS r, GS a (Automatic Status Back), GS ( H.
 */
export type PrinterAnswer =
  /** DLE EOT: 0xx1xx10. */
  | { kind: 'real-time'; byte: number }
  /** GS r 1: 0xx0xxxx. */
  | { kind: 'paper-sensor'; byte: number }
  /** GS ( H: 37h 22h, four characters, NUL. */
  | { kind: 'process-id'; id: string }
  /** Automatic Status Back: 0xx1xx00 and three bytes 0xx0xxxx. */
  | { kind: 'auto-status' }
  /** No status at all: another device, or another speed. */
  | { kind: 'garbage'; byte: number };

/** Answers found so far, and the beginning of one that has not come whole. */
export type ParsedAnswers = { answers: PrinterAnswer[]; rest: Uint8Array };

const PROCESS_ID_HEADER = [0x37, 0x22];
const PROCESS_ID_LENGTH = 7;
const AUTO_STATUS_LENGTH = 4;

const fixedBits = (byte: number): number => byte & 0x93;
const isBuffered = (byte: number): boolean => (byte & 0x90) === 0;

type Taken = { answer: PrinterAnswer; length: number } | 'incomplete';

function takeProcessId(bytes: Uint8Array): Taken {
  if (bytes.length < 2) return 'incomplete';
  if (bytes[1] !== PROCESS_ID_HEADER[1]) return { answer: { kind: 'garbage', byte: bytes[0]! }, length: 1 };
  if (bytes.length < PROCESS_ID_LENGTH) return 'incomplete';
  if (bytes[6] !== 0) return { answer: { kind: 'garbage', byte: bytes[0]! }, length: 1 };
  return {
    answer: { kind: 'process-id', id: String.fromCharCode(...bytes.slice(2, 6)) },
    length: PROCESS_ID_LENGTH,
  };
}

function takeAutoStatus(bytes: Uint8Array): Taken {
  const following = bytes.slice(1, AUTO_STATUS_LENGTH);
  if (!following.every(isBuffered)) return { answer: { kind: 'garbage', byte: bytes[0]! }, length: 1 };
  if (bytes.length < AUTO_STATUS_LENGTH) return 'incomplete';
  return { answer: { kind: 'auto-status' }, length: AUTO_STATUS_LENGTH };
}

function takeOne(bytes: Uint8Array): Taken {
  const first = bytes[0]!;
  if (first === PROCESS_ID_HEADER[0]) return takeProcessId(bytes);
  if (fixedBits(first) === 0x12) return { answer: { kind: 'real-time', byte: first }, length: 1 };
  if (fixedBits(first) === 0x10) return takeAutoStatus(bytes);
  if (isBuffered(first)) return { answer: { kind: 'paper-sensor', byte: first }, length: 1 };
  return { answer: { kind: 'garbage', byte: first }, length: 1 };
}

/** Reads as many answers as stand whole in these bytes. Pure; never throws; `rest` has at most six bytes. */
export function parseAnswers(bytes: Uint8Array): ParsedAnswers {
  const answers: PrinterAnswer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const taken = takeOne(rest);
    if (taken === 'incomplete') break;
    answers.push(taken.answer);
    rest = rest.slice(taken.length);
  }
  return { answers, rest };
}
