import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, two above the command's. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export const programs = {
  service: join(root, 'electron', 'service', 'main.ts'),
  central: join(root, 'backend', 'main.ts'),
  /** Bundles the desktop app for Electron. */
  bundle: join(root, 'build', 'bundle.ts'),
  /** Builds the screens where they are missing or older than their sources. Not there on an installed till. */
  buildScreens: join(root, 'build', 'renderer', 'build.ts'),
};

export const screensDir = join(root, 'dist', 'renderer');

export const screensAreBuilt = (): boolean => existsSync(join(screensDir, 'till', 'index.html'));
