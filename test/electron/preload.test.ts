import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundles } from '#build/bundle/bundles.ts';
import { bundleForNode } from '#build/bundle/node-bundle.ts';
import { Emitter } from './stand-in-parts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'preload-'));
beforeAll(() => bundleForNode(bundles.preload, folder));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the bundle as Electron's sandbox does: a script with a `require` that knows `electron` alone. */
function runPreload() {
  const ipc = new Emitter();
  const window = new Emitter();
  const asked: string[] = [];
  const posted: unknown[][] = [];
  const context = createContext({
    require: (name: string) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload has no ${name}`);
      return { ipcRenderer: Object.assign(ipc, { send: (channel: string) => void asked.push(channel) }) };
    },
    exports: {},
    module: { exports: {} },
    location: { origin: 'app://comptoir' },
    window: Object.assign(window, {
      addEventListener: (event: string, listener: () => void) => void window.on(event, listener),
      postMessage: (...args: unknown[]) => void posted.push(args),
    }),
  });
  runInContext(readFileSync(path.join(folder, bundles.preload.output), 'utf8'), context);
  return { ipc, window, asked, posted };
}

it('asks for a door when the page is there, and passes each port on to the page alone', () => {
  const { ipc, window, asked, posted } = runPreload();
  expect(asked).toEqual([]);
  window.emit('DOMContentLoaded');
  expect(asked).toEqual(['comptoir:door']);
  ipc.emit('comptoir:door', { ports: ['first'] });
  ipc.emit('comptoir:door', { ports: ['second'] });
  expect(posted).toEqual([
    ['comptoir:door', 'app://comptoir', ['first']],
    ['comptoir:door', 'app://comptoir', ['second']],
  ]);
});
