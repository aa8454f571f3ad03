import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { nativePackages } from '../bundle/native-packages.ts';
import { root } from '../files.ts';
import { stagePackages } from './stage-packages.ts';
import type { Target } from './target.ts';

/** What of `dist` a till is given: the screens' office and portal are the server's. */
const shipped = ['shell', 'preload', 'service', 'icons', 'renderer/till'];

/**
 * Lays out the app as it is packed: the bundles, and beside them the packages that no bundle can hold.
 *
 * @throws when something has not been built
 */
export function stageApp(folder: string, target: Target): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of shipped) {
    const source = path.join(root, 'dist', part);
    if (!existsSync(source)) throw new Error(`dist/${part} has not been built`);
    cpSync(source, path.join(folder, part), { recursive: true, filter: (file) => !file.endsWith('.map') });
  }
  const { name, version, description } = manifest;
  const dependencies = stagePackages(nativePackages.service, folder, target);
  const author = 'Comptoir';
  const own = { name, version, description, author, type: 'module', main: 'shell/main.js', dependencies };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
}
