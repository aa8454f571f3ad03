import { encode } from 'uqr';
import type { DrawQr } from './qr-raster.ts';

/** The largest that a receipt's width still prints with readable modules: version 20 is 97 modules a side. */
const maxVersion = 20;

/** Draws a QR at level M, as printers do that draw their own. */
export const drawQr: DrawQr = (data) => {
  try {
    const { size, data: rows } = encode(data, { ecc: 'M', border: 0, maxVersion });
    return { size, isDark: (x, y) => rows[y]?.[x] === true };
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
};
