import { connect, type Socket } from 'node:net';
import { err, ok, type Result } from '#contract/result/index.ts';
import { createVpcdParser, encodeVpcdFrame, type VpcdMessage } from './vpcd-frames.ts';

/** What lies on the virtual reader. A `null` answer: the card is pulled during this very exchange. */
export interface VirtualCard {
  process(command: Uint8Array): Uint8Array | null | Promise<Uint8Array | null>;
  powerOn?(): void;
  powerOff?(): void;
}

export type VirtualCardOptions = {
  /** vpcd's first slot listens on 35963, its second on 35964. */
  port: number;
  host?: string;
  atr: Uint8Array;
  card: VirtualCard;
};

/** A card lying on vsmartcard's virtual reader. */
export interface LaidCard {
  /** Pulls the card. */
  remove(): Promise<void>;
  /** Resolves when the card no longer lies there, whoever ended it (`null` answer, `remove`, pcscd stopped). */
  readonly removed: Promise<void>;
}

export type VirtualReaderUnavailable = { type: 'VirtualReaderUnavailable'; port: number; detail: string };

/** Lays a card on the virtual reader that pcscd's vpcd driver opens. The reader takes one card at a time: it queues others. */
export async function connectVirtualCard(
  options: VirtualCardOptions,
): Promise<Result<LaidCard, VirtualReaderUnavailable>> {
  const { port, host = '127.0.0.1' } = options;
  const acknowledgeAtOnce = await quickAcknowledge();
  const socket = connect({ port, host, noDelay: true });
  const failure = await new Promise<Error | undefined>((resolve) => {
    socket.once('connect', () => resolve(undefined)).once('error', resolve);
  });
  if (failure) return err({ type: 'VirtualReaderUnavailable', port, detail: failure.message });
  return ok(serve(socket, options, acknowledgeAtOnce));
}

function serve(
  socket: Socket,
  { atr, card }: VirtualCardOptions,
  acknowledgeAtOnce: (socket: Socket) => void,
): LaidCard {
  const parse = createVpcdParser();
  let turn = Promise.resolve();
  const answer = async (message: VpcdMessage) => {
    if (socket.destroyed) return;
    if (message.kind === 'atr') socket.write(encodeVpcdFrame(atr));
    if (message.kind === 'power-off') card.powerOff?.();
    if (message.kind === 'power-on') card.powerOn?.();
    if (message.kind === 'reset') {
      card.powerOff?.();
      card.powerOn?.();
    }
    if (message.kind !== 'apdu') return;
    const reply = await card.process(message.bytes);
    if (reply === null) socket.destroy();
    else if (!socket.destroyed) socket.write(encodeVpcdFrame(reply));
  };

  acknowledgeAtOnce(socket);
  socket.on('data', (chunk) => {
    acknowledgeAtOnce(socket);
    for (const message of parse(chunk)) turn = turn.then(() => answer(message));
  });
  // A reader that goes away resets the connection; 'close' follows and is all we need.
  socket.on('error', () => {});
  const removed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      card.powerOff?.();
      resolve();
    });
  });
  return {
    removed,
    async remove() {
      socket.destroy();
      await removed;
    },
  };
}

const IPPROTO_TCP = 6;
const TCP_QUICKACK = 12;

/**
 * vpcd leaves Nagle's algorithm on and waits for our acknowledgement; Linux delays that by 40 ms unless it is told not to,
 * and forgets being told (tcp(7)), so this is to be called again after each read. Node has no call for it.
 */
async function quickAcknowledge(): Promise<(socket: Socket) => void> {
  if (process.platform !== 'linux') return () => {};
  const { default: koffi } = await import('koffi');
  const one = Buffer.from([1, 0, 0, 0]);
  const setsockopt = koffi.load(null).func('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint32_t']);
  return (socket) => {
    const { _handle: handle } = socket as unknown as { _handle?: { fd?: number } | null };
    if (handle?.fd !== undefined && handle.fd >= 0) setsockopt(handle.fd, IPPROTO_TCP, TCP_QUICKACK, one, one.length);
  };
}
