import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './files.ts';

/**
 * Where Electron's program lies on this machine, looked up without starting its download: the folder of
 * `ELECTRON_OVERRIDE_DIST_PATH`, else what the package `electron` has unpacked.
 *
 * @returns its path, or undefined when it is not here
 */
export function electronBinary(environment: NodeJS.ProcessEnv): string | undefined {
  const packageFolder = path.join(root, 'node_modules/electron');
  const pathFile = path.join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const folder = environment.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(packageFolder, 'dist');
  const program = path.join(folder, name);
  return existsSync(program) ? program : undefined;
}
