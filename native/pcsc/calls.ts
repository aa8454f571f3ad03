import { type Abi, readerStateType } from './abi.ts';

type Koffi = typeof import('koffi')['default'];
type ArgumentType = string | ReturnType<Koffi['out']>;
type AsyncFunction = { async: (...args: unknown[]) => void };
type NativeCall = (...args: unknown[]) => Promise<number>;

/** koffi itself failed (its queue is full, an argument is of the wrong kind): seen as an internal error of the service. */
const INTERNAL_ERROR = 0x80100001;

export type NativeCalls = ReturnType<typeof declareCalls>;

/**
 * Declares the PC/SC functions of the library that `abi` names. Each runs on a thread of the pool and answers its return
 * code as an unsigned 32-bit number. Throws where the library or one of its functions is missing.
 */
export function declareCalls(koffi: Koffi, abi: Abi) {
  const library = koffi.load(abi.library);
  const { dword, handle, text, suffix } = abi;
  const outHandle = koffi.out(koffi.pointer(handle));
  const outDword = koffi.out(koffi.pointer(dword));
  const inoutDword = koffi.inout(koffi.pointer(dword));
  const inoutStates = koffi.inout(koffi.pointer(readerStateType(koffi, abi)));

  const declare = (name: string, args: ArgumentType[]): NativeCall => {
    const native: AsyncFunction = library.func(name, abi.long, args);
    return (...given) =>
      new Promise((resolve) => {
        native.async(...given, (failure: unknown, code: number | bigint) =>
          resolve(failure ? INTERNAL_ERROR : unsigned(code)),
        );
      });
  };

  return {
    establishContext: declare('SCardEstablishContext', [dword, 'void *', 'void *', outHandle]),
    releaseContext: declare('SCardReleaseContext', [handle]),
    isValidContext: declare('SCardIsValidContext', [handle]),
    listReaders: declare(`SCardListReaders${suffix}`, [handle, 'void *', 'void *', inoutDword]),
    getStatusChange: declare(`SCardGetStatusChange${suffix}`, [handle, dword, inoutStates, dword]),
    cancel: declare('SCardCancel', [handle]),
    connect: declare(`SCardConnect${suffix}`, [handle, text, dword, dword, outHandle, outDword]),
    reconnect: declare('SCardReconnect', [handle, dword, dword, dword, outDword]),
    disconnect: declare('SCardDisconnect', [handle, dword]),
    beginTransaction: declare('SCardBeginTransaction', [handle]),
    endTransaction: declare('SCardEndTransaction', [handle, dword]),
    status: declare(`SCardStatus${suffix}`, [handle, 'void *', inoutDword, outDword, outDword, 'void *', inoutDword]),
    // Plain pointers: koffi then hands our own bytes over where they lie, without a copy.
    transmit: declare('SCardTransmit', [handle, 'void *', 'void *', dword, 'void *', 'void *', 'void *']),
  };
}

/** LONG is 64 bits wide and positive on Linux, 32 bits and negative elsewhere: both become one unsigned number. */
function unsigned(code: number | bigint): number {
  return Number(code) >>> 0;
}
