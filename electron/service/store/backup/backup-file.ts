import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson, type Json } from '#contract/journal/canonical.ts';
import { Head } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

/*
 * A backup is one file: 4,096 bytes of header (the first line names the format, the second is JSON, then spaces), and behind it
 * the database as SQLite writes it. `sha256` is over the header's other facts, as canonical JSON, and the database.
 */
const magic = 'COMPTOIR-BACKUP 1\n';
const headerBytes = 4096;
const chunkBytes = 1024 * 1024;

const facts = {
  madeAtMs: z.int().nonnegative(),
  /** Of the database's schema: a program that does not know it may not open it. */
  storeVersion: z.int().positive(),
  entries: z.int().nonnegative(),
  /** Not yet acknowledged by the server when the backup was made. */
  unsent: z.int().nonnegative(),
  head: Head.nullable(),
  /** Whose journal it is, and with which key it goes on; null before enrolment. */
  terminal: z.string().max(64).nullable(),
  publicKey: z.string().max(200).nullable(),
};
const BackupFacts = z.strictObject(facts);
export type BackupFacts = z.infer<typeof BackupFacts>;
const Header = z.strictObject({ ...facts, bytes: z.int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** The file is no backup, or not as it was written. `why`: short · format · checksum. It is left as found. */
export type BackupUnreadable = { type: 'BackupUnreadable'; file: string; why: 'short' | 'format' | 'checksum' };

const digestOf = ({ sha256: _, ...rest }: z.infer<typeof Header>) =>
  createHash('sha256').update(canonicalJson(rest as unknown as Json));

/** Writes header and database into a new file of mode 0600, flushed. Throws the system's errors. */
export function writeBackupFile(file: string, database: string, about: BackupFacts): void {
  const header = { ...BackupFacts.parse(about), bytes: 0, sha256: '' };
  for (const chunk of chunksOf(database, 0)) header.bytes += chunk.length;
  const digest = digestOf(header);
  for (const chunk of chunksOf(database, 0)) digest.update(chunk);
  header.sha256 = digest.digest('hex');
  const text = Buffer.from(`${magic}${JSON.stringify(header)}\n`.padEnd(headerBytes));
  if (text.length !== headerBytes) throw new RangeError('the header of a backup has 4,096 bytes');
  writeNew(file, [text], chunksOf(database, 0));
}

/** What a backup says of itself; nothing of it is believed before {@link extractBackup} has read it all. */
export function headerOf(file: string): Result<z.infer<typeof Header>, BackupUnreadable> {
  const unreadable = (why: BackupUnreadable['why']) => err({ type: 'BackupUnreadable', file, why } as const);
  const [first] = chunksOf(file, 0, headerBytes);
  const text = first?.toString('utf8') ?? '';
  if (!text.startsWith(magic)) return unreadable('format');
  if (text.length < headerBytes) return unreadable('short');
  try {
    const header = Header.safeParse(JSON.parse(text.slice(magic.length)));
    return header.success ? ok(header.data) : unreadable('format');
  } catch {
    return unreadable('format');
  }
}

/** Copies the database out of a backup into a new file, mode 0600, flushed, and compares the checksum. Throws the system's errors. */
export function extractBackup(file: string, to: string): Result<BackupFacts, BackupUnreadable> {
  const header = headerOf(file);
  if (!header.ok) return header;
  const digest = digestOf(header.value);
  let bytes = 0;
  function* read() {
    for (const chunk of chunksOf(file, headerBytes)) {
      digest.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  writeNew(to, read());
  if (bytes < header.value.bytes) return err({ type: 'BackupUnreadable', file, why: 'short' });
  if (digest.digest('hex') !== header.value.sha256) return err({ type: 'BackupUnreadable', file, why: 'checksum' });
  const { bytes: _, sha256: __, ...about } = header.value;
  return ok(about);
}

function* chunksOf(file: string, from: number, size = chunkBytes): Generator<Buffer> {
  const descriptor = openSync(file, 'r');
  try {
    for (let at = from; ; ) {
      const chunk = Buffer.allocUnsafe(size);
      const read = readSync(descriptor, chunk, 0, size, at);
      if (read === 0) return;
      at += read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

function writeNew(file: string, ...parts: Iterable<Buffer>[]): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    for (const part of parts) {
      for (const chunk of part) for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
