import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { ZipTools } from '#contract/reports/xlsx/zip.ts';

/** Node's own: compression runs beside the event loop, and a failing source fails what is read out. */
export const zipTools: ZipTools = {
  deflateRaw(chunks) {
    const deflate = createDeflateRaw();
    pipeline(Readable.from(chunks), deflate, () => {});
    return deflate;
  },
  crc32,
};
