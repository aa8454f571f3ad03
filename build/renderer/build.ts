import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { root } from '../files.ts';
import { type Screen, screenConfig, screens } from './vite.config.ts';

/** What a page is made of. A change in any of these makes what was built stale. */
const sources = ['renderer', 'contract', 'resources/locales', 'resources/icons', 'build/renderer', 'package-lock.json'];
const stampName = '.sources';

function filesUnder(place: string): string[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** One hash over all sources: names and contents, so that a checkout's dates do not matter. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(path.join(root, source)))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

const stampOf = (folder: string): string | null => {
  const file = path.join(folder, stampName);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

/** Vite takes the mode of React's own code from the environment, which a test runner has set to `test`. */
async function inProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Builds beside and swaps, so that a service never serves half a page. */
async function buildScreen(screen: Screen, folder: string, hash: string): Promise<void> {
  const beside = `${folder}.building-${process.pid}`;
  await inProduction(() => build(screenConfig(screen, beside)));
  writeFileSync(path.join(beside, stampName), hash);
  const old = `${folder}.old-${process.pid}`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(beside, folder);
  rmSync(old, { recursive: true, force: true });
}

/**
 * Builds the pages that are missing or older than their sources, each into its folder of `dist/renderer`.
 * @returns which were built and which were fresh, and the folder that holds them
 * @throws when a source does not build
 */
export async function buildScreens(
  onStep: (step: { screen: Screen; state: 'building' | 'built' | 'fresh' }) => void = () => {},
): Promise<{ folder: string; built: Screen[]; fresh: Screen[] }> {
  const folder = path.join(root, 'dist/renderer');
  mkdirSync(folder, { recursive: true });
  const hash = sourcesHash();
  const built: Screen[] = [];
  const fresh: Screen[] = [];
  for (const screen of screens) {
    const target = path.join(folder, screen);
    if (stampOf(target) === hash) {
      onStep({ screen, state: 'fresh' });
      fresh.push(screen);
      continue;
    }
    onStep({ screen, state: 'building' });
    await buildScreen(screen, target, hash);
    onStep({ screen, state: 'built' });
    built.push(screen);
  }
  return { folder, built, fresh };
}

if (import.meta.main) await buildScreens(({ screen, state }) => console.error(`screens: ${screen} ${state}`));
