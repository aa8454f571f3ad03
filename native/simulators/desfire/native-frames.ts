import { fromHex, hex } from '#native/cards/bytes.ts';
import type { VirtualDesfire } from './virtual-desfire.ts';

/**
 * Sends a native command, given in hexadecimal, in its wrapping. Gives status byte and data as text, `gone` without an
 * answer: the notation of data sheets and published traces.
 */
export const sendNative = (card: VirtualDesfire, native: string): string => {
  const [instruction, ...data] = fromHex(native);
  const length = data.length === 0 ? [] : [data.length, ...data];
  const answer = card.process(Uint8Array.of(0x90, instruction!, 0, 0, ...length, 0));
  if (!answer) return 'gone';
  const [sw1, sw2] = answer.slice(-2);
  if (sw1 !== 0x91) throw new Error(`status word ${hex(answer.slice(-2))}`);
  return [sw2!.toString(16).padStart(2, '0'), hex(answer.slice(0, -2))].join(' ').trim();
};
