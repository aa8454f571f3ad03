import { concat, uintLE } from '#native/cards/bytes.ts';
import { INS, STATUS } from '#native/cards/instructions.ts';
import type { CommandSpec, Engine } from '../engine.ts';
import type { DataFile, FileState, RecordFile, ValueFile } from '../memory.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { allowed, clear, i32, u24 } from './shapes.ts';

/** File number, offset, length (or count): what reading and writing begin with. */
const PLACE = 7;

const dataFile = (card: Engine, number: number): DataFile => {
  const file = card.file(number);
  if (file.type === 'standard' || file.type === 'backup') return file;
  throw new Refusal(STATUS.permissionDenied);
};
const recordFile = (card: Engine, number: number): RecordFile => {
  const file = card.file(number);
  if (file.type === 'linear' || file.type === 'cyclic') return file;
  throw new Refusal(STATUS.permissionDenied);
};
const valueFile = (card: Engine, number: number): ValueFile => {
  const file = card.file(number);
  if (file.type === 'value') return file;
  throw new Refusal(STATUS.permissionDenied);
};

const readData: CommandSpec = {
  shape: clear(PLACE),
  run: (card, header) => {
    const file = dataFile(card, header[0]!);
    const mode = allowed(card, file, 'read', 'readWrite');
    const offset = u24(header, 1);
    const asked = u24(header, 4);
    const length = asked === 0 ? file.content.length - offset : asked;
    refuseUnless(length > 0 && offset + length <= file.content.length, STATUS.boundaryError);
    return { data: file.content.slice(offset, offset + length), mode, lengthKnown: asked !== 0 };
  },
};

/** A write of `u24` bytes at an offset: the file's mode tells how many bytes make the whole command. */
const writeShape =
  (find: (card: Engine, number: number) => FileState): CommandSpec['shape'] =>
  (card, frame) => {
    refuseUnless(frame.length >= PLACE, STATUS.lengthError);
    const mode = allowed(card, find(card, frame[0]!), 'write', 'readWrite');
    return { header: PLACE, data: u24(frame, 4), mode };
  };

const writeData: CommandSpec = {
  shape: writeShape(dataFile),
  run: (card, header, data) => {
    const file = dataFile(card, header[0]!);
    const offset = u24(header, 1);
    refuseUnless(data.length > 0, STATUS.parameterError);
    refuseUnless(offset + data.length <= file.content.length, STATUS.boundaryError);
    if (file.type === 'backup') file.pending ??= file.content.slice();
    (file.pending ?? file.content).set(data, offset);
    return {};
  },
};

const readRecords: CommandSpec = {
  shape: clear(PLACE),
  run: (card, header) => {
    const file = recordFile(card, header[0]!);
    const mode = allowed(card, file, 'read', 'readWrite');
    const offset = u24(header, 1);
    const asked = u24(header, 4);
    const count = asked === 0 ? file.records.length - offset : asked;
    refuseUnless(count > 0 && offset + count <= file.records.length, STATUS.boundaryError);
    const end = file.records.length - offset;
    return { data: concat(...file.records.slice(end - count, end)), mode, lengthKnown: asked !== 0 };
  },
};

const writeRecord: CommandSpec = {
  shape: writeShape(recordFile),
  run: (card, header, data) => {
    const file = recordFile(card, header[0]!);
    const offset = u24(header, 1);
    refuseUnless(data.length > 0, STATUS.parameterError);
    refuseUnless(offset + data.length <= file.recordLength, STATUS.boundaryError);
    // Nothing is written to a file that is about to be emptied. Which status says so is published nowhere.
    refuseUnless(!file.pending?.cleared, STATUS.permissionDenied);
    refuseUnless(file.type === 'cyclic' || file.records.length < file.places, STATUS.boundaryError);
    file.pending ??= { cleared: false, record: null };
    file.pending.record ??= new Uint8Array(file.recordLength);
    file.pending.record.set(data, offset);
    return {};
  },
};

