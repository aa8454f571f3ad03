import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.ts';

/**
 * Electron's program, where it has been unpacked; looked up without starting its download. Null: it is not here.
 * @param overrideFolder the value of `ELECTRON_OVERRIDE_DIST_PATH`
 */
export function electronProgram(overrideFolder: string | undefined): string | null {
  const electron = join(root, 'node_modules', 'electron');
  const pathFile = join(electron, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const program = join(overrideFolder ?? join(electron, 'dist'), name);
  return existsSync(program) ? program : null;
}
