import { err, ok } from '#contract/result/index.ts';
import { concat, uintLE } from './bytes.ts';
import { type CardResult, type Desfire, nonsense } from './desfire.ts';
import type { CardError } from './errors.ts';
import { COMM, type CommMode, INS } from './instructions.ts';

/** Which key may do what in a file: a key number, 'free' for everyone, 'never' for no one. */
export type Access = number | 'free' | 'never';
export type AccessRights = { read: Access; write: Access; readWrite: Access; change: Access };

const nibble = (access: Access): number => (access === 'free' ? 0xe : access === 'never' ? 0xf : access);

const rightsBytes = ({ read, write, readWrite, change }: AccessRights): Uint8Array =>
  Uint8Array.of((nibble(readWrite) << 4) | nibble(change), (nibble(read) << 4) | nibble(write));

type FileShape = { file: number; comm: CommMode; rights: AccessRights };

const create = async (card: Desfire, instruction: number, shape: FileShape, rest: Uint8Array): CardResult<void> => {
  const header = concat(Uint8Array.of(shape.file, COMM[shape.comm]), rightsBytes(shape.rights), rest);
  const result = await card.command({ instruction, header });
  return result.ok ? ok(undefined) : result;
};

export const createStdDataFile = (card: Desfire, shape: FileShape & { length: number }): CardResult<void> =>
  create(card, INS.createStdDataFile, shape, uintLE(shape.length, 3));

/** A file that keeps the last `records - 1` records: one place is where the next is being written. */
export const createCyclicRecordFile = (
  card: Desfire,
  shape: FileShape & { recordLength: number; records: number },
): CardResult<void> =>
  create(card, INS.createCyclicRecordFile, shape, concat(uintLE(shape.recordLength, 3), uintLE(shape.records, 3)));

/** A file of at most `records` records; one more is a BoundaryError, until `clearRecordFile` empties it. */
export const createLinearRecordFile = (
  card: Desfire,
  shape: FileShape & { recordLength: number; records: number },
): CardResult<void> =>
  create(card, INS.createLinearRecordFile, shape, concat(uintLE(shape.recordLength, 3), uintLE(shape.records, 3)));

export async function getFileIds(card: Desfire): CardResult<number[]> {
  const result = await card.command({ instruction: INS.getFileIds });
  return result.ok ? ok(Array.from(result.value)) : result;
}

type Place = { file: number; comm: CommMode; offset?: number };

const header = (place: Place, length: number): Uint8Array =>
  concat(Uint8Array.of(place.file), uintLE(place.offset ?? 0, 3), uintLE(length, 3));

/** Reads `length` bytes of a data file. `comm` is how the file speaks to the key in use ('plain' where reading is free). */
export const readData = (card: Desfire, place: Place, length: number): CardResult<Uint8Array> =>
  card.command({
    instruction: INS.readData,
    header: header(place, length),
    answer: place.comm,
    answerLength: length,
  });

export async function writeData(card: Desfire, place: Place, data: Uint8Array): CardResult<void> {
  const command = { instruction: INS.writeData, header: header(place, data.length), data, send: place.comm };
  const result = await card.command(command);
  return result.ok ? ok(undefined) : result;
}

/**
 * Reads `count` records, oldest first; `offset` is how many of the newest to leave out.
 * An empty file, or one with too few records, is a BoundaryError, and ends the session.
 */
export const readRecords = (
  card: Desfire,
  place: Place & { recordLength: number },
  count: number,
): CardResult<Uint8Array> =>
  card.command({
    instruction: INS.readRecords,
    header: header(place, count),
    answer: place.comm,
    answerLength: count * place.recordLength,
  });

/** Prepares a new record; it counts once the transaction is committed. */
export async function writeRecord(card: Desfire, place: Place, record: Uint8Array): CardResult<void> {
  const command = {
    instruction: INS.writeRecord,
    header: header(place, record.length),
    data: record,
    send: place.comm,
  };
  const result = await card.command(command);
  return result.ok ? ok(undefined) : result;
}

/** Empties a record file, once the transaction is committed; nothing more can be written to it before. */
export async function clearRecordFile(card: Desfire, file: number): CardResult<void> {
  const result = await card.command({ instruction: INS.clearRecordFile, header: Uint8Array.of(file) });
  return result.ok ? ok(undefined) : result;
}

/** How a record file's settings end: record length, places, records that stand, three bytes each. */
const RECORD_SETTINGS_LENGTH = 13;
const STANDING_RECORDS = 10;

/** How many records stand in a record file. Needs no key where the application may be listed. */
export async function getRecordCount(card: Desfire, file: number): CardResult<number> {
  const result = await card.command({ instruction: INS.getFileSettings, header: Uint8Array.of(file) });
  if (!result.ok) return result;
  const settings = result.value;
  if (settings.length !== RECORD_SETTINGS_LENGTH) {
    return err(nonsense(INS.getFileSettings, `${settings.length} bytes`));
  }
  const [low = 0, middle = 0, high = 0] = settings.subarray(STANDING_RECORDS);
  return ok(low | (middle << 8) | (high << 16));
}

/**
 * Makes everything written since the session began stand, all at once. One exchange.
 * When no answer comes, or one that does not prove to be the card's, the outcome is CommitUnknown.
 */
export async function commitTransaction(card: Desfire): CardResult<void> {
  const result = await card.command({ instruction: INS.commitTransaction });
  return result.ok ? ok(undefined) : err(commitError(result.error));
}

/** The few answers that a card gives when it has certainly not committed stay what they are. */
const commitError = (error: CardError): CardError => {
  switch (error.type) {
    case 'AuthenticationFailed':
    case 'PermissionDenied':
    case 'NoChanges':
      return error;
    case 'IntegrityError':
      return { type: 'CommitUnknown', cause: 'wrong MAC' };
    case 'CardRemoved':
    case 'ReaderUnavailable':
    case 'CardServiceUnavailable':
      return { type: 'CommitUnknown', cause: 'no answer' };
    default:
      return { type: 'CommitUnknown', cause: 'unexpected answer' };
  }
};

/** Forgets what was written since the session began. */
export async function abortTransaction(card: Desfire): CardResult<void> {
  const result = await card.command({ instruction: INS.abortTransaction });
  return result.ok ? ok(undefined) : result;
}
