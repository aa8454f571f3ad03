import { concat } from './bytes.ts';

/**
 * Bytes of data in a wrapped frame. The MF3ICD81 functional specification allows 55 bytes for the whole wrapped command, six of
 * which are the wrapping; cards were measured to take 60. Nothing that a loyalty card is told needs more than 47.
 */
export const MAX_FRAME_DATA = 49;
const CLA_WRAPPED = 0x90;
export const SW1_DESFIRE = 0x91;

/** Native DESFire command in ISO/IEC 7816-4 wrapping: 90 INS 00 00 [Lc data] 00. */
export const wrap = (instruction: number, data: Uint8Array): Uint8Array =>
  data.length === 0
    ? Uint8Array.of(CLA_WRAPPED, instruction, 0, 0, 0)
    : concat(Uint8Array.of(CLA_WRAPPED, instruction, 0, 0, data.length), data, Uint8Array.of(0));

export type ResponseApdu = { data: Uint8Array; sw: number };

/** Splits an answer into data and status word; null when there is no status word, which is a card that left. */
export const unwrap = (answer: Uint8Array): ResponseApdu | null => {
  if (answer.length < 2) return null;
  const end = answer.length - 2;
  return { data: answer.slice(0, end), sw: (answer[end]! << 8) | answer[end + 1]! };
};

/** Cuts what follows the instruction into frames; the first may be empty, the others never are. */
export const frames = (data: Uint8Array): Uint8Array[] => {
  const cut: Uint8Array[] = [data.subarray(0, MAX_FRAME_DATA)];
  for (let at = MAX_FRAME_DATA; at < data.length; at += MAX_FRAME_DATA)
    cut.push(data.subarray(at, at + MAX_FRAME_DATA));
  return cut;
};

/** Get UID of a contactless PC/SC reader (PC/SC part 3, section 3.2.2.1.3). The reader answers it; nothing goes on the air. */
export const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);
export const SW_OK = 0x9000;
