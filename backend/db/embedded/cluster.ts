import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Random } from '#backend/random.ts';
import type { Clock } from '#contract/time/index.ts';
import type { Binaries } from './binaries.ts';
import { canReach, type ServiceUser } from './user.ts';

/** The folders of one database: PostgreSQL's own, and the one of its socket. Both belong to the service user, mode 0700. */
export type Cluster = { data: string; run: string };

export const ownerRole = 'comptoir_owner';

/**
 * Where the database of this installation lies: in its data folder, or, where the service user cannot reach that, at a stable
 * place derived from the folder's path.
 */
export async function clusterFolder(folder: string, user: ServiceUser, sharedFolder: string): Promise<string> {
  const inside = join(resolve(folder), 'postgres');
  if (await canReach(user, inside)) return inside;
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12);
  return join(sharedFolder, `data-${name}`);
}

export type ClusterMaker = {
  binaries: Binaries;
  user: ServiceUser;
  password: string;
  random: Random;
  clock: Clock;
};

/** Makes the cluster when there is none yet. Built aside and moved into place whole, so that a cut start leaves nothing half made. */
export async function prepareCluster(
  place: string,
  { binaries, user, password, random, clock }: ClusterMaker,
): Promise<Cluster> {
  const cluster = { data: join(place, 'data'), run: join(place, 'run') };
  await ownFolder(place, user);
  await ownFolder(cluster.run, user);
  const made = await access(join(cluster.data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (made) return cluster;
  await removeLeftovers(place, clock);
  const fresh = join(place, `new-${random(6).toString('hex')}`);
  const passwordFile = join(cluster.run, `password-${random(6).toString('hex')}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  try {
    const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'];
    await promisify(execFile)(
      join(binaries.bin, 'initdb'),
      ['-D', fresh, '-U', ownerRole, `--pwfile=${passwordFile}`, ...options],
      { ...(user ?? {}), cwd: '/', env: { LC_ALL: 'C', PATH: binaries.bin }, timeout: 60_000 },
    );
    await rename(fresh, cluster.data).catch((cause: NodeJS.ErrnoException) => {
      // Another server made it in the meantime: the guard (embedded.ts) says which of the two may go on.
      if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause;
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(fresh, { recursive: true, force: true });
  }
  return cluster;
}

async function ownFolder(path: string, user: ServiceUser): Promise<void> {
  // Its parents stay passable: the mode of a recursive mkdir would close them to the service user.
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (user) await chown(path, user.uid, user.gid);
  await chmod(path, 0o700);
}

/** What a start that was cut short left behind. Younger ones may belong to a start in progress. */
async function removeLeftovers(place: string, clock: Clock): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith('new-')) continue;
    const { mtimeMs } = await stat(join(place, name));
    if (clock.wallMs() - mtimeMs > 600_000) await rm(join(place, name), { recursive: true, force: true });
  }
}
