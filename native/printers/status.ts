import type { TicketNotPrintable } from './escpos.ts';
import type { LineFault } from './lines/line.ts';

/** Which DLE EOT request an answer belongs to. */
export type StatusRequest = 1 | 2 | 3 | 4;
export const STATUS_REQUESTS: readonly StatusRequest[] = [1, 2, 3, 4];

/**
 * The bits of the four answers. Two sensors share a mask where the printer sets both bits together.
 * Source: Epson, "ESC/POS Command Reference", DLE EOT, n = 1 to 4.
 */
const BITS = [
  { request: 1, mask: 0x04, flag: 'drawerSignal' },
  { request: 1, mask: 0x08, flag: 'offline' },
  { request: 1, mask: 0x20, flag: 'waitingForRecovery' },
  { request: 1, mask: 0x40, flag: 'feedButtonHeld' },
  { request: 2, mask: 0x04, flag: 'coverOpen' },
  { request: 2, mask: 0x08, flag: 'feedButtonHeld' },
  { request: 2, mask: 0x20, flag: 'paperOut' },
  { request: 2, mask: 0x40, flag: 'error' },
  { request: 3, mask: 0x04, flag: 'recoverableError' },
  { request: 3, mask: 0x08, flag: 'cutterError' },
  { request: 3, mask: 0x20, flag: 'unrecoverableError' },
  { request: 3, mask: 0x40, flag: 'overheated' },
  { request: 4, mask: 0x0c, flag: 'paperNearEnd' },
  { request: 4, mask: 0x60, flag: 'paperOut' },
] as const satisfies readonly { request: StatusRequest; mask: number; flag: string }[];

export type PrinterFlag = (typeof BITS)[number]['flag'];
/** What the printer says of itself, all false when all is well. */
export type PrinterStatus = Readonly<Record<PrinterFlag, boolean>>;

export type PrinterFaultCause =
  | 'cutter'
  | 'unrecoverable'
  | 'recoverable'
  | 'overheated'
  | 'offline'
  /** It answered, but no status: another device, another speed. */
  | 'not-understood'
  /** It answers at once but does not come to what was sent before. */
  | 'queue-stuck'
  /** It takes no more bytes. */
  | 'stalled';

export type PrinterError =
  /** No way to it: unplugged, switched off, or gone during the exchange; or too many tickets are waiting. */
  | { type: 'PrinterUnavailable'; reason: 'absent' | 'line-lost' | 'queue-full'; line: LineFault | null }
  | { type: 'PrinterSilent' }
  | { type: 'PrinterPaperOut' }
  | { type: 'PrinterCoverOpen' }
  | { type: 'PrinterFault'; cause: PrinterFaultCause }
  | TicketNotPrintable;

/** A byte is an answer to DLE EOT when bits 1 and 4 are set and bits 0 and 7 are not. */
export const isStatusByte = (byte: number): boolean => (byte & 0x93) === 0x12;

/** Reads the four answers. Bits without a meaning are ignored, as the standard asks. */
export function readStatus(answers: Readonly<Record<StatusRequest, number>>): PrinterStatus {
  const status: Record<string, boolean> = {};
  for (const { request, mask, flag } of BITS) {
    status[flag] = (status[flag] ?? false) || (answers[request] & mask) !== 0;
  }
  return status as PrinterStatus;
}

/** The first thing a person has to do before it can print; null when it can. */
export function whyNotReady(status: PrinterStatus): PrinterError | null {
  if (status.coverOpen) return { type: 'PrinterCoverOpen' };
  if (status.paperOut) return { type: 'PrinterPaperOut' };
  const causes: [boolean, PrinterFaultCause][] = [
    [status.cutterError, 'cutter'],
    [status.unrecoverableError, 'unrecoverable'],
    [status.overheated, 'overheated'],
    [status.recoverableError || status.error || status.waitingForRecovery, 'recoverable'],
    [status.offline || status.feedButtonHeld, 'offline'],
  ];
  const cause = causes.find(([set]) => set)?.[1];
  return cause === undefined ? null : { type: 'PrinterFault', cause };
}
