import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a program asked of its disk, in order; and what it said meanwhile. Paths are absolute. */
export type DiskStep =
  | { step: 'create'; path: string }
  | { step: 'unlink'; path: string }
  | { step: 'write'; path: string; offset: number; bytes: Buffer }
  | { step: 'truncate'; path: string; size: number }
  | { step: 'sync'; path: string }
  | { step: 'said'; text: string };

const calls = ['openat', 'unlink', 'pwrite64', 'write', 'ftruncate', 'fsync', 'fdatasync'];

/** Runs a program under strace, its main thread alone: SQLite and standard output are used by no other. Throws where strace is missing. */
export function traceDisk(command: readonly string[], traceFile: string): DiskStep[] {
  const options = ['-y', '-xx', '-s', '1000000', '-e', `trace=${calls.join(',')}`, '-o', traceFile];
  const { status, error, stderr } = spawnSync('strace', [...options, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  if (error) throw new Error(`strace cannot run (apt-get install -y strace): ${error.message}`);
  if (status !== 0) throw new Error(`the traced program failed: ${stderr.toString().slice(-2000)}`);
  const text = readFileSync(traceFile, 'latin1');
  return text.split('\n').flatMap((line) => stepOf(line) ?? []);
}

const decode = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const call = /^(\w+)\((.*)\)\s+= (-?\d+)/;
const descriptor = /^(\d+)<([^>]*)>/;
const quoted = /"((?:\\x[0-9a-f]{2})*)"/;

/** One line as strace prints it with `-y -xx`: `pwrite64(24<\x2f…>, "\x00…", 4096, 8192) = 4096`. A call that failed did nothing. */
function stepOf(line: string): DiskStep | null {
  const [, name, args = '', result = '-1'] = call.exec(line) ?? [];
  if (name === undefined || Number(result) < 0) return null;
  const text = decode(quoted.exec(args)?.[1] ?? '');
  if (name === 'openat') return args.includes('O_CREAT') ? { step: 'create', path: text.toString() } : null;
  if (name === 'unlink') return { step: 'unlink', path: text.toString() };
  const [, fd, file = ''] = descriptor.exec(args) ?? [];
  const path = decode(file).toString();
  if (name === 'write') return fd === '1' ? { step: 'said', text: text.toString() } : null;
  if (name === 'fsync' || name === 'fdatasync') return { step: 'sync', path };
  const last = Number(args.slice(args.lastIndexOf(',') + 1));
  if (name === 'ftruncate') return { step: 'truncate', path, size: last };
  // What was written is what the result says, not what was asked.
  return { step: 'write', path, offset: last, bytes: text.subarray(0, Number(result)) };
}
