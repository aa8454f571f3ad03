import type { Result } from '#contract/result/index.ts';
import { err, ok } from '#contract/result/index.ts';
import { type Abi, abiOf, ioRequest, splitNames } from './abi.ts';
import { declareCalls, type NativeCalls } from './calls.ts';

/** A handle of the system's library: a context or a connected card. */
export type Handle = number | bigint;

/** One reader in getStatusChange: what we believe (`current`), answered with what is (`event`), as SCARD_STATE_ bits. */
export type WatchedReader = { name: string; current: number };
export type SeenReader = { name: string; event: number };

/** A call either gives its value or the PC/SC return code (see codes.ts), as an unsigned 32-bit number. */
export type Answer<T> = Result<T, number>;

/** Room for one exchange, allocated once; the system writes into it from another thread while a call runs. */
export type ExchangeRoom = { command: Buffer; answer: Buffer; answerLength: Buffer };

/**
 * PC/SC with the platform taken out. Every call runs on a thread of the pool, so none holds up the event loop.
 * Cards are connected shared and let go without a reset; exclusive use comes from a transaction.
 */
export interface PcscLibrary {
  establishContext(): Promise<Answer<Handle>>;
  releaseContext(context: Handle): Promise<number>;
  isValidContext(context: Handle): Promise<boolean>;
  listReaders(context: Handle): Promise<Answer<string[]>>;
  getStatusChange(context: Handle, timeoutMs: number, readers: WatchedReader[]): Promise<Answer<SeenReader[]>>;
  /** Ends the getStatusChange that waits on this context. */
  cancel(context: Handle): Promise<number>;
  connect(context: Handle, reader: string): Promise<Answer<{ card: Handle; protocol: number }>>;
  /** Takes a card up again that another process has reset; answers the protocol. */
  reconnect(card: Handle): Promise<Answer<number>>;
  disconnect(card: Handle): Promise<number>;
  beginTransaction(card: Handle): Promise<number>;
  endTransaction(card: Handle): Promise<number>;
  /** ATR of the connected card. */
  status(card: Handle): Promise<Answer<Uint8Array>>;
  newRoom(): ExchangeRoom;
  /** Sends one command APDU through `room`, answers a copy of what the card said. */
  transmit(card: Handle, protocol: number, command: Uint8Array, room: ExchangeRoom): Promise<Answer<Uint8Array>>;
}

export type CardServiceUnavailable = { type: 'CardServiceUnavailable'; detail: string };

const SCOPE_SYSTEM = 2;
const SHARE_SHARED = 2;
const LEAVE_CARD = 0;
const PROTOCOL_T0 = 1;
const PROTOCOL_T1 = 2;
const NO_READERS_AVAILABLE = 0x8010002e;
const NAMES_CHARACTERS = 8 * 1024;
/** The longest extended-length command or answer of ISO 7816-4, as pcsc-lite counts it (MAX_BUFFER_SIZE_EXTENDED). */
const APDU_BYTES = 4 + 3 + (1 << 16) + 3 + 2;

/** Loads the system's PC/SC library, not before it is called. A machine without it gets the typed error. */
export async function loadPcsc(platform = process.platform): Promise<Result<PcscLibrary, CardServiceUnavailable>> {
  try {
    const { default: koffi } = await import('koffi');
    const abi = abiOf(platform);
    const calls = declareCalls(koffi, abi);
    return ok({
      ...contextCalls(calls, abi),
      ...cardCalls(calls, abi),
      ...exchangeCalls(calls, koffi.sizeof(abi.dword)),
    });
  } catch (cause) {
    return err({ type: 'CardServiceUnavailable', detail: `PcscLibraryMissing: ${String(cause)}` });
  }
}