const clearRecordFile: CommandSpec = {
  shape: clear(1),
  run: (card, header) => {
    const file = recordFile(card, header[0]!);
    allowed(card, file, 'readWrite');
    file.pending = { cleared: true, record: null };
    return {};
  },
};

const getValue: CommandSpec = {
  shape: clear(1),
  run: (card, header) => {
    const file = valueFile(card, header[0]!);
    const mode = allowed(card, file, 'read', 'write', 'readWrite');
    return { data: uintLE(file.value >>> 0, 4), mode };
  },
};

type Change = (file: ValueFile, pending: NonNullable<ValueFile['pending']>, amount: number) => void;

const changesValue = (rights: ('read' | 'write' | 'readWrite')[], change: Change): CommandSpec => ({
  shape: (card, frame) => {
    refuseUnless(frame.length >= 1, STATUS.lengthError);
    return { header: 1, data: 4, mode: allowed(card, valueFile(card, frame[0]!), ...rights) };
  },
  run: (card, header, data) => {
    const file = valueFile(card, header[0]!);
    const amount = i32(data, 0);
    refuseUnless(amount >= 0, STATUS.parameterError);
    const pending = { ...(file.pending ?? { value: file.value, debits: 0, limitedUsed: false }) };
    change(file, pending, amount);
    refuseUnless(pending.value >= file.lower && pending.value <= file.upper, STATUS.boundaryError);
    file.pending = pending;
    return {};
  },
});

const credit: Change = (_file, pending, amount) => {
  pending.value += amount;
};
const debit: Change = (_file, pending, amount) => {
  pending.value -= amount;
  pending.debits += amount;
};
const limitedCredit: Change = (file, pending, amount) => {
  refuseUnless(file.limitedCreditEnabled, STATUS.permissionDenied);
  refuseUnless(!pending.limitedUsed && amount <= file.limitedCredit, STATUS.boundaryError);
  pending.value += amount;
  pending.limitedUsed = true;
};

/** Makes a pending change stand. Says whether there was one. */
const settle = (file: FileState): boolean => {
  if (file.pending === null) return false;
  switch (file.type) {
    case 'standard':
    case 'backup':
      file.content = file.pending;
      break;
    case 'value':
      if (file.pending.debits > 0) file.limitedCredit = file.pending.debits;
      else if (file.pending.limitedUsed) file.limitedCredit = 0;
      file.value = file.pending.value;
      break;
    default:
      settleRecords(file, file.pending);
  }
  file.pending = null;
  return true;
};

const settleRecords = (file: RecordFile, pending: NonNullable<RecordFile['pending']>): void => {
  if (pending.cleared) file.records = [];
  if (pending.record) file.records = [...file.records, pending.record];
  // A cyclic file keeps one place free for the record being written.
  if (file.type === 'cyclic') file.records = file.records.slice(-(file.places - 1));
};

const commitTransaction: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    refuseUnless(!card.atCardLevel, STATUS.permissionDenied);
    const changed = [...card.selected.files.values()].map(settle);
    refuseUnless(changed.includes(true), STATUS.noChanges);
    return {};
  },
};

const abortTransaction: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    refuseUnless(!card.atCardLevel, STATUS.permissionDenied);
    refuseUnless(
      [...card.selected.files.values()].some((file) => file.pending !== null),
      STATUS.noChanges,
    );
    card.dropTransaction();
    return {};
  },
};

export const DATA_COMMANDS: readonly [number, CommandSpec][] = [
  [INS.readData, readData],
  [INS.writeData, writeData],
  [INS.readRecords, readRecords],
  [INS.writeRecord, writeRecord],
  [INS.clearRecordFile, clearRecordFile],
  [INS.getValue, getValue],
  [INS.credit, changesValue(['readWrite'], credit)],
  [INS.debit, changesValue(['read', 'write', 'readWrite'], debit)],
  [INS.limitedCredit, changesValue(['write', 'readWrite'], limitedCredit)],
  [INS.commitTransaction, commitTransaction],
  [INS.abortTransaction, abortTransaction],
];
