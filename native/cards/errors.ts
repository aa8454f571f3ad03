import { SW1_DESFIRE } from './apdu.ts';
import { INS, STATUS } from './instructions.ts';
import type { TransportError } from './transport.ts';

/** What can come of talking to a card. `command` is the instruction's name; `sw` the status word. */
export type CardError =
  | TransportError
  | { type: 'ApplicationNotFound' }
  /** A wrong key (`card` refused ours, `reader`: the card did not prove that it knows it), or a right not held. */
  | { type: 'AuthenticationFailed'; by: 'card' | 'reader'; command: string }
  /** A MAC, checksum or padding does not hold: found by the reader in an answer, or by the card in a command. */
  | { type: 'IntegrityError'; by: 'card' | 'reader'; command: string }
  | { type: 'BoundaryError'; command: string }
  | { type: 'PermissionDenied'; command: string }
  | { type: 'FileNotFound' }
  | { type: 'CardFull'; command: string }
  | { type: 'DuplicateApplication' }
  | { type: 'DuplicateFile' }
  /** There was nothing to commit or to give up. */
  | { type: 'NoChanges'; command: string }
  | { type: 'NoSuchKey'; command: string }
  /** The card does not know the command, or not in this form. `order`: it waited for another command first. */
  | { type: 'CommandRefused'; why: 'unknown' | 'length' | 'parameter' | 'order'; command: string }
  /** The card found its own contents unsound. It is to be replaced. */
  | { type: 'CardDamaged'; part: 'card' | 'application' | 'file' | 'memory'; command: string }
  /** The card has switched itself off for good. */
  | { type: 'CardDisabled' }
  /** The commit was sent and no trustworthy answer came: all was written, or nothing. */
  | { type: 'CommitUnknown'; cause: 'no answer' | 'wrong MAC' | 'unexpected answer' }
  /** A whole answer of a form that no DESFire card gives. */
  | { type: 'UnexpectedAnswer'; command: string; why: string }
  | { type: 'CardStatus'; sw: number; command: string };

const NAMES = new Map<number, string>(Object.entries(INS).map(([name, code]) => [code, name]));

export const commandName = (instruction: number): string => NAMES.get(instruction) ?? instruction.toString(16);

type CommandRefusal = Extract<CardError, { type: 'CommandRefused' }>['why'];
type DamagedPart = Extract<CardError, { type: 'CardDamaged' }>['part'];
const refused =
  (why: CommandRefusal) =>
  (command: string): CardError => ({ type: 'CommandRefused', why, command });
const damaged =
  (part: DamagedPart) =>
  (command: string): CardError => ({ type: 'CardDamaged', part, command });

/** The one table from status bytes to errors. What is not in it is reported as it came. */
const TABLE: Readonly<Record<number, (command: string) => CardError>> = {
  [STATUS.applicationNotFound]: () => ({ type: 'ApplicationNotFound' }),
  [STATUS.authenticationError]: (command) => ({ type: 'AuthenticationFailed', by: 'card', command }),
  [STATUS.integrityError]: (command) => ({ type: 'IntegrityError', by: 'card', command }),
  [STATUS.boundaryError]: (command) => ({ type: 'BoundaryError', command }),
  [STATUS.permissionDenied]: (command) => ({ type: 'PermissionDenied', command }),
  [STATUS.fileNotFound]: () => ({ type: 'FileNotFound' }),
  [STATUS.outOfMemory]: (command) => ({ type: 'CardFull', command }),
  [STATUS.countError]: (command) => ({ type: 'CardFull', command }),
  [STATUS.noChanges]: (command) => ({ type: 'NoChanges', command }),
  [STATUS.noSuchKey]: (command) => ({ type: 'NoSuchKey', command }),
  [STATUS.illegalCommand]: refused('unknown'),
  [STATUS.lengthError]: refused('length'),
  [STATUS.parameterError]: refused('parameter'),
  [STATUS.commandAborted]: refused('order'),
  [STATUS.additionalFrame]: (command) => ({ type: 'UnexpectedAnswer', command, why: 'wants another frame' }),
  [STATUS.cardIntegrityError]: damaged('card'),
  [STATUS.applicationIntegrityError]: damaged('application'),
  [STATUS.fileIntegrityError]: damaged('file'),
  [STATUS.memoryError]: damaged('memory'),
  [STATUS.cardDisabled]: () => ({ type: 'CardDisabled' }),
  [STATUS.duplicate]: (command) => ({
    type: command === commandName(INS.createApplication) ? 'DuplicateApplication' : 'DuplicateFile',
  }),
};

/** The error that a status word other than success means, after the instruction `instruction`. */
export const errorOfStatus = (sw: number, instruction: number): CardError => {
  const command = commandName(instruction);
  const known = sw >> 8 === SW1_DESFIRE ? TABLE[sw & 0xff] : undefined;
  return known ? known(command) : { type: 'CardStatus', sw, command };
};
