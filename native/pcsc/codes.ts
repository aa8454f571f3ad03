import type { TransportError } from '../cards/transport.ts';

/**
 * What a PC/SC return code means for us.
 * Source: PC/SC Workgroup part 5 and the headers of pcsc-lite and the Windows SDK, which agree on these values.
 */
export type Meaning = 'success' | 'timeout' | 'cancelled' | 'card-lost' | 'busy' | 'reader-lost' | 'service-lost';

type Code = { name: string; meaning: Meaning };

const codes: Record<number, Code> = {
  0: { name: 'SCARD_S_SUCCESS', meaning: 'success' },
  2148532225: { name: 'SCARD_F_INTERNAL_ERROR', meaning: 'service-lost' },
  2148532226: { name: 'SCARD_E_CANCELLED', meaning: 'cancelled' },
  2148532227: { name: 'SCARD_E_INVALID_HANDLE', meaning: 'service-lost' },
  2148532230: { name: 'SCARD_E_NO_MEMORY', meaning: 'service-lost' },
  2148532233: { name: 'SCARD_E_UNKNOWN_READER', meaning: 'reader-lost' },
  2148532234: { name: 'SCARD_E_TIMEOUT', meaning: 'timeout' },
  2148532235: { name: 'SCARD_E_SHARING_VIOLATION', meaning: 'busy' },
  2148532236: { name: 'SCARD_E_NO_SMARTCARD', meaning: 'card-lost' },
  2148532239: { name: 'SCARD_E_PROTO_MISMATCH', meaning: 'card-lost' },
  2148532240: { name: 'SCARD_E_NOT_READY', meaning: 'busy' },
  2148532242: { name: 'SCARD_E_SYSTEM_CANCELLED', meaning: 'service-lost' },
  2148532243: { name: 'SCARD_F_COMM_ERROR', meaning: 'service-lost' },
  2148532246: { name: 'SCARD_E_NOT_TRANSACTED', meaning: 'card-lost' },
  2148532247: { name: 'SCARD_E_READER_UNAVAILABLE', meaning: 'reader-lost' },
  2148532253: { name: 'SCARD_E_NO_SERVICE', meaning: 'service-lost' },
  2148532254: { name: 'SCARD_E_SERVICE_STOPPED', meaning: 'service-lost' },
  2148532270: { name: 'SCARD_E_NO_READERS_AVAILABLE', meaning: 'reader-lost' },
  2148532271: { name: 'SCARD_E_COMM_DATA_LOST', meaning: 'card-lost' },
  2148532273: { name: 'SCARD_E_SERVER_TOO_BUSY', meaning: 'busy' },
  2148532325: { name: 'SCARD_W_UNSUPPORTED_CARD', meaning: 'card-lost' },
  2148532326: { name: 'SCARD_W_UNRESPONSIVE_CARD', meaning: 'card-lost' },
  2148532327: { name: 'SCARD_W_UNPOWERED_CARD', meaning: 'card-lost' },
  2148532328: { name: 'SCARD_W_RESET_CARD', meaning: 'card-lost' },
  2148532329: { name: 'SCARD_W_REMOVED_CARD', meaning: 'card-lost' },
  // pcsc-lite: polkit refuses this user, or the daemon ended while it was asked.
  2148532330: { name: 'SCARD_W_SECURITY_VIOLATION', meaning: 'service-lost' },
  // Windows lets its own system errors through: ERROR_INVALID_HANDLE, RPC_S_SERVER_UNAVAILABLE, ERROR_BROKEN_PIPE
  // (a remote session that ended).
  6: { name: 'ERROR_INVALID_HANDLE', meaning: 'service-lost' },
  1722: { name: 'RPC_S_SERVER_UNAVAILABLE', meaning: 'service-lost' },
  109: { name: 'ERROR_BROKEN_PIPE', meaning: 'service-lost' },
};

export const RESET_CARD = 0x80100068;
export const UNRESPONSIVE_CARD = 0x80100066;

/** Meaning of a return code; an unknown one costs the reader, which makes its owner start afresh. */
export function meaningOf(code: number): Meaning {
  return codes[code]?.meaning ?? 'reader-lost';
}

/** The code's name in the headers, or its value: for logs and the `detail` of an error. */
export function nameOf(code: number): string {
  return codes[code]?.name ?? `0x${code.toString(16).padStart(8, '0')}`;
}

/** The same failure in the words of the card transport. */
export function toTransportError(code: number): TransportError {
  const meaning = meaningOf(code);
  if (meaning === 'card-lost') return { type: 'CardRemoved' };
  if (meaning === 'service-lost') return { type: 'CardServiceUnavailable', detail: nameOf(code) };
  return { type: 'ReaderUnavailable', detail: nameOf(code) };
}
