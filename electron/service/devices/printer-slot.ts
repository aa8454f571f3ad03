import type { Ticket } from '#contract/tickets/ticket.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Lamp } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import type { Printer } from '#native/printers/driver.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';
import type { PrinterError } from '#native/printers/status.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import { createChanges } from './changes.ts';
import { firstState } from './first-state.ts';

export type OpenedPrinter = { printer: Printer; line: ByteLine };
type Found = Pick<Lamp, 'state' | 'detail'>;

/** How often an idle printer is asked how it is. */
const askEveryMs = 4_000;

/** The place of the receipt printer: none, or one, asked from time to time how it is. */
export class PrinterSlot {
  readonly #clock: Clock;
  readonly changes = createChanges();
  #opened: OpenedPrinter | null = null;
  #found: Found = { state: 'absent', detail: 'not-set' };
  #callOff = () => {};
  #printing = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async change(to: OpenedPrinter | null): Promise<void> {
    const before = this.#opened;
    this.#callOff();
    this.#opened = to;
    this.#say(to ? { state: 'fault', detail: 'offline' } : { state: 'absent', detail: 'not-set' });
    await before?.printer.close();
    if (!to) return;
    await firstState(to.line, this.#clock);
    if (to !== this.#opened) return;
    to.line.onState(() => to === this.#opened && void this.ask());
    await this.ask();
  }

  lamp(): Found {
    return this.#found;
  }

  /** Asks the printer now; the lamp follows. */
  async ask(): Promise<Found> {
    this.#callOff();
    const opened = this.#opened;
    if (!opened) return this.#found;
    if (this.#printing === 0) {
      const status = await opened.printer.status();
      if (opened === this.#opened) this.#say(status.ok ? lampOfStatus(status.value) : lampOfError(status.error));
    }
    this.#callOff();
    if (opened === this.#opened) this.#callOff = this.#clock.after(askEveryMs, () => void this.ask());
    return this.#found;
  }

  /** Prints once. With no printer set the ticket stays on the screen, and that is no fault. */
  async print(ticket: Ticket): Promise<PrintAnswer> {
    const opened = this.#opened;
    if (!opened) return { print: 'no-printer', why: null };
    this.#printing += 1;
    const outcome = await opened.printer.print(ticket).finally(() => {
      this.#printing -= 1;
    });
    if (opened === this.#opened && 'error' in outcome) this.#say(lampOfError(outcome.error));
    else if (opened === this.#opened && outcome.state === 'confirmed') this.#say({ state: 'ok', detail: 'ready' });
    return { print: outcome.state, why: 'error' in outcome ? printRefusal(outcome.error) : null };
  }

  async close(): Promise<void> {
    this.#callOff();
    const last = this.#opened;
    this.#opened = null;
    await last?.printer.close();
  }

  #say(found: Found): void {
    const same = found.state === this.#found.state && found.detail === this.#found.detail;
    this.#found = found;
    if (!same) this.changes.tell();
  }
}

function lampOfStatus(
  status: Awaited<ReturnType<Printer['status']>> extends infer R
    ? R extends { ok: true; value: infer V }
      ? V
      : never
    : never,
): Found {
  if (status === null) return { state: 'ok', detail: 'cannot-report' };
  if (status.coverOpen) return { state: 'fault', detail: 'cover-open' };
  if (status.paperOut) return { state: 'fault', detail: 'paper-out' };
  if (status.offline || status.error) return { state: 'fault', detail: 'fault' };
  if (status.paperNearEnd) return { state: 'warn', detail: 'paper-low' };
  return { state: 'ok', detail: 'ready' };
}

const lampDetails: Record<PrinterError['type'], string> = {
  PrinterUnavailable: 'offline',
  PrinterSilent: 'silent',
  PrinterPaperOut: 'paper-out',
  PrinterCoverOpen: 'cover-open',
  PrinterFault: 'fault',
  TicketNotPrintable: 'fault',
};

const lampOfError = (error: PrinterError): Found => ({ state: 'fault', detail: lampDetails[error.type] });

/** The one table from what the printer's driver says to what the till says. */
export function printRefusal(error: PrinterError): TillError {
  if (error.type === 'PrinterFault') return tillError('PrinterFault', { what: error.cause });
  if (error.type === 'TicketNotPrintable') return tillError('PrinterFault', { what: 'ticket' });
  return tillError(error.type);
}
