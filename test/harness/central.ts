import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type Central, type CentralOptions, composeCentral } from '#backend/compose.ts';
import { keptSecret } from '#backend/db/embedded/secret.ts';
import { openPool } from '#backend/db/pool.ts';
import { appPassword, appRole } from '#backend/db/roles.ts';
import type { Tables } from '#backend/db/tables.ts';
import type { Database } from '#backend/db/tenancy.ts';
import type { DemoSeed } from '#backend/demo/seed.ts';
import { type CentralContract, type CentralError, centralContract } from '#contract/central/index.ts';

export type CentralClient = ContractRouterClient<CentralContract>;

/** A central server with the demonstration's network, in this process, over a real PostgreSQL in a folder of its own. */
export type RunningCentral = {
  url: string;
  folder: string;
  seed: DemoSeed;
  /** All that the server has logged. */
  log: string[];
  /** Sessions under the server's own role, and under the owner's, for looking past the server. */
  app: Database;
  owner: Database;
  /** A PostgreSQL URL of the owner, for one more server on this database. */
  databaseUrl: string;
  /** The contract's client; `headers` go with every request. */
  client(headers?: Record<string, string>): CentralClient;
  stop(): Promise<void>;
};

/** A folder that the database's account can reach when root runs the tests. */
export async function centralFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-central-'));
  await chmod(folder, 0o711);
  return folder;
}

export async function startCentral(
  options: Partial<CentralOptions> & { keep?: boolean } = {},
): Promise<RunningCentral> {
  const folder = options.folder ?? (await centralFolder());
  const log: string[] = [];
  const logTo = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  const wanted = { host: '127.0.0.1', port: 0, seed: 'demo' as const, progress: () => {}, logTo };
  const started = await composeCentral({ ...wanted, ...options, folder });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const central: Central = started.value;
  const secret = await keptSecret(join(folder, 'server.secret'), () => Buffer.alloc(32));
  const connection = { ...central.owner, user: appRole, password: appPassword(secret) };
  const quiet = { max: 4, onError: () => {} };
  const app = openPool<Tables>(connection, quiet);
  const owner = openPool<Tables>(central.owner, quiet);
  return {
    url: central.url,
    folder,
    seed: central.seed!,
    log,
    app,
    owner,
    databaseUrl: databaseUrlOf(central.owner),
    client: (headers = {}) => createORPCClient(new OpenAPILink(centralContract, { url: central.url, headers })),
    async stop() {
      await app.destroy();
      await owner.destroy();
      await central.stop();
      if (!options.keep) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Over the embedded database's socket. */
function databaseUrlOf(owner: Central['owner']): string {
  if ('connectionString' in owner) return owner.connectionString;
  const { user, password, database, host } = owner;
  return `postgresql://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host)}`;
}

/** One more server on the database of the first, as behind a balancer: they share that and the server secret, nothing else. */
export async function startBeside(first: RunningCentral): Promise<RunningCentral> {
  const folder = await centralFolder();
  await copyFile(join(first.folder, 'server.secret'), join(folder, 'server.secret'));
  return startCentral({ folder, database: first.databaseUrl });
}

/** What a call was refused with; fails when it was not, or when the error is not one of the contract's. */
export async function refusalOf(call: Promise<unknown>): Promise<CentralError & { status: number }> {
  const error = await call.then(
    (value) => {
      throw new Error(`not refused: ${JSON.stringify(value).slice(0, 200)}`);
    },
    (cause) => cause as { data?: CentralError; status?: number },
  );
  if (!error.data || !error.status) throw error;
  return { ...error.data, status: error.status };
}
