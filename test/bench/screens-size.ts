import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '#build/files.ts';
import { buildScreens } from '#build/renderer/build.ts';
import { type Bench, row } from './row.ts';

const folder = path.join(root, 'dist/renderer/till');

/** The script that the till's page loads before it can be used: its own module and all it imports or preloads at once. */
export const screensSize: Bench = {
  ids: ['screens-first-load'],
  async rows() {
    await buildScreens();
    const scripts = firstLoadScripts();
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
    const goal = { valueAtMost: 250 };
    const note = `gzip of the ${scripts.length} script files that the till's first page loads`;
    return [row({ id: 'screens-first-load', value: bytes / 1000, unit: 'kB', goal, note })];
  },
};

function firstLoadScripts(): string[] {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1]!);
  if (named.length === 0) throw new Error('the page names no script');
  const files = new Set<string>();
  for (const name of named) addWithStaticImports(path.resolve(folder, name.replace(/^.*\/(?=assets\/)/, '')), files);
  return [...files];
}

function addWithStaticImports(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const statics = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g);
  for (const [, name] of statics) addWithStaticImports(path.resolve(path.dirname(file), name!), files);
}
