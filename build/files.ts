import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The repository's top folder. */
export const root = path.resolve(import.meta.dirname, '..');

/**
 * The repository's own files, as paths relative to its top with '/' between: those Git tracks, and new ones it does not ignore.
 * Files deleted but not yet committed are still named.
 */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\0').filter((name) => name !== '');
}
