import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** Reads the QR in a picture with a decoder that shares nothing with our encoder. @returns its text and version, null when there is none */
export function readQr(png: Buffer): { text: string; version: number } | null {
  const { data, width, height } = PNG.sync.read(png);
  const found = jsQR.default(new Uint8ClampedArray(data), width, height, { inversionAttempts: 'dontInvert' });
  return found ? { text: found.data, version: found.version } : null;
}
