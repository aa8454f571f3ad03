import { uintLE } from '../bytes.ts';

const reflected = (data: Uint8Array, preset: number, polynomial: number): number => {
  let crc = preset;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
  }
  return crc >>> 0;
};

/** CRC32 of IEEE 802.3 without the final inversion, little-endian: DESFire EV1 enciphered mode. */
export const crc32 = (data: Uint8Array): Uint8Array => uintLE(reflected(data, 0xffffffff, 0xedb88320), 4);

/** CRC_A of ISO/IEC 14443-3 annex B (preset 6363), little-endian: DESFire legacy enciphered mode. */
export const crc16 = (data: Uint8Array): Uint8Array => uintLE(reflected(data, 0x6363, 0x8408), 2);
