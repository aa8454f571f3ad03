import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';

/** File systems without a second name for a file (FAT on a stick) say so with one of these (errno(3)). */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

const codeOf = (thrown: unknown): string => String((thrown as { code?: unknown } | null)?.code ?? '');

/** Gives a finished file its name, in one step. @returns false where something has that name already: it stays */
export function publishFile(finished: string, name: string): boolean {
  try {
    linkSync(finished, name);
    rmSync(finished);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    if (!noLinks.has(codeOf(thrown))) throw thrown;
  }
  if (existsSync(name)) return false;
  renameSync(finished, name);
  return true;
}

/** Gives a file a second name, or a copy where the file system has no second names: it outlives its first name. */
export function keepAside(file: string, aside: string): void {
  try {
    linkSync(file, aside);
  } catch (thrown) {
    if (!noLinks.has(codeOf(thrown))) throw thrown;
    copyFileSync(file, aside, constants.COPYFILE_EXCL);
    const descriptor = openSync(aside, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}

/** Makes names in a folder durable. Windows opens no folder and needs none of it. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
