import { concat, uintLE } from '#native/cards/bytes.ts';
import { COMM, type CommMode, INS, STATUS } from '#native/cards/instructions.ts';
import type { CommandSpec, Engine } from '../engine.ts';
import { type FileState, fileCost, MAX_FILES } from '../memory.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { allowed, clear, i32, mayList, u16, u24 } from './shapes.ts';

const FREE_CREATION = 0x04;
const FREE_CHANGE = 0xe;
const MAX_FILE_LENGTH = 0xffffff;

const commOf = (byte: number): CommMode => {
  for (const [name, code] of Object.entries(COMM)) if (code === byte) return name as CommMode;
  throw new Refusal(STATUS.parameterError);
};

const mayCreate = (card: Engine): void => {
  refuseUnless(!card.atCardLevel, STATUS.permissionDenied);
  refuseUnless((card.selected.settings & FREE_CREATION) !== 0 || card.holds(0), STATUS.authenticationError);
};

/** Every right names a key that exists, or 0xE (free) or 0xF (never). */
const checkRights = (card: Engine, rights: number): number => {
  for (const shift of [0, 4, 8, 12]) {
    const key = (rights >> shift) & 0xf;
    refuseUnless(key >= 0xe || key < card.selected.keys.length, STATUS.parameterError);
  }
  return rights;
};

type Common = { comm: CommMode; rights: number; isoId: number | null };

/** A create command: file number, [ISO file id,] communication, rights, then `tail` bytes of its own. */
const creates = (tail: number, make: (common: Common, rest: Uint8Array) => FileState, iso = true): CommandSpec => ({
  shape: iso ? clear(4 + tail, 6 + tail) : clear(4 + tail),
  run: (card, header) => {
    mayCreate(card);
    const number = header[0]!;
    const at = header.length - tail - 3;
    refuseUnless(number < MAX_FILES, STATUS.parameterError);
    refuseUnless(!card.selected.files.has(number), STATUS.duplicate);
    const isoId = at === 3 ? u16(header, 1) : null;
    const rights = checkRights(card, u16(header, at + 1));
    const file = make({ comm: commOf(header[at]!), rights, isoId }, header.slice(at + 3));
    card.take(fileCost(file));
    card.selected.files.set(number, file);
    return {};
  },
});

const dataFile = (type: 'standard' | 'backup') => (common: Common, rest: Uint8Array) => {
  const length = u24(rest, 0);
  refuseUnless(length > 0, STATUS.parameterError);
  refuseUnless(length < MAX_FILE_LENGTH, STATUS.outOfMemory);
  return { ...common, type, content: new Uint8Array(length), pending: null };
};

const recordFile = (type: 'linear' | 'cyclic', fewest: number) => (common: Common, rest: Uint8Array) => {
  const recordLength = u24(rest, 0);
  const places = u24(rest, 3);
  refuseUnless(recordLength > 0 && places >= fewest, STATUS.parameterError);
  return { ...common, type, recordLength, places, records: [], pending: null };
};

const valueFile = (common: Common, rest: Uint8Array): FileState => {
  const lower = i32(rest, 0);
  const upper = i32(rest, 4);
  const value = i32(rest, 8);
  refuseUnless(lower <= upper && value >= lower && value <= upper, STATUS.parameterError);
  const limitedCreditEnabled = (rest[12]! & 1) === 1;
  return { ...common, type: 'value', lower, upper, value, limitedCreditEnabled, limitedCredit: 0, pending: null };
};

const deleteFile: CommandSpec = {
  shape: clear(1),
  run: (card, header) => {
    mayCreate(card);
    card.file(header[0]!);
    card.selected.files.delete(header[0]!);
    return {};
  },
};

const getFileIds: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    refuseUnless(!card.atCardLevel, STATUS.permissionDenied);
    mayList(card);
    return { data: Uint8Array.from(card.selected.files.keys()) };
  },
};

const getIsoFileIds: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    refuseUnless(!card.atCardLevel, STATUS.permissionDenied);
    mayList(card);
    const ids = [...card.selected.files.values()].flatMap(({ isoId }) => (isoId === null ? [] : [uintLE(isoId, 2)]));
    return { data: concat(...ids) };
  },
};

const TYPES = ['standard', 'backup', 'value', 'linear', 'cyclic'] as const;

const settingsOf = (file: FileState): Uint8Array => {
  const common = Uint8Array.of(TYPES.indexOf(file.type), COMM[file.comm], file.rights & 0xff, file.rights >> 8);
  switch (file.type) {
    case 'standard':
    case 'backup':
      return concat(common, uintLE(file.content.length, 3));
    case 'value': {
      const numbers = [file.lower, file.upper, file.limitedCredit].map((value) => uintLE(value >>> 0, 4));
      return concat(common, ...numbers, Uint8Array.of(file.limitedCreditEnabled ? 1 : 0));
    }
    default: {
      const numbers = [file.recordLength, file.places, file.records.length].map((value) => uintLE(value, 3));
      return concat(common, ...numbers);
    }
  }
};

const getFileSettings: CommandSpec = {
  shape: clear(1),
  run: (card, header) => {
    refuseUnless(!card.atCardLevel, STATUS.permissionDenied);
    mayList(card);
    return { data: settingsOf(card.file(header[0]!)) };
  },
};

const changeFileSettings: CommandSpec = {
  shape: (card, frame) => {
    refuseUnless(frame.length >= 1, STATUS.lengthError);
    const file = card.file(frame[0]!);
    allowed(card, file, 'change');
    const free = (file.rights & 0xf) === FREE_CHANGE;
    return { header: 1, data: 3, mode: free ? 'plain' : 'enciphered' };
  },
  run: (card, header, data) => {
    const file = card.file(header[0]!);
    const rights = checkRights(card, u16(data, 1));
    file.comm = commOf(data[0]!);
    file.rights = rights;
    return {};
  },
};

export const FILE_COMMANDS: readonly [number, CommandSpec][] = [
  [INS.createStdDataFile, creates(3, dataFile('standard'))],
  [INS.createBackupDataFile, creates(3, dataFile('backup'))],
  [INS.createValueFile, creates(13, valueFile, false)],
  [INS.createLinearRecordFile, creates(6, recordFile('linear', 1))],
  [INS.createCyclicRecordFile, creates(6, recordFile('cyclic', 2))],
  [INS.deleteFile, deleteFile],
  [INS.getFileIds, getFileIds],
  [INS.getIsoFileIds, getIsoFileIds],
  [INS.getFileSettings, getFileSettings],
  [INS.changeFileSettings, changeFileSettings],
];
