import { err, ok, type Result } from '#contract/result/index.ts';
import { SW_OK, unwrap } from './apdu.ts';
import { concat } from './bytes.ts';
import { NETWORK_FILE_LENGTH } from './layout.ts';
import { decodeNetworkRecord, type NetworkRecord } from './network-record.ts';
import type { CardTransport, TransportError } from './transport.ts';

/*
 * A hybrid card of two chips shares no memory between them. Its contact chip (ISO/IEC 7816-4, no keys) holds the number alone, in
 * a transparent file; the balance is the server's to tell.
 */

/** Application of the contact chip: a proprietary identifier (ISO/IEC 7816-5, category F) and CPTR-NUM. */
export const NUMBER_APPLICATION = concat(Uint8Array.of(0xf0), new TextEncoder().encode('CPTR-NUM'));
/** Its one file, by short identifier: 16 bytes, as in a DESFire card's network application. */
export const NUMBER_FILE = 1;

const SELECT = Uint8Array.of(0x00, 0xa4, 0x04, 0x0c, NUMBER_APPLICATION.length, ...NUMBER_APPLICATION);
const READ_BINARY = Uint8Array.of(0x00, 0xb0, 0x80 | NUMBER_FILE, 0x00, NETWORK_FILE_LENGTH);

/** Not a contact chip of ours, or one whose number cannot be read. */
export type ContactRefusal = { type: 'NotOurs' };

/**
 * Reads whose card this is from the contact chip of a two-chip card: SELECT and READ BINARY, two exchanges, no key. What it says
 * is as good as what is printed on the card: anyone can write such a chip.
 */
export async function readContactNumber(
  transport: CardTransport,
): Promise<Result<NetworkRecord, ContactRefusal | TransportError>> {
  const selected = await ask(transport, SELECT);
  if (!selected.ok) return selected;
  const read = await ask(transport, READ_BINARY);
  if (!read.ok) return read;
  const record = decodeNetworkRecord(read.value);
  return record.ok ? record : err({ type: 'NotOurs' });
}

async function ask(
  transport: CardTransport,
  command: Uint8Array,
): Promise<Result<Uint8Array, ContactRefusal | TransportError>> {
  const answer = await transport.transmit(command);
  if (!answer.ok) return answer;
  const response = unwrap(answer.value);
  if (!response) return err({ type: 'CardRemoved' });
  return response.sw === SW_OK ? ok(response.data) : err({ type: 'NotOurs' });
}
