import { joined } from '#native/printers/bytes.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';
import { createMemoryLine } from '#native/printers/lines/memory.ts';
import { type Operation, parseOperations } from './operations.ts';
import { createPaper, type PrintedTicket, textOf } from './paper.ts';

/**
 * `silent`: says it is ready, takes the ticket, then answers nothing. `off`: hears nothing.
 * `offline`: answers, but was taken off-line by hand.
 */
export type SimulatedPrinterState = 'ok' | 'paper-out' | 'cover-open' | 'silent' | 'offline' | 'off';

export type PrinterSimulator = {
  /** Bytes from the host, in any pieces. */
  receive(bytes: Uint8Array): void;
  state(): SimulatedPrinterState;
  set(state: SimulatedPrinterState): void;
  /** Loads a roll of so many lines; when they are used up the state becomes `paper-out`. */
  loadPaper(lines: number): void;
  /** Texts of the tickets that were cut off, oldest first. */
  tickets(): string[];
  /** The same with their style, QR data and drawer pulses. */
  printed(): readonly PrintedTicket[];
  /** What stands on the paper since the last cut. */
  underway(): string;
};

/** Fixed bits of a real-time answer: 0xx1xx10. */
const READY = 0x12;
const OFFLINE = 0x08;

/** The four DLE EOT answers in each state. Source: Epson, "ESC/POS Command Reference", DLE EOT. */
const ANSWERS: Readonly<Record<SimulatedPrinterState, readonly [number, number, number, number]>> = {
  ok: [READY, READY, READY, READY],
  silent: [READY, READY, READY, READY],
  off: [READY, READY, READY, READY],
  offline: [READY | OFFLINE, READY, READY, READY],
  'paper-out': [READY | OFFLINE, READY | 0x20, READY, READY | 0x6c],
  'cover-open': [READY | OFFLINE, READY | 0x04, READY, READY],
};

const takesInk = (operation: Operation): boolean =>
  ['character', 'line-feed', 'qr-print', 'raster', 'cut'].includes(operation.do);

/** An ESC/POS printer on bytes. `answer` carries its bytes back to the host. */
export function createPrinterSimulator(answer: (bytes: Uint8Array) => void): PrinterSimulator {
  const paper = createPaper();
  let state: SimulatedPrinterState = 'ok';
  let mute = false;
  let linesLeft = Number.POSITIVE_INFINITY;
  let rest: Uint8Array = new Uint8Array();
  let queue: Operation[] = [];

  const say = (...bytes: number[]) => mute || answer(Uint8Array.from(bytes));
  const prints = () => state === 'ok' || state === 'silent';

  const perform = (operation: Operation) => {
    if (state === 'silent' && takesInk(operation)) mute = true;
    if (operation.do === 'paper-sensor') say(0x00);
    else if (operation.do === 'process-id') say(0x37, 0x22, ...operation.id, 0x00);
    else paper.print(operation);
    if (operation.do !== 'line-feed') return;
    linesLeft -= operation.lines;
    if (linesLeft <= 0) state = 'paper-out';
  };
  const work = () => {
    while (prints() && queue.length > 0) perform(queue.shift()!);
  };

  return {
    receive(bytes) {
      if (state === 'off') return;
      const parsed = parseOperations(joined([rest, bytes]));
      rest = parsed.rest;
      for (const operation of parsed.operations) {
        if (operation.do === 'real-time-status') {
          work();
          const status = ANSWERS[state][operation.request - 1];
          if (status !== undefined) say(status);
        } else {
          queue.push(operation);
        }
      }
      work();
    },
    state: () => state,
    set(next) {
      state = next;
      mute = false;
      if (next === 'off') {
        queue = [];
        rest = new Uint8Array();
      }
      if (next === 'ok' && linesLeft <= 0) linesLeft = Number.POSITIVE_INFINITY;
      work();
    },
    loadPaper(lines) {
      linesLeft = lines;
    },
    tickets: () => paper.cutOff().map(textOf),
    printed: paper.cutOff,
    underway: () => textOf(paper.underway()),
  };
}

export type SimulatedPrinter = Omit<PrinterSimulator, 'receive'> & { readonly line: ByteLine };

/** Puts a simulator on the device's end of any line: a pseudo-terminal, a TCP socket, memory. */
export function simulatePrinterOn(deviceEnd: Pick<ByteLine, 'onData' | 'write'>): PrinterSimulator {
  const simulator = createPrinterSimulator((bytes) => void deviceEnd.write(bytes));
  deviceEnd.onData(simulator.receive);
  return simulator;
}

/** A printer inside this process, for demonstration and training: give `line` to `createPrinter`. */
export function createSimulatedPrinter(): SimulatedPrinter {
  const [hostEnd, deviceEnd] = createMemoryLine().ends;
  return { line: hostEnd, ...simulatePrinterOn(deviceEnd) };
}
