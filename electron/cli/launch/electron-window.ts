import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startProgram } from './child.ts';
import { programs, root } from './places.ts';

/** Electron's program, where it has been unpacked; looked up without starting its download. */
export function electronProgram(overrideFolder: string | undefined): string | null {
  const electron = join(root, 'node_modules', 'electron');
  const pathFile = join(electron, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const program = join(overrideFolder ?? join(electron, 'dist'), name);
  return existsSync(program) ? program : null;
}

/**
 * Opens the desktop app, which starts the resident service itself, with the command line after `--`.
 * The service's ready line comes through Electron's standard output.
 */
export function openElectron(program: string, serviceArgs: string[], onProgress: (line: string) => void): Child {
  const bundled = spawnSync(process.execPath, [programs.bundle, 'shell', 'preload', 'service'], { stdio: 'ignore' });
  if (bundled.status !== 0) throw new Error('the desktop app could not be bundled');
  return startProgram(program, [root, '--', ...serviceArgs], onProgress);
}
