import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { electronProgram } from './electron/cli/launch/electron-program.ts';

// The programs that tests start, several hundred of them, are compiled once; as `electron/cli/comptoir.js` does.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules', '.cache', 'comptoir');

const isCi = process.env.CI === 'true';

/** Folders whose tests are pure and lie beside the code they test. */
const codeFolders = ['contract', 'native', 'electron', 'renderer', 'backend', 'resources', 'build', 'test/bench'];

/** Real parts take their time to start, and all of the processor then. */
const onRealParts = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    allowOnly: !isCi,
    projects: [
      {
        test: {
          name: 'unit',
          include: codeFolders.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,faults,electron,harness}/**/*.test.ts'],
          // Not a skipped test where the binary is missing: no test at all, and `npm test` says so.
          exclude:
            electronProgram(process.env.ELECTRON_OVERRIDE_DIST_PATH) === null ? ['test/electron/real.test.ts'] : [],
          // Each file has its own ports, folders, databases and pcscd; of the time, half is waiting for them.
          ...onRealParts,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // A browser and a whole network on this processor: one after another.
          ...onRealParts,
          fileParallelism: false,
        },
      },
    ],
  },
});
