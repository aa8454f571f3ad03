import { nativePackages } from './native-packages.ts';
import type { NodeBundle } from './node-bundle.ts';

/** Every program that is shipped bundled, by the name of its folder in `dist`. */
export const bundles = {
  shell: { entry: 'electron/shell/main.ts', output: 'shell/main.js', external: ['electron'] },
  preload: { entry: 'electron/preload/till.ts', output: 'preload/till.cjs', external: ['electron'] },
  service: { entry: 'electron/service/main.ts', output: 'service/main.js', external: nativePackages.service },
  central: { entry: 'backend/main.ts', output: 'central/main.js', external: nativePackages.central },
} as const satisfies Record<string, NodeBundle>;
