import type { Result } from '#contract/result/index.ts';
import { type RegisterAmount, type RegisterBodyFault, readBody } from './body.ts';
import type { RegisterFormat } from './format.ts';

export type RegisterFault =
  | RegisterBodyFault
  /** Bytes that belong to no frame; told once per run of them. */
  | { type: 'RegisterGarbage' }
  | { type: 'RegisterChecksumWrong'; expected: number; received: number }
  | { type: 'RegisterFrameTooLong'; longest: number }
  /** A frame began and its end did not come. */
  | { type: 'RegisterFrameCutShort' };

export type RegisterEvent = Result<RegisterAmount, RegisterFault>;

export type RegisterParser = {
  /** Bytes in any split; gives what became whole with them, in order. Never throws. */
  take(bytes: Uint8Array): RegisterEvent[];
  /** Whether a frame has begun and not ended. */
  isInside(): boolean;
  /** Gives up the frame that is under way: the rest of it will not come. */
  giveUp(): RegisterEvent[];
};

/** `seeking`: dropping bytes until a frame can begin again. */
type Phase = 'seeking' | 'inside' | 'check';

const fault = (error: RegisterFault): RegisterEvent => ({ ok: false, error });
const bytesOf = (hex: string): number[] => [...Buffer.from(hex, 'hex')];
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;

/**
 * A parser of one register's stream, for a currency of `exponent` decimals.
 * It holds at most one body and its end; what it cannot read it drops, and begins again at the next frame.
 */
export function createRegisterParser(format: RegisterFormat, exponent: number): RegisterParser {
  const start = format.start === '' ? null : bytesOf(format.start)[0]!;
  const end = bytesOf(format.end);
  const outside: Phase = start === null ? 'inside' : 'seeking';
  let phase: Phase = outside;
  let body: number[] = [];
  let told = false;
  let events: RegisterEvent[] = [];

  const enter = (next: Phase) => {
    phase = next;
    body = [];
    told = false;
  };
  const drop = (error: RegisterFault) => {
    events.push(fault(error));
    enter('seeking');
    told = true;
  };
  const endsHere = (): boolean => end.every((byte, index) => body[body.length - end.length + index] === byte);
  const withoutEnd = (): number[] => body.slice(0, -end.length);

  const finish = () => {
    const text = String.fromCharCode(...withoutEnd());
    if (text !== '' || start !== null) events.push(readBody(text, format, exponent));
    enter(outside);
  };
  const seek = (byte: number) => {
    if (start === null) {
      body = [...body, byte].slice(-end.length);
      if (endsHere()) enter('inside');
    } else if (byte === start) {
      enter('inside');
    } else if (!told) {
      events.push(fault({ type: 'RegisterGarbage' }));
      told = true;
    }
  };
  const collect = (byte: number) => {
    if (byte === start) {
      events.push(fault({ type: 'RegisterFrameCutShort' }));
      return enter('inside');
    }
    body.push(byte);
    if (endsHere()) {
      if (format.check === 'none') finish();
      else phase = 'check';
      return;
    }
    if (!isPrintable(byte) && !end.includes(byte)) drop({ type: 'RegisterGarbage' });
    else if (body.length >= format.longestBody + end.length)
      drop({ type: 'RegisterFrameTooLong', longest: format.longestBody });
  };
  const check = (received: number) => {
    const expected = body.reduce((sum, one) => sum ^ one, 0);
    if (received === expected) return finish();
    events.push(fault({ type: 'RegisterChecksumWrong', expected, received }));
    enter(outside);
  };

  const step: Record<Phase, (byte: number) => void> = { seeking: seek, inside: collect, check };
  return {
    take(bytes) {
      events = [];
      for (const byte of bytes) step[phase](byte);
      return events;
    },
    isInside: () => phase === 'check' || (phase === 'inside' && (start !== null || body.length > 0)),
    giveUp() {
      enter(outside);
      return [fault({ type: 'RegisterFrameCutShort' })];
    },
  };
}
