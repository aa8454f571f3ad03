#!/usr/bin/env node
// The command's first step, in plain JavaScript: an older Node hands over to the one the project brings along.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = 24;
const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');
const installed = join(here, '..', '..', 'node_modules');
// What Node made of the sources the last time, for this program and those it starts: more than half of a command's time.
process.env.NODE_COMPILE_CACHE ??= join(installed, '.cache', 'comptoir');
const major = Number(process.versions.node.split('.')[0]);

if (major >= needed) {
  module.enableCompileCache();
  await import(main);
} else {
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  const node = join(installed, '.bin', `node${suffix}`);
  if (!existsSync(node)) {
    process.stderr.write(`Comptoir needs Node ${needed}; this is ${process.versions.node}. Run npm ci first.\n`);
    process.exit(2);
  }
  const ran = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit', shell: suffix !== '' });
  process.exit(ran.status ?? 1);
}
