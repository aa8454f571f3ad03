import { expect, it } from 'vitest';
import {
  isStatusByte,
  type PrinterFlag,
  readStatus,
  STATUS_REQUESTS,
  type StatusRequest,
  whyNotReady,
} from './status.ts';

const READY = 0x12;
const ready = { 1: READY, 2: READY, 3: READY, 4: READY };
const statusWith = (request: StatusRequest, byte: number) => readStatus({ ...ready, [request]: byte });
const flagsOf = (request: StatusRequest, byte: number) =>
  Object.entries(statusWith(request, byte)).flatMap(([flag, set]) => (set ? [flag] : []));

it.each<[StatusRequest, number, PrinterFlag]>([
  [1, 0x16, 'drawerSignal'],
  [1, 0x1a, 'offline'],
  [1, 0x32, 'waitingForRecovery'],
  [1, 0x52, 'feedButtonHeld'],
  [2, 0x16, 'coverOpen'],
  [2, 0x1a, 'feedButtonHeld'],
  [2, 0x32, 'paperOut'],
  [2, 0x52, 'error'],
  [3, 0x16, 'recoverableError'],
  [3, 0x1a, 'cutterError'],
  [3, 0x32, 'unrecoverableError'],
  [3, 0x52, 'overheated'],
  [4, 0x1e, 'paperNearEnd'],
  [4, 0x72, 'paperOut'],
])('reads DLE EOT %i answered %i as %s', (request, byte, flag) => {
  expect(isStatusByte(byte)).toBe(true);
  expect(flagsOf(request, byte)).toEqual([flag]);
});

it('finds nothing wrong in four plain answers', () => {
  for (const request of STATUS_REQUESTS) expect(flagsOf(request, READY)).toEqual([]);
  expect(whyNotReady(readStatus(ready))).toBeNull();
});

it.each([0x00, 0x02, 0x10, 0x13, 0x80, 0x92, 0xff])('does not take %i for a status', (byte) => {
  expect(isStatusByte(byte)).toBe(false);
});

it.each<[StatusRequest, number, object | null]>([
  [2, 0x16, { type: 'PrinterCoverOpen' }],
  [4, 0x72, { type: 'PrinterPaperOut' }],
  [4, 0x1e, null],
  [1, 0x16, null],
  [3, 0x1a, { type: 'PrinterFault', cause: 'cutter' }],
  [3, 0x32, { type: 'PrinterFault', cause: 'unrecoverable' }],
  [3, 0x52, { type: 'PrinterFault', cause: 'overheated' }],
  [1, 0x32, { type: 'PrinterFault', cause: 'recoverable' }],
  [1, 0x1a, { type: 'PrinterFault', cause: 'offline' }],
])('DLE EOT %i answered %i asks a person for %j', (request, byte, expected) => {
  expect(whyNotReady(statusWith(request, byte))).toEqual(expected);
});

it('names the cover before the paper: one opens it to change the roll', () => {
  expect(whyNotReady(readStatus({ 1: 0x1a, 2: 0x36, 3: READY, 4: 0x72 }))).toEqual({ type: 'PrinterCoverOpen' });
});