function contextCalls(calls: NativeCalls, abi: Abi) {
  return {
    async establishContext(): Promise<Answer<Handle>> {
      const context: [Handle] = [0];
      return answer(await calls.establishContext(SCOPE_SYSTEM, null, null, context), () => context[0]);
    },
    releaseContext: (context: Handle) => calls.releaseContext(context),
    isValidContext: async (context: Handle) => (await calls.isValidContext(context)) === 0,
    cancel: (context: Handle) => calls.cancel(context),
    async listReaders(context: Handle): Promise<Answer<string[]>> {
      const names = Buffer.alloc(2 * NAMES_CHARACTERS);
      const code = await calls.listReaders(context, null, names, [NAMES_CHARACTERS]);
      return code === NO_READERS_AVAILABLE ? ok([]) : answer(code, () => splitNames(names, abi.encoding));
    },
    async getStatusChange(context: Handle, timeoutMs: number, readers: WatchedReader[]): Promise<Answer<SeenReader[]>> {
      const states = readers.map((reader) => ({
        szReader: reader.name,
        pvUserData: null,
        dwCurrentState: reader.current,
        dwEventState: 0,
        cbAtr: 0,
        rgbAtr: new Uint8Array(abi.atrBytes),
      }));
      const code = await calls.getStatusChange(context, timeoutMs, states, states.length);
      return answer(code, () =>
        readers.map(({ name }, index) => ({ name, event: Number(states[index]?.dwEventState ?? 0) })),
      );
    },
  };
}

function cardCalls(calls: NativeCalls, abi: Abi) {
  return {
    async connect(context: Handle, reader: string): Promise<Answer<{ card: Handle; protocol: number }>> {
      const card: [Handle] = [0];
      const protocol: [number] = [0];
      const code = await calls.connect(context, reader, SHARE_SHARED, PROTOCOL_T0 | PROTOCOL_T1, card, protocol);
      return answer(code, () => ({ card: card[0], protocol: Number(protocol[0]) }));
    },
    async reconnect(card: Handle): Promise<Answer<number>> {
      const protocol: [number] = [0];
      const code = await calls.reconnect(card, SHARE_SHARED, PROTOCOL_T0 | PROTOCOL_T1, LEAVE_CARD, protocol);
      return answer(code, () => Number(protocol[0]));
    },
    disconnect: (card: Handle) => calls.disconnect(card, LEAVE_CARD),
    beginTransaction: (card: Handle) => calls.beginTransaction(card),
    endTransaction: (card: Handle) => calls.endTransaction(card, LEAVE_CARD),
    async status(card: Handle): Promise<Answer<Uint8Array>> {
      const name = Buffer.alloc(2 * NAMES_CHARACTERS);
      const atr = Buffer.alloc(abi.atrBytes);
      const atrLength: [number] = [atr.length];
      const code = await calls.status(card, name, [NAMES_CHARACTERS], [0], [0], atr, atrLength);
      return answer(code, () => new Uint8Array(atr.subarray(0, Number(atrLength[0]))));
    },
  };
}

function exchangeCalls(calls: NativeCalls, dwordBytes: number) {
  const headerT0 = ioRequest(dwordBytes, PROTOCOL_T0);
  const headerT1 = ioRequest(dwordBytes, PROTOCOL_T1);
  return {
    newRoom: (): ExchangeRoom => ({
      command: Buffer.alloc(APDU_BYTES),
      answer: Buffer.alloc(APDU_BYTES),
      answerLength: Buffer.alloc(dwordBytes),
    }),
    async transmit(
      card: Handle,
      protocol: number,
      command: Uint8Array,
      room: ExchangeRoom,
    ): Promise<Answer<Uint8Array>> {
      room.command.set(command);
      room.answerLength.fill(0).writeUInt32LE(room.answer.length);
      const header = protocol === PROTOCOL_T0 ? headerT0 : headerT1;
      const code = await calls.transmit(
        card,
        header,
        room.command,
        command.length,
        null,
        room.answer,
        room.answerLength,
      );
      return answer(code, () => new Uint8Array(room.answer.subarray(0, room.answerLength.readUInt32LE())));
    },
  };
}

function answer<T>(code: number, value: () => T): Answer<T> {
  return code === 0 ? ok(value()) : err(code);
}
