import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { freshFuseWire } from './fuses.ts';
import { layoutFaults } from './layout.ts';

const target = { platform: 'linux', arch: 'x64' } as const;
const good = {
  'package.json': '{}',
  'shell/main.js': '',
  'preload/till.cjs': '',
  'service/main.js': '',
  'renderer/till/index.html': '',
  'icons/tray.png': '',
  'node_modules/a/prebuilds/linux-x64.node': 'unpacked',
};
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Tree = { files: Record<string, Tree> } | { size: number; offset?: string; unpacked?: true };

/** An archive with these files; the text `unpacked` marks one that lies beside it. */
function archiveOf(files: Record<string, string>): Buffer {
  const tree: { files: Record<string, Tree> } = { files: {} };
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const steps = name.split('/');
    let folder = tree;
    for (const step of steps.slice(0, -1)) {
      folder.files[step] ??= { files: {} };
      folder = folder.files[step] as { files: Record<string, Tree> };
    }
    const size = Buffer.byteLength(text);
    folder.files[steps.at(-1)!] = text === 'unpacked' ? { size, unpacked: true } : { size, offset: String(offset) };
    if (text !== 'unpacked') {
      bodies.push(Buffer.from(text));
      offset += size;
    }
  }
  const json = Buffer.from(JSON.stringify(tree));
  const padded = Math.ceil(json.length / 4) * 4;
  const header = Buffer.alloc(16 + padded);
  for (const [at, value] of [4, padded + 8, padded + 4, json.length].entries()) header.writeUInt32LE(value, at * 4);
  json.copy(header, 16);
  return Buffer.concat([header, ...bodies]);
}

function layout(files: Record<string, string>, wire = '01001100'): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'layout-'));
  folders.push(folder);
  mkdirSync(path.join(folder, 'resources/app.asar.unpacked/node_modules/a/prebuilds'), { recursive: true });
  writeFileSync(path.join(folder, 'resources/app.asar'), archiveOf(files));
  for (const name of ['linux-x64.node', 'darwin-x64.node']) {
    writeFileSync(path.join(folder, 'resources/app.asar.unpacked/node_modules/a/prebuilds', name), '');
  }
  const program = freshFuseWire();
  program.write(wire, program.length - wire.length);
  writeFileSync(path.join(folder, 'comptoir'), program);
  return folder;
}

it('finds nothing wrong with a right layout', () => {
  expect(layoutFaults(layout(good), target)).toEqual([]);
});

it.each([
  [
    'machine code inside the archive',
    { 'node_modules/a/prebuilds/linux-x64.node': 'packed' },
    'cannot be opened there',
  ],
  ['another machine’s code', { 'node_modules/a/prebuilds/darwin-x64.node': 'unpacked' }, 'for another machine'],
  ['a source map', { 'service/main.js.map': '{}' }, 'does not belong'],
  ['an inlined source map', { 'service/main.js': '//# sourceMappingURL=data:x' }, 'holds "sourceMappingURL=data:"'],
  ['a private key', { 'service/a.js': '-----BEGIN EC PRIVATE KEY-----' }, 'holds "PRIVATE KEY-----"'],
  ['a key file', { 'keys/terminal.pem': '' }, 'does not belong'],
  ['a test', { 'shell/start.test.js': '' }, 'does not belong'],
])('finds %s', (_what, more, fault) => {
  const faults = layoutFaults(layout({ ...good, ...more }), target);
  expect(faults).toEqual([expect.stringContaining(fault)]);
});

it('finds a part that is missing', () => {
  const { 'service/main.js': _gone, ...rest } = good;
  expect(layoutFaults(layout(rest), target)).toEqual(['service/main.js is missing']);
});

it('finds a program that can be run as plain Node', () => {
  expect(layoutFaults(layout(good, '11001100'), target)).toEqual([expect.stringContaining('fuses are 11001100')]);
});
