import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesInAsar, type PackedFile } from './asar.ts';
import { fuseWireOf } from './fuses.ts';
import { isForeign, type Target } from './target.ts';

/** Run-as-node off, cookies enciphered, NODE_OPTIONS off, inspect off, asar checked, asar only, own snapshot off, file protocol plain. */
const expectedFuses = '01001100';
const wanted = [
  'package.json',
  'shell/main.js',
  'preload/till.cjs',
  'service/main.js',
  'renderer/till/index.html',
  'icons/tray.png',
];
const notForTills = /\.(map|pem|p12|key|sqlite|db|log|env)$|(^|\/)\.env|\.test\.|(^|\/)(test|build|backend)\//;
const secretTexts = ['PRIVATE KEY-----', 'sourceMappingURL=data:'];

/**
 * What is wrong with an unpacked desktop layout: something missing, machine code packed where the system cannot open
 * it or made for another machine, source maps, secrets, wrong fuses.
 *
 * @param folder the layout, absolute
 * @returns one line per fault
 */
export function layoutFaults(folder: string, target: Target): string[] {
  const archive = path.join(folder, 'resources/app.asar');
  if (!existsSync(archive)) return ['resources/app.asar is missing'];
  const files = filesInAsar(readFileSync(archive));
  const missing = wanted.filter((name) => !files.some((file) => file.name === name));
  const wire = fuseWireOf(readFileSync(path.join(folder, 'comptoir')));
  return [
    ...missing.map((name) => `${name} is missing`),
    ...machineCodeFaults(files, `${archive}.unpacked`, target),
    ...files.filter(({ name }) => notForTills.test(name)).map(({ name }) => `${name} does not belong on a till`),
    ...files.flatMap(({ name, bytes }) =>
      secretTexts.filter((text) => bytes.includes(text)).map((text) => `${name} holds "${text}"`),
    ),
    ...(wire === expectedFuses ? [] : [`the fuses are ${wire}, not ${expectedFuses}`]),
  ];
}

function machineCodeFaults(files: readonly PackedFile[], unpackedFolder: string, target: Target): string[] {
  const natives = files.filter(({ name }) => name.endsWith('.node'));
  const faults = natives.flatMap(({ name, unpacked }) => [
    ...(unpacked && existsSync(path.join(unpackedFolder, name))
      ? []
      : [`${name} is packed, and cannot be opened there`]),
    ...(isForeign(name, target) ? [`${name} is for another machine`] : []),
  ]);
  return natives.length === 0 ? ['there is no machine code at all'] : faults;
}
