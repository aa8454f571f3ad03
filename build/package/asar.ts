import { z } from 'zod';

export interface PackedFile {
  /** Inside the archive, with '/' between. */
  name: string;
  /** Kept beside the archive, because the system must open it itself. */
  unpacked: boolean;
  /** Empty for an unpacked file. */
  bytes: Buffer;
}

interface Entry {
  files?: Record<string, Entry> | undefined;
  offset?: string | undefined;
  size?: number | undefined;
  unpacked?: boolean | undefined;
}

const Entry: z.ZodType<Entry> = z.lazy(() =>
  z.object({
    files: z.record(z.string(), Entry).optional(),
    offset: z.string().optional(),
    size: z.number().optional(),
    unpacked: z.boolean().optional(),
  }),
);

/**
 * Reads Electron's archive: two small length-prefixed records (Chromium's "pickle"), the second holding a JSON tree,
 * then the files' bytes at the offsets the tree names. https://github.com/electron/asar#format
 */
export function filesInAsar(archive: Buffer): PackedFile[] {
  const headerSize = archive.readUInt32LE(4);
  const jsonSize = archive.readUInt32LE(12);
  const tree = Entry.parse(JSON.parse(archive.toString('utf8', 16, 16 + jsonSize)));
  return filesUnder(tree, '', archive.subarray(8 + headerSize));
}

function filesUnder(entry: Entry, name: string, bodies: Buffer): PackedFile[] {
  if (entry.files !== undefined) {
    const children = Object.entries(entry.files);
    return children.flatMap(([child, inside]) => filesUnder(inside, name === '' ? child : `${name}/${child}`, bodies));
  }
  const start = Number(entry.offset ?? 0);
  const unpacked = entry.unpacked ?? false;
  return [{ name, unpacked, bytes: unpacked ? Buffer.alloc(0) : bodies.subarray(start, start + (entry.size ?? 0)) }];
}
