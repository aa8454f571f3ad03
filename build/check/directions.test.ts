import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { root } from '../files.ts';
import { checkDirections } from './directions.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Stand-ins for packages: the checker resolves links to their real place, which would lie outside the small folder. */
const packages = Object.fromEntries(
  ['zod', 'electron'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ]),
);

/** A repository in small: the real package.json and the given files. */
function small(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'directions-'));
  folders.push(folder);
  copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  for (const [name, text] of Object.entries({ ...packages, ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const violationsOf = async (files: Record<string, string>) => {
  const layers = [...new Set(Object.keys(files).map((name) => name.split('/')[0]!))];
  return (await checkDirections(small(files), layers)).violations;
};

it.each([
  [
    'a type import out of contract',
    'contract/a.ts',
    "import type { B } from '#native/b.ts'; export type A = B;",
    'contract-is-pure',
  ],
  [
    'Node in contract',
    'contract/a.ts',
    "import { readFileSync } from 'node:fs'; export const a = readFileSync;",
    'contract-is-pure',
  ],
  ['native to the service', 'native/a.ts', "export { b } from '#service/b.ts';", 'native-knows-contract-only'],
  [
    'the service to the server',
    'electron/service/a.ts',
    "export * from '#backend/b.ts';",
    'service-knows-contract-and-native',
  ],
  [
    'the shell into the service',
    'electron/shell/a.ts',
    "export { b } from '#service/b.ts';",
    'shell-and-preload-stay-thin',
  ],
  [
    'Electron in the service',
    'electron/service/a.ts',
    "export { app } from 'electron';",
    'only-shell-and-preload-import-electron',
  ],
  [
    'a screen to the service',
    'renderer/till/a.tsx',
    "import { b } from '#service/b.ts'; export const a = <i>{b}</i>;",
    'renderer-knows-contract-only',
  ],
  [
    'the server to a device',
    'backend/a.ts',
    "export const a = import('#native/b.ts');",
    'backend-knows-contract-and-card-drivers',
  ],
  ['code to a test', 'native/a.ts', "export { b } from '#test/b.ts';", 'nothing-imports-test'],
  [
    'a simulator in a driver',
    'native/a.ts',
    "export { b } from './simulators/b.ts';",
    'simulators-for-compose-and-tests',
  ],
])('refuses %s', async (_what, name, text, rule) => {
  const far = Object.fromEntries(
    ['native/b.ts', 'electron/service/b.ts', 'backend/b.ts', 'test/b.ts', 'native/simulators/b.ts'].map((file) => [
      file,
      'export const b = 1; export type B = 1;',
    ]),
  );
  const violations = await violationsOf({ ...far, [name]: text });
  expect(violations).toContainEqual(expect.stringContaining(`${rule}: ${name} -> `));
});

it('refuses a cycle made of type imports', async () => {
  const violations = await violationsOf({
    'contract/a.ts': "import type { B } from './b.ts'; export type A = B | 1;",
    'contract/b.ts': "import type { A } from './a.ts'; export type B = A | 2;",
  });
  expect(violations[0]).toContain('no-cycle');
});

it('lets the allowed directions pass and sees every file', async () => {
  const files = {
    'contract/a.ts': "import { z } from 'zod'; export const A = z.string();",
    'native/a.ts': "export { A } from '#contract/a.ts';",
    'native/simulators/s.ts': "export { A } from '#native/a.ts';",
    'electron/service/compose.ts':
      "export { A as S } from '#native/simulators/s.ts'; export { A } from '#native/a.ts';",
    'electron/service/index.ts': 'export interface Service { close(): void }',
    'electron/shell/main.ts': "import type { Service } from '#service/index.ts'; export type S = Service;",
    'renderer/till/a.tsx': "import { A } from '#contract/a.ts'; export const a = <i>{A.parse('')}</i>;",
    'native/cards/driver.ts': "export { A } from '#contract/a.ts';",
    'backend/a.ts': "export { A } from '#contract/a.ts'; export { A as D } from '#native/cards/driver.ts';",
    'test/a.ts': "export { A } from '#native/simulators/s.ts';",
  };
  const layers = ['contract', 'native', 'electron', 'renderer', 'backend', 'test'];
  const report = await checkDirections(small(files), layers);
  expect(report.violations).toEqual([]);
  expect(report.files.sort()).toEqual(Object.keys(files).sort());
});
