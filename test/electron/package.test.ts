import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '#build/files.ts';
import { filesInAsar } from '#build/package/asar.ts';
import { layoutFaults } from '#build/package/layout.ts';

const layout = path.join(root, 'dist/package/linux-unpacked');
const folders: string[] = [];

beforeAll(() => {
  execFileSync('npm', ['run', 'package'], { cwd: root, stdio: 'pipe' });
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

it('packs the app for this machine alone, without maps or secrets, its fuses burnt', () => {
  expect(layoutFaults(layout, { platform: 'linux', arch: 'x64' })).toEqual([]);
});

it('[T15] packs a service that runs from what is in the package and nothing else', async () => {
  const folder = unpackedApp();
  const data = path.join(folder, 'data');
  const service = spawn(process.execPath, [path.join(folder, 'service/main.js'), '--data', data], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: service.stdout }), 'line')) as [string];
  service.kill('SIGTERM');
  const [code] = (await once(service, 'exit')) as [number | null];
  expect(JSON.parse(line)).toMatchObject({ ready: true });
  expect(code).toBe(0);
});

/** The archive's contents as files, away from the repository's own packages. */
function unpackedApp(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  folders.push(folder);
  const archive = path.join(layout, 'resources/app.asar');
  for (const { name, unpacked, bytes } of filesInAsar(readFileSync(archive))) {
    if (unpacked) continue;
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  cpSync(`${archive}.unpacked`, folder, { recursive: true });
  return folder;
}
