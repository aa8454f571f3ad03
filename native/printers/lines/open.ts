import type { Clock } from '#contract/time/index.ts';
import type { SerialAddress, TcpAddress } from '../address.ts';
import { type BackOff, LINE_BACK_OFF, lastingLine } from './lasting.ts';
import type { ByteLine } from './line.ts';
import { connectSerial } from './serial.ts';
import { connectTcp } from './tcp.ts';

/** A lasting line to a printer, a register or a scanner, by its address. Absent until the device answers. */
export function openLine(
  address: SerialAddress | TcpAddress,
  clock: Pick<Clock, 'after'>,
  backOff: BackOff = LINE_BACK_OFF,
): ByteLine {
  return lastingLine(address.kind === 'serial' ? connectSerial(address) : connectTcp(address, clock), clock, backOff);
}
