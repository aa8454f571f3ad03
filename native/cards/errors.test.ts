import { describe, expect, it } from 'vitest';
import { type CardError, errorOfStatus } from './errors.ts';
import { INS, STATUS } from './instructions.ts';

const command = 'readData';

/** Every status of the MF3ICD81 functional specification but success, and what the driver makes of it. */
const TABLE: Record<Exclude<keyof typeof STATUS, 'ok'>, [number, CardError]> = {
  noChanges: [0x0c, { type: 'NoChanges', command }],
  outOfMemory: [0x0e, { type: 'CardFull', command }],
  illegalCommand: [0x1c, { type: 'CommandRefused', why: 'unknown', command }],
  integrityError: [0x1e, { type: 'IntegrityError', by: 'card', command }],
  noSuchKey: [0x40, { type: 'NoSuchKey', command }],
  lengthError: [0x7e, { type: 'CommandRefused', why: 'length', command }],
  permissionDenied: [0x9d, { type: 'PermissionDenied', command }],
  parameterError: [0x9e, { type: 'CommandRefused', why: 'parameter', command }],
  applicationNotFound: [0xa0, { type: 'ApplicationNotFound' }],
  applicationIntegrityError: [0xa1, { type: 'CardDamaged', part: 'application', command }],
  authenticationError: [0xae, { type: 'AuthenticationFailed', by: 'card', command }],
  additionalFrame: [0xaf, { type: 'UnexpectedAnswer', command, why: 'wants another frame' }],
  boundaryError: [0xbe, { type: 'BoundaryError', command }],
  cardIntegrityError: [0xc1, { type: 'CardDamaged', part: 'card', command }],
  commandAborted: [0xca, { type: 'CommandRefused', why: 'order', command }],
  cardDisabled: [0xcd, { type: 'CardDisabled' }],
  countError: [0xce, { type: 'CardFull', command }],
  duplicate: [0xde, { type: 'DuplicateFile' }],
  memoryError: [0xee, { type: 'CardDamaged', part: 'memory', command }],
  fileNotFound: [0xf0, { type: 'FileNotFound' }],
  fileIntegrityError: [0xf1, { type: 'CardDamaged', part: 'file', command }],
};

describe('a status word of the card', () => {
  it.each(Object.entries(TABLE))('%s has its own error', (name, [status, error]) => {
    expect(STATUS[name as keyof typeof STATUS]).toBe(status);
    expect(errorOfStatus(0x9100 | status, INS.readData)).toEqual(error);
  });

  it('says of what there are two', () => {
    expect(errorOfStatus(0x91de, INS.createApplication)).toEqual({ type: 'DuplicateApplication' });
    expect(errorOfStatus(0x91de, INS.createStdDataFile)).toEqual({ type: 'DuplicateFile' });
  });

  it.each([0x6a82, 0x90be, 0x9142, 0x6d00])('that is in no table is told as it came (%i)', (sw) => {
    expect(errorOfStatus(sw, INS.readData)).toEqual({ type: 'CardStatus', sw, command });
  });
});
