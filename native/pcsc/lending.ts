import { err, ok, type Result } from '#contract/result/index.ts';
import { type Clock, sleep } from '#contract/time/index.ts';
import type { CardTransport, TransportError } from '../cards/transport.ts';
import { meaningOf, RESET_CARD, toTransportError, UNRESPONSIVE_CARD } from './codes.ts';
import type { Answer, ExchangeRoom, Handle, PcscLibrary } from './library.ts';
import { createPatience, inTime, type Patience, type Timely } from './patience.ts';

/** Bounds of one loan. Another program may hold the card for a moment; a card may settle in the field for a moment. */
const limits = {
  callMs: 3_000,
  exchangeMs: 15_000,
  connectTries: 10,
  connectPauseMs: 100,
  resetTries: 3,
} as const;

type Loan = {
  context?: Handle;
  card?: Handle;
  inTransaction: boolean;
  protocol: number;
  /** The native call that overran its limit and still runs. */
  stuck?: Promise<unknown>;
  /** The exchange under way, or the last one. */
  exchange?: Promise<unknown>;
};

export interface Lender {
  /** Connects to the card in `reader`, holds a transaction while `use` runs, then lets go without a reset. */
  lend<T>(reader: string, use: (card: CardTransport) => Promise<T>): Promise<Result<T, TransportError>>;
}

/**
 * Lends cards, one at a time: the caller queues. Each loan has a context of its own, made and released with it (a quarter
 * of a millisecond with pcsc-lite), so that nothing of a loan outlives a restart of the service.
 * A native call that never returns costs one thread; while it hangs no other loan is begun.
 */
export function createLender(library: PcscLibrary, clock: Clock): Lender {
  let room: ExchangeRoom = library.newRoom();
  let stuck: Promise<unknown> | undefined;

  const settle = async (loan: Loan): Promise<void> => {
    const running = loan.stuck ?? loan.exchange ?? Promise.resolve();
    const closing = running.then(() => letGo(library, loan));
    const closed = await inTime(clock, closing, loan.stuck ? 0 : limits.callMs);
    if (!closed.late) return;
    room = library.newRoom();
    stuck = closing.finally(() => {
      stuck = undefined;
    });
  };

  return {
    async lend(reader, use) {
      if (stuck && (await inTime(clock, stuck, limits.callMs)).late) return err(overdue('an earlier call'));
      const loan: Loan = { inTransaction: false, protocol: 0 };
      const patience = createPatience(clock, limits.exchangeMs);
      let returned = false;
      try {
        const opened = await open(library, clock, loan, reader);
        if (!opened.ok) return opened;
        const transport = createTransport(library, patience, loan, room, opened.value, () => returned);
        return ok(await use(transport));
      } finally {
        returned = true;
        patience.end();
        await settle(loan);
      }
    },
  };
}

function createTransport(
  library: PcscLibrary,
  patience: Patience,
  loan: Loan,
  room: ExchangeRoom,
  atr: Uint8Array,
  isReturned: () => boolean,
): CardTransport {
  let busy = false;
  return {
    atr,
    async transmit(command) {
      if (isReturned() || busy) throw new Error(busy ? 'one APDU at a time' : 'the card was handed back');
      if (loan.stuck) return err(overdue('SCardTransmit'));
      busy = true;
      const call = library.transmit(loan.card ?? 0, loan.protocol, command, room);
      loan.exchange = call;
      const done = timely(loan, call, await patience.await(call), 'SCardTransmit');
      busy = false;
      // Less than a status word: pcsc-lite's way to say that the card went during the exchange.
      if (done.ok && done.value.length < 2) return err({ type: 'CardRemoved' });
      return done;
    },
  };
}

/** Context, connection, transaction, ATR. What was opened stands in `loan`, also when a later step fails. */
async function open(
  library: PcscLibrary,
  clock: Clock,
  loan: Loan,
  reader: string,
): Promise<Result<Uint8Array, TransportError>> {
  const establishing = library.establishContext().then((context) => {
    if (context.ok) loan.context = context.value;
    return context;
  });
  const context = await bounded(clock, loan, establishing, limits.callMs, 'SCardEstablishContext');
  if (!context.ok) return context;

  const connected = await connect(library, clock, loan, context.value, reader);
  if (!connected.ok) return connected;
  const begun = await begin(library, clock, loan, connected.value);
  if (!begun.ok) return begun;
  return bounded(clock, loan, library.status(connected.value), limits.callMs, 'SCardStatus');
}

/** A card held by another program, or still settling in the field, is tried again a few times. */
async function connect(
  library: PcscLibrary,
  clock: Clock,
  loan: Loan,
  context: Handle,
  reader: string,
): Promise<Result<Handle, TransportError>> {
  for (let tryNumber = 1; ; tryNumber++) {
    let code = 0;
    const connecting = library.connect(context, reader).then((card) => {
      if (card.ok) Object.assign(loan, card.value);
      else code = card.error;
      return card;
    });
    const connected = await bounded(clock, loan, connecting, limits.callMs, 'SCardConnect');
    if (connected.ok) return ok(connected.value.card);
    const passing = meaningOf(code) === 'busy' || code === UNRESPONSIVE_CARD;
    if (!passing || tryNumber === limits.connectTries) return connected;
    await sleep(clock, limits.connectPauseMs);
  }
}

async function begin(
  library: PcscLibrary,
  clock: Clock,
  loan: Loan,
  card: Handle,
): Promise<Result<void, TransportError>> {
  for (let tryNumber = 1; ; tryNumber++) {
    let code = 0;
    const beginning = library.beginTransaction(card).then((answer) => {
      code = answer;
      loan.inTransaction = answer === 0;
      return answered(answer);
    });
    const begun = await bounded(clock, loan, beginning, limits.callMs, 'SCardBeginTransaction');
    if (begun.ok || code !== RESET_CARD || tryNumber === limits.resetTries) return begun;
    const again = await bounded(clock, loan, library.reconnect(card), limits.callMs, 'SCardReconnect');
    if (!again.ok) return again;
    loan.protocol = again.value;
  }
}

async function letGo(library: PcscLibrary, loan: Loan): Promise<void> {
  if (loan.card !== undefined && loan.inTransaction) await library.endTransaction(loan.card);
  if (loan.card !== undefined) await library.disconnect(loan.card);
  if (loan.context !== undefined) await library.releaseContext(loan.context);
}

async function bounded<T>(
  clock: Clock,
  loan: Loan,
  call: Promise<Answer<T>>,
  limitMs: number,
  name: string,
): Promise<Result<T, TransportError>> {
  return timely(loan, call, await inTime(clock, call, limitMs), name);
}

function timely<T>(
  loan: Loan,
  call: Promise<unknown>,
  done: Timely<Answer<T>>,
  name: string,
): Result<T, TransportError> {
  if (done.late) {
    loan.stuck = call;
    return err(overdue(name));
  }
  return done.value.ok ? done.value : err(toTransportError(done.value.error));
}

const answered = (code: number): Answer<void> => (code === 0 ? ok(undefined) : err(code));

/** Most often another program that keeps the card to itself: pcsc-lite then makes us wait inside the call. */
const overdue = (call: string): TransportError => ({ type: 'ReaderUnavailable', detail: `CallOverdue: ${call}` });
