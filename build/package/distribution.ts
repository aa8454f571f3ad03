import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { electronProgram } from '#electron/cli/launch/electron-program.ts';
import manifest from '../../package.json' with { type: 'json' };
import { freshFuseWire } from './fuses.ts';

export interface Distribution {
  folder: string;
  version: string;
  /** True where Electron's own binary is not on this machine: the layout is right, and nothing in it runs. */
  isStandIn: boolean;
}

/** Electron's distribution to package: the one on this machine, else a stand-in made in `folder`. */
export function electronDistribution(folder: string): Distribution {
  const version = manifest.devDependencies.electron;
  const binary = electronProgram(process.env.ELECTRON_OVERRIDE_DIST_PATH);
  if (binary !== null) return { folder: path.dirname(binary), version, isStandIn: false };
  makeStandIn(folder, version);
  return { folder, version, isStandIn: true };
}

/** The files electron-builder renames or edits; the program is a script that says what it is, with a fuse wire in it. */
function makeStandIn(folder: string, version: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  const program = '#!/bin/sh\necho "a stand-in for Electron: nothing runs here" >&2\nexit 70\n# ';
  writeFileSync(
    path.join(folder, 'electron'),
    Buffer.concat([Buffer.from(program), freshFuseWire(), Buffer.from('\n')]),
  );
  chmodSync(path.join(folder, 'electron'), 0o755);
  writeFileSync(path.join(folder, 'version'), version);
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'resources.pak',
    'locales/en-US.pak',
    'locales/fr.pak',
  ]) {
    writeFileSync(path.join(folder, name), '');
  }
}
