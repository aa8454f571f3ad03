import { fromHex, hex } from '#native/cards/bytes.ts';
import type { NativeAnswer } from './engine.ts';
import { MAX_WRAPPED_DATA, type VirtualDesfire } from './virtual-desfire.ts';

/**
 * Sends a native command, given in hexadecimal, in its wrapping where it fits into it. Gives status byte and data as text,
 * `gone` without an answer: the notation of data sheets and published traces.
 */
export const sendNative = (card: VirtualDesfire, native: string): string => {
  const [instruction, ...data] = fromHex(native);
  if (data.length > MAX_WRAPPED_DATA) return told(card.processNative(instruction!, Uint8Array.from(data)));
  const length = data.length === 0 ? [] : [data.length, ...data];
  const answer = card.process(Uint8Array.of(0x90, instruction!, 0, 0, ...length, 0));
  if (!answer) return told(null);
  const [sw1, status] = answer.slice(-2);
  if (sw1 !== 0x91) throw new Error(`status word ${hex(answer.slice(-2))}`);
  return told({ data: answer.slice(0, -2), status: status! });
};

const told = (answer: NativeAnswer | null): string =>
  answer ? [answer.status.toString(16).padStart(2, '0'), hex(answer.data)].join(' ').trim() : 'gone';
