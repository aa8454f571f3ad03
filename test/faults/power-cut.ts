import { dirname } from 'node:path';
import type { DiskStep } from './disk-trace.ts';

type Change = Extract<DiskStep, { step: 'write' | 'truncate' }>;
type File = { durable: Content; waiting: Change[] };
type Content = { bytes: Buffer; size: number };
type Naming = { path: string; file: File | null };

const sectorBytes = 512;

/**
 * A disk as POSIX promises it and no better: until a file is synced, each write to it may be there, be lost, or be torn
 * between sectors, in any combination; until the folder is synced, the last creations and removals may not have happened.
 */
export class CutDisk {
  readonly #files = new Map<string, File>();
  readonly #durableNames = new Map<string, File>();
  #namings: Naming[] = [];

  take(step: DiskStep): void {
    if (step.step === 'create' && !this.#files.has(step.path))
      this.#name(step.path, { durable: { bytes: Buffer.alloc(0), size: 0 }, waiting: [] });
    if (step.step === 'unlink' && this.#files.has(step.path)) this.#name(step.path, null);
    if (step.step === 'write' || step.step === 'truncate') this.#files.get(step.path)?.waiting.push(step);
    if (step.step === 'sync') this.#sync(step.path);
  }

  #name(path: string, file: File | null): void {
    if (file) this.#files.set(path, file);
    else this.#files.delete(path);
    this.#namings.push({ path, file });
  }

  #sync(path: string): void {
    const file = this.#files.get(path);
    if (file) {
      for (const change of file.waiting) apply(file.durable, change);
      file.waiting = [];
      return;
    }
    const inFolder = (naming: Naming) => dirname(naming.path) === path;
    for (const naming of this.#namings.filter(inFolder)) rename(this.#durableNames, naming);
    this.#namings = this.#namings.filter((naming) => !inFolder(naming));
  }

  /** What is found after a power cut now. `random` gives integers below its argument. */
  cut(random: (below: number) => number): Map<string, Buffer> {
    const names = new Map(this.#durableNames);
    for (const naming of this.#namings.slice(0, random(this.#namings.length + 1))) rename(names, naming);
    return new Map([...names].map(([path, file]) => [path, torn(file, random)]));
  }
}

const rename = (names: Map<string, File>, { path, file }: Naming): void => {
  if (file) names.set(path, file);
  else names.delete(path);
};

/** In place: a recording has thousands of writes to files of megabytes. Beyond `size` the bytes are zero. */
function apply(content: Content, change: Change): void {
  const size = change.step === 'truncate' ? change.size : Math.max(content.size, change.offset + change.bytes.length);
  if (size > content.bytes.length) content.bytes = Buffer.concat([content.bytes, Buffer.alloc(size)]);
  if (size < content.size) content.bytes.fill(0, size, content.size);
  if (change.step === 'write') change.bytes.copy(content.bytes, change.offset);
  content.size = size;
}

function torn({ durable, waiting }: File, random: (below: number) => number): Buffer {
  const content: Content = { bytes: Buffer.from(durable.bytes), size: durable.size };
  // Often all or nothing, since a disk under no load loses a whole stretch; else each write has a fate of its own.
  const common = random(4);
  for (const change of waiting) {
    const fate = common < 2 ? common : random(3);
    if (fate === 1) apply(content, change);
    if (fate === 2) for (const sector of sectorsOf(change)) if (random(2) === 1) apply(content, sector);
  }
  return content.bytes.subarray(0, content.size);
}

function sectorsOf(change: Change): Change[] {
  if (change.step === 'truncate') return [change];
  const { offset, bytes } = change;
  const first = Math.floor(offset / sectorBytes);
  const count = Math.ceil((offset + bytes.length) / sectorBytes) - first;
  return Array.from({ length: count }, (_, index) => {
    const start = Math.max((first + index) * sectorBytes, offset);
    const end = Math.min((first + index + 1) * sectorBytes, offset + bytes.length);
    return { ...change, offset: start, bytes: bytes.subarray(start - offset, end - offset) };
  });
}
