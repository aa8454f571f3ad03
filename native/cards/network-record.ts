import { MAX_CARD_DATA } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { NETWORK_FILE_LENGTH } from './layout.ts';

const VERSION = 1;

/** What stands in the network application, free to read: whose card it is, and which. */
export type NetworkRecord = { networkId: number; cardData: number };
export type NetworkRecordInvalid = { type: 'NetworkRecordInvalid'; why: 'length' | 'version' | 'card number' };

/**
 * 16 bytes: 0 version, 1 network id u16, 3 card number u32 (its eight data digits), zeros. Little-endian.
 * @throws RangeError for a network id beyond u16 or a number beyond eight digits
 */
export const encodeNetworkRecord = ({ networkId, cardData }: NetworkRecord): Uint8Array => {
  if (!Number.isInteger(networkId) || networkId < 0 || networkId > 0xffff) throw new RangeError(`network ${networkId}`);
  if (!Number.isInteger(cardData) || cardData < 0 || cardData > MAX_CARD_DATA) throw new RangeError(`card ${cardData}`);
  const bytes = new Uint8Array(NETWORK_FILE_LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint16(1, networkId, true);
  view.setUint32(3, cardData, true);
  return bytes;
};

export const decodeNetworkRecord = (bytes: Uint8Array): Result<NetworkRecord, NetworkRecordInvalid> => {
  const invalid = (why: NetworkRecordInvalid['why']) =>
    err<NetworkRecordInvalid>({ type: 'NetworkRecordInvalid', why });
  if (bytes.length !== NETWORK_FILE_LENGTH) return invalid('length');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== VERSION) return invalid('version');
  const cardData = view.getUint32(3, true);
  if (cardData > MAX_CARD_DATA) return invalid('card number');
  return ok({ networkId: view.getUint16(1, true), cardData });
};
