import { raster } from './commands.ts';

/** A QR symbol without its quiet zone: `size` modules a side. */
export type QrMatrix = { readonly size: number; isDark(x: number, y: number): boolean };

/** Draws a QR symbol of this text at level M; null when the text does not fit one. */
export type DrawQr = (data: string) => QrMatrix | null;

/** ISO/IEC 18004 §5.3.8: four light modules on every side. Left and right are the paper's own margin. */
const QUIET_MODULES = 4;

/** The symbol as a bitmap command of at most `dotsPerLine` dots; null when even one dot per module is too wide. */
export function qrByRaster(qr: QrMatrix, wantedModuleDots: number, dotsPerLine: number): Uint8Array[] | null {
  const moduleDots = Math.min(wantedModuleDots, Math.floor(dotsPerLine / qr.size));
  if (moduleDots < 1) return null;
  const side = qr.size * moduleDots;
  const quiet = QUIET_MODULES * moduleDots;
  const bytesPerRow = Math.ceil(side / 8);
  const bits = new Uint8Array(bytesPerRow * (side + 2 * quiet));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!qr.isDark(Math.floor(x / moduleDots), Math.floor(y / moduleDots))) continue;
      const at = (y + quiet) * bytesPerRow + (x >> 3);
      bits[at] = bits[at]! | (0x80 >> (x & 7));
    }
  }
  return raster(bytesPerRow, side + 2 * quiet, bits);
}
