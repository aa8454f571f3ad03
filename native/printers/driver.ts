import { err, ok, type Result } from '#contract/result/index.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { Clock } from '#contract/time/index.ts';
import { type Asking, createAsking, PRINTER_TIMINGS, type PrinterTimings } from './asking.ts';
import { joined } from './bytes.ts';
import { type Expectation, within } from './conversation.ts';
import { encodeTicket } from './escpos.ts';
import type { ByteLine } from './lines/line.ts';
import type { PrinterProfile } from './profile.ts';
import type { DrawQr } from './qr-raster.ts';
import { type PrinterError, type PrinterStatus, whyNotReady } from './status.ts';
import { createTurns } from './turns.ts';

/** What became of a ticket. Nobody but a person prints it again. */
export type PrintOutcome =
  /** The printer proved that it processed the whole ticket, and nothing is wrong with it. */
  | { state: 'confirmed' }
  /** Handed over to a printer that cannot report. */
  | { state: 'sent' }
  /** Not a byte of the ticket left: nothing can be on paper. */
  | { state: 'failed'; error: PrinterError }
  /** Some of it may be on paper, or come out later: `error` says what stands in the way of knowing. */
  | { state: 'unknown'; error: PrinterError };

export type Printer = {
  /** Asks now. `null` from a printer that cannot report. */
  status(): Promise<Result<PrinterStatus | null, PrinterError>>;
  /** Asks if it is ready, prints, asks for a proof. Bounded in time. Sends a ticket at most once. */
  print(ticket: Ticket): Promise<PrintOutcome>;
  /** Ends the driver and closes its line. */
  close(): Promise<void>;
};

export type PrinterOptions = { timings?: Partial<PrinterTimings>; drawQr?: DrawQr };

/** Tickets and status requests that may wait for the port. */
const WAITING_MAX = 16;

const failed = (error: PrinterError): PrintOutcome => ({ state: 'failed', error });
const unknown = (error: PrinterError): PrintOutcome => ({ state: 'unknown', error });
const queueFull: PrinterError = { type: 'PrinterUnavailable', reason: 'queue-full', line: null };

/** Off-line or a passing error may be gone in a moment; paper, cover and cutter wait for a person. */
const mayPass = (error: PrinterError): boolean =>
  error.type === 'PrinterFault' && (error.cause === 'offline' || error.cause === 'recoverable');

async function readyFor(asking: Asking, profile: PrinterProfile): Promise<PrinterError | null> {
  if (profile.status === 'none') return null;
  const status = await asking.status();
  if (!status.ok) return status.error;
  const reason = whyNotReady(status.value);
  if (reason !== null || profile.proof === 'none') return reason;
  const settled = await asking.settleQueue();
  return settled.ok ? null : settled.error;
}

/** After the ticket: whether the printer has anything to complain of. */
async function closingLook(asking: Asking, good: PrintOutcome): Promise<PrintOutcome> {
  const status = await asking.status();
  if (!status.ok) return unknown(status.error);
  const reason = whyNotReady(status.value);
  return reason === null ? good : unknown(reason);
}

/** Waits for the proof, looking at the status meanwhile so that an empty roll is said in a second. */
async function awaitProof(
  asking: Asking,
  expected: Expectation,
  clock: Pick<Clock, 'after'>,
  timings: PrinterTimings,
): Promise<PrintOutcome> {
  let reason: PrinterError = { type: 'PrinterSilent' };
  let waitedMs = 0;
  while (waitedMs < timings.processedMs) {
    const answer = await within(clock, timings.pollMs, expected.answer);
    if (answer === 'lost')
      return unknown({ type: 'PrinterUnavailable', reason: 'line-lost', line: { type: 'LineLost' } });
    if (answer !== 'late') return closingLook(asking, { state: 'confirmed' });
    const status = await asking.status();
    waitedMs += timings.pollMs + (status.ok ? 0 : timings.replyMs);
    reason = (status.ok ? whyNotReady(status.value) : status.error) ?? { type: 'PrinterSilent' };
    if (reason.type !== 'PrinterSilent' && !mayPass(reason)) return unknown(reason);
  }
  return unknown(reason);
}

async function send(
  bytes: Uint8Array,
  asking: Asking,
  profile: PrinterProfile,
  clock: Pick<Clock, 'after'>,
  timings: PrinterTimings,
): Promise<PrintOutcome> {
  const proof = profile.proof === 'none' ? null : asking.proof();
  const sent = await asking.send(proof === null ? bytes : joined([bytes, proof.question]), timings.sendMs);
  const absent = !sent.ok && sent.error.type === 'PrinterUnavailable' && sent.error.reason === 'absent';
  let outcome: PrintOutcome;
  if (!sent.ok) outcome = absent ? failed(sent.error) : unknown(sent.error);
  else if (profile.status === 'none') outcome = { state: 'sent' };
  else if (proof === null) outcome = await closingLook(asking, { state: 'sent' });
  else outcome = await awaitProof(asking, proof.expected, clock, timings);
  proof?.expected.forget();
  if (outcome.state === 'unknown') asking.unsettle();
  return outcome;
}

/** Drives one printer on one line. Tickets and questions take turns on the port. */
export function createPrinter(
  line: ByteLine,
  profile: PrinterProfile,
  clock: Pick<Clock, 'after'>,
  options: PrinterOptions = {},
): Printer {
  const timings = { ...PRINTER_TIMINGS, ...options.timings };
  const asking = createAsking(line, profile, clock, timings);
  const inTurn = createTurns(WAITING_MAX);
  const absent = (): PrinterError | null =>
    line.state() === 'open' ? null : { type: 'PrinterUnavailable', reason: 'absent', line: line.fault() };

  const status = async (): Promise<Result<PrinterStatus | null, PrinterError>> => {
    const away = absent();
    if (away !== null) return err(away);
    return profile.status === 'none' ? ok(null) : asking.status();
  };
  const print = async (ticket: Ticket): Promise<PrintOutcome> => {
    const bytes = encodeTicket(ticket, profile, options.drawQr ?? null);
    if (!bytes.ok) return failed(bytes.error);
    const obstacle = absent() ?? (await readyFor(asking, profile));
    return obstacle === null ? send(bytes.value, asking, profile, clock, timings) : failed(obstacle);
  };

  return {
    status: async () => (await inTurn(status)) ?? err(queueFull),
    print: async (ticket) => (await inTurn(() => print(ticket))) ?? failed(queueFull),
    async close() {
      asking.end();
      await line.close();
    },
  };
}
