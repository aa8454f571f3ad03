import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../files.ts';
import { isForeign, type Target } from './target.ts';

const Manifest = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** Needed to compile a native package, which nobody does on a till. */
const buildOnly = new Set(['node-addon-api']);
const notShipped =
  /(^|\/)(deps|vendor|doc|docs|test|node_modules)(\/|$)|\.(md|map|gyp|ts|cts|mts|c|cc|cpp|h)$|(^|\/)cnoke\.cjs$/;

/**
 * Copies packages and what they need at run time into a folder's `node_modules`, without sources, maps, or machine
 * code for other machines.
 *
 * @returns the version of each package asked for, as a manifest's `dependencies`
 */
export function stagePackages(names: readonly string[], folder: string, target: Target): Record<string, string> {
  const staged = new Map<string, string>();
  const stage = (name: string, from: string, isOptional: boolean) => {
    if (buildOnly.has(name) || isForeign(name, target)) return;
    const source = findPackage(name, from);
    if (source === undefined) {
      if (isOptional) return;
      throw new Error(`${name}, needed by ${from}, is not installed`);
    }
    const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')));
    const before = staged.get(name);
    if (before === manifest.version) return;
    if (before !== undefined) throw new Error(`${name} is needed in two versions: ${before} and ${manifest.version}`);
    staged.set(name, manifest.version);
    cpSync(source, path.join(folder, 'node_modules', name), {
      recursive: true,
      filter: (file) => isShipped(path.relative(source, file), target),
    });
    for (const needed of Object.keys(manifest.dependencies)) stage(needed, source, false);
    for (const needed of Object.keys(manifest.optionalDependencies)) stage(needed, source, true);
  };
  for (const name of names) stage(name, root, false);
  return Object.fromEntries(names.map((name) => [name, staged.get(name)!]));
}

function isShipped(inside: string, target: Target): boolean {
  if (notShipped.test(inside)) return false;
  const holdsMachineCode = inside.endsWith('.node') || inside.startsWith('prebuilds');
  return !(holdsMachineCode && isForeign(inside, target));
}

/** As Node looks: in the `node_modules` of each folder upwards. */
function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(found)) return found;
  }
  return undefined;
}
