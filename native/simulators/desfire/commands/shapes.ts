import { type CommMode, STATUS } from '#native/cards/instructions.ts';
import type { CommandSpec, Engine, Shape } from '../engine.ts';
import type { FileState } from '../memory.ts';
import { Refusal, refuseUnless } from '../refusal.ts';

/** A command in clear of one of the given lengths. */
export const clear =
  (...lengths: number[]): CommandSpec['shape'] =>
  (_card, frame) => {
    refuseUnless(lengths.includes(frame.length), STATUS.lengthError);
    return { header: frame.length, data: 0, mode: 'plain' };
  };

/** A command in clear of any length. */
export const anyLength: CommandSpec['shape'] = (_card, frame) => ({ header: frame.length, data: 0, mode: 'plain' });

/** `header` bytes in clear, then `data` enciphered bytes; needs a session. */
export const enciphered = (header: number, data: number): CommandSpec['shape'] => {
  return (card): Shape => {
    refuseUnless(card.session !== null, STATUS.authenticationError);
    return { header, data, mode: 'enciphered' };
  };
};

export type Right = 'read' | 'write' | 'readWrite' | 'change';
const SHIFT: Record<Right, number> = { read: 12, write: 8, readWrite: 4, change: 0 };
const FREE = 0xe;
const NEVER = 0xf;

/**
 * The mode in which the file speaks when one of `rights` is used: the file's own for a key's holder, plain where it is free.
 * Refuses when no one may (permission denied) or another key would be needed (authentication error).
 */
export const allowed = (card: Engine, file: FileState, ...rights: Right[]): CommMode => {
  const keys = rights.map((right) => (file.rights >> SHIFT[right]) & 0xf);
  if (keys.some((key) => card.holds(key))) return file.comm;
  if (keys.includes(FREE)) return 'plain';
  throw new Refusal(keys.every((key) => key === NEVER) ? STATUS.permissionDenied : STATUS.authenticationError);
};

export const u24 = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
export const u16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);
export const i32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) | (u16(bytes, at + 2) << 16);

/** Does the selected application let everyone look, or is its master key at work? */
export const mayList = (card: Engine): void =>
  refuseUnless((card.selected.settings & 0x02) !== 0 || card.holds(0), STATUS.authenticationError);
