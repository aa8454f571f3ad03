import path from 'node:path';
import * as electron from 'electron';
import { startShell } from './start.ts';

// No top-level await: Electron holds its `ready` back until this module has been evaluated.
void startShell(electron, {
  bundles: path.resolve(import.meta.dirname, '..'),
  argv: process.argv,
  platform: process.platform,
  monotonicMs: () => performance.now(),
  schedule: (delayMs, run) => setTimeout(run, delayMs),
});
