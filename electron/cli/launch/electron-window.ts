import { spawnSync } from 'node:child_process';
import { type Child, startProgram } from './child.ts';
import { programs, root } from './places.ts';

/**
 * Opens the desktop app, which starts the resident service itself, with the command line after `--`.
 * The service's ready line comes through Electron's standard output.
 */
export function openElectron(program: string, serviceArgs: string[], onProgress: (line: string) => void): Child {
  const bundled = spawnSync(process.execPath, [programs.bundle, 'shell', 'preload', 'service'], { stdio: 'ignore' });
  if (bundled.status !== 0) throw new Error('the desktop app could not be bundled');
  return startProgram(program, [root, '--', ...serviceArgs], onProgress);
}
