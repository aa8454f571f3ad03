import { cpSync } from 'node:fs';
import path from 'node:path';
import { bundles } from './bundle/bundles.ts';
import { bundleForNode } from './bundle/node-bundle.ts';
import { root } from './files.ts';
import { buildScreens } from './renderer/build.ts';

type Name = keyof typeof bundles;
const isName = (name: string): name is Name => name in bundles;
const screens = 'screens';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !isName(name) && name !== screens);
if (unknown.length > 0) {
  console.error(`no such bundle: ${unknown.join(', ')}. There are: ${[...Object.keys(bundles), screens].join(', ')}`);
  process.exit(2);
}
const names = asked.length === 0 ? (Object.keys(bundles) as Name[]) : asked.filter(isName);
for (const name of names) {
  await bundleForNode(bundles[name]);
  console.log(`dist/${bundles[name].output}`);
}
// The shell looks for the tray's icon beside its own folder.
if (names.includes('shell'))
  cpSync(path.join(root, 'resources/icons'), path.join(root, 'dist/icons'), { recursive: true });
if (asked.length === 0 || asked.includes(screens)) {
  await buildScreens();
  console.log('dist/renderer');
}
