import koffi from 'koffi';

/**
 * The least that one can write to exchange APDUs through koffi on Linux: the yardstick of `pcsc-exchange.ts`, and a
 * stand-in for another program that holds the card. No recovery, no bounds, throws on any failure.
 */
export async function openBare(reader: string, shareMode: 'exclusive' | 'shared' = 'shared') {
  const library = koffi.load('libpcsclite.so.1');
  const outLong = koffi.out(koffi.pointer('long'));
  const outDword = koffi.out(koffi.pointer('unsigned long'));
  const establish = library.func('SCardEstablishContext', 'long', ['unsigned long', 'void *', 'void *', outLong]);
  const connect = library.func('SCardConnect', 'long', [
    'long',
    'str',
    'unsigned long',
    'unsigned long',
    outLong,
    outDword,
  ]);
  const transmit = library.func('SCardTransmit', 'long', [
    'long',
    'void *',
    'void *',
    'unsigned long',
    'void *',
    'void *',
    'void *',
  ]);
  const release = library.func('SCardReleaseContext', 'long', ['long']);

  const context = [0];
  // As ours, which must not hold up the event loop: a context made there exchanges 7 to 12 % faster on a machine at rest, and so it
  // did for our own code in the same place.
  check(await inThread(establish, 2, null, null, context));
  const card = [0];
  const protocol = [0];
  const mode = shareMode === 'exclusive' ? EXCLUSIVE : SHARED;
  check(await inThread(connect, context[0], reader, mode, 3, card, protocol));
  const header = new BigUint64Array([BigInt(protocol[0]!), 16n]);
  const answer = Buffer.alloc(264);
  const length = new BigUint64Array(1);
  const args = (command: Buffer) => {
    length[0] = 264n;
    return [card[0], header, command, command.length, null, answer, length];
  };

  return {
    /** Holds up the event loop during the exchange. */
    transmitSync(command: Buffer): Buffer {
      check(transmit(...args(command)));
      return Buffer.from(answer.subarray(0, Number(length[0])));
    },
    async transmit(command: Buffer): Promise<Buffer> {
      check(await inThread(transmit, ...args(command)));
      return Buffer.from(answer.subarray(0, Number(length[0])));
    },
    close: async () => check(await inThread(release, context[0])),
  };
}

const EXCLUSIVE = 1;
const SHARED = 2;

/** Not in the event loop's thread: a virtual card in this very process may have to answer meanwhile. */
function inThread(call: { async: (...args: unknown[]) => void }, ...args: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    call.async(...args, (failure: Error | null, code: number) => (failure ? reject(failure) : resolve(code)));
  });
}

function check(code: number): void {
  if (code !== 0) throw new Error(`PC/SC ${code.toString(16)}`);
}
