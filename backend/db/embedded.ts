import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Random } from '#backend/random.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type Clock, sleep } from '#contract/time/index.ts';
import type { Connection } from './connection.ts';
import { type Binaries, npmBinaries } from './embedded/binaries.ts';
import { type Cluster, clusterFolder, ownerRole, prepareCluster } from './embedded/cluster.ts';
import { type Guard, takeGuard } from './embedded/guard.ts';
import { isAlive, runningPostmaster } from './embedded/postmaster.ts';
import { keptSecret } from './embedded/secret.ts';
import { type ServiceUser, serviceUser } from './embedded/user.ts';

export type EmbeddedError =
  | { type: 'DataFolderInUse'; folder: string }
  | { type: 'DatabaseDidNotStart'; folder: string; log: string; why: string }
  | { type: 'DatabaseNotDurable'; setting: string; value: string };

/** A PostgreSQL of our own, up and durable. */
export type EmbeddedDatabase = {
  owner: Connection;
  /** True when it was found running: left by a server that was killed. */
  adopted: boolean;
  pid: number;
  /** Settles when the database goes away by itself; pends while it is well. */
  lost: Promise<void>;
  /** Checkpoints and ends it. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** The installation's data folder. */
  folder: string;
  /** Holds what the service user cannot reach elsewhere: programs and databases of root's installations. */
  sharedFolder: string;
  clock: Clock;
  random: Random;
  ownUid: number | undefined;
  log: (line: string) => void;
  /** Another PostgreSQL than npm's, for instance Debian's /usr/lib/postgresql/15/bin. */
  binaries?: Binaries;
};

const startLimitMs = 30_000;
const takenForMs = 1_000;
const pollMs = 10;
const windowsPort = 35_432;

/**
 * Starts the database of an installation, or adopts the one that a killed server left running. It listens on a Unix socket in a
 * folder of mode 0700 (Windows: on loopback), asks for a password (SCRAM) and syncs each commit to the disk, which is read back.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Result<EmbeddedDatabase, EmbeddedError>> {
  const { folder, sharedFolder, clock, random, log } = options;
  const user = await serviceUser(options.ownUid);
  const binaries = options.binaries ?? (await npmBinaries(user, sharedFolder, random, log));
  const password = await keptSecret(join(folder, 'database.secret'), random);
  const place = await clusterFolder(folder, user, sharedFolder);
  if (!place.startsWith(folder)) log(`the database lies in ${place}: the account that runs it cannot reach ${folder}`);
  const cluster = await prepareCluster(place, { binaries, user, password, random, clock });
  const logFile = join(folder, 'postgres.log');

  const found = await runningPostmaster(cluster.data);
  const child = found ? null : launch(binaries, cluster, user, logFile);
  const owner = ownerConnection(cluster, password);
  const failure = (why: string) => err({ type: 'DatabaseDidNotStart', folder, log: logFile, why } as const);

  let takenSinceMs: number | null = null;
  for (
    const deadline = clock.monotonicMs() + startLimitMs;
    clock.monotonicMs() < deadline;
    await sleep(clock, pollMs)
  ) {
    const guard = await takeGuard(owner, cluster.data);
    if (guard.ok) return settle(guard.value, { ...options, cluster, binaries, owner, child, user });
    if (guard.error.type === 'Taken') {
      // A killed server's session may take a moment to go. A living one's stays, and so does its postmaster.
      takenSinceMs ??= clock.monotonicMs();
      if (clock.monotonicMs() - takenSinceMs > takenForMs) return err({ type: 'DataFolderInUse', folder });
      continue;
    }
    if (guard.error.type !== 'NotUpYet') return failure(guard.error.type);
    if (child && child.exitCode !== null && !(await runningPostmaster(cluster.data))) {
      return failure(`postgres ended with ${child.exitCode}`);
    }
    if (found && !isAlive(found.pid)) return startEmbedded(options);
  }
  return failure('it did not answer in time');
}

type Started = EmbeddedOptions & {
  cluster: Cluster;
  binaries: Binaries;
  owner: Connection;
  child: ChildProcess | null;
  user: ServiceUser;
};

async function settle(guard: Guard, started: Started): Promise<Result<EmbeddedDatabase, EmbeddedError>> {
  const { cluster, owner, child } = started;
  const running = await runningPostmaster(cluster.data);
  if (!running) return err({ type: 'DatabaseDidNotStart', folder: started.folder, log: '', why: 'it ended again' });
  const stop = async () => {
    await guard.release();
    await endPostmaster(running.pid, started);
  };
  const weak = await guard.weakSetting();
  if (weak) {
    await stop();
    return err({ type: 'DatabaseNotDurable', ...weak });
  }
  await guard.ensureDatabase(databaseName);
  const adopted = running.pid !== child?.pid;
  if (adopted) started.log(`the database was found running (process ${running.pid}): it is taken over`);
  return ok({ owner: { ...owner, database: databaseName }, adopted, pid: running.pid, lost: guard.lost, stop });
}

const databaseName = 'comptoir';

function ownerConnection(cluster: Cluster, password: string): Connection {
  const account = { user: ownerRole, password, database: 'postgres' };
  return process.platform === 'win32'
    ? { ...account, host: '127.0.0.1', port: windowsPort }
    : { ...account, host: cluster.run, port: 5432 };
}

function launch(binaries: Binaries, cluster: Cluster, user: ServiceUser, logFile: string): ChildProcess {
  const door =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', port: String(windowsPort) }
      : { listen_addresses: '', unix_socket_directories: cluster.run, unix_socket_permissions: '0700', port: '5432' };
  const settings = { ...door, fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', ...sizes };
  const args = ['-D', cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const output = openSync(logFile, 'a', 0o600);
  // Detached: Ctrl-C in the terminal must reach the server first, which then ends the database in good order.
  const child = spawn(join(binaries.bin, 'postgres'), args, {
    ...(user ?? {}),
    cwd: '/',
    detached: true,
    env: { LC_ALL: 'C', PATH: binaries.bin },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.once('error', () => {});
  return child;
}

const sizes = { max_connections: '60', shared_buffers: '64MB', wal_compression: 'on', checkpoint_timeout: '5min' };

const stopLimitMs = 30_000;

/** SIGINT is PostgreSQL's fast shutdown: sessions end, a checkpoint is written. */
async function endPostmaster(pid: number, { clock, binaries, cluster, user, log }: Started): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)(
      join(binaries.bin, 'pg_ctl'),
      ['-D', cluster.data, '-m', 'fast', '-w', 'stop'],
      user ?? {},
    );
    return;
  }
  const running = await runningPostmaster(cluster.data);
  if (running?.pid !== pid) return;
  process.kill(pid, 'SIGINT');
  for (const deadline = clock.monotonicMs() + stopLimitMs; clock.monotonicMs() < deadline; await sleep(clock, pollMs)) {
    if (!(await runningPostmaster(cluster.data))) return;
  }
  log(`the database (process ${pid}) has not ended in ${stopLimitMs / 1000} s`);
}
