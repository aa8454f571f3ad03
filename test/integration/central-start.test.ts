import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#backend/compose.ts';
import { type EmbeddedOptions, startEmbedded } from '#backend/db/embedded.ts';
import { openPool } from '#backend/db/pool.ts';
import type { DemoSeed } from '#backend/demo/seed.ts';
import { centralContract } from '#contract/central/index.ts';
import { type CentralClient, centralFolder, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

type Ready = { ready: boolean; url: string; pid: number; seed: DemoSeed; error?: { type: string } };

const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) await ended(child, 'SIGTERM');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await centralFolder();
  folders.push(folder);
  return folder;
}

/** Runs the shipped server as a process of its own, and reads its one line. */
async function run(folder: string, ...more: string[]): Promise<{ child: ChildProcess; ready: Ready }> {
  const args = [join(import.meta.dirname, '../../backend/main.ts'), '--data', folder, ...more];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout! })) return { child, ready: JSON.parse(line) };
  throw new Error('the server said nothing');
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const end = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return end;
}

const clientOf = (url: string): CentralClient => createORPCClient(new OpenAPILink(centralContract, { url }));
const postmasterOf = async (folder: string) =>
  Number((await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

function embedded(folder: string, more: Partial<EmbeddedOptions> = {}) {
  const said: string[] = [];
  const parts = { sharedFolder: join(folder, 'shared'), clock: systemClock(), random: randomBytes };
  const options = { folder, ...parts, ownUid: process.getuid?.(), log: (line: string) => said.push(line), ...more };
  return startEmbedded(options).then((result) => ({ result, said }));
}

async function mustStart(folder: string, more: Partial<EmbeddedOptions> = {}) {
  const { result, said } = await embedded(folder, more);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return Object.assign(result.value, { said });
}

describe('the server as a process', () => {
  it('[T16] killed with its database, loses no entry it has acknowledged', async () => {
    const folder = await newFolder();
    const first = await run(folder, '--seed', 'demo');
    const till = await CentralTill.enrol(
      first.ready.url,
      clientOf(first.ready.url),
      first.ready.seed.enrolmentCodes[0]!.code,
    );
    await till.push();
    let acknowledged = till.head!;
    const pushing = (async () => {
      for (let index = 0; index < 200; index++) acknowledged = (await till.push([till.sale(100 + index)])).head;
    })();
    const dead = expect(pushing).rejects.toThrow();
    while (acknowledged.seq < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    process.kill(await postmasterOf(folder), 'SIGKILL');
    await ended(first.child, 'SIGKILL');
    await dead;

    const second = await run(folder, '--seed', 'demo');
    expect(second.ready.url).toBe(first.ready.url);
    expect(second.ready.seed.staff).toEqual(first.ready.seed.staff);
    expect(second.ready.seed.cards).toEqual(first.ready.seed.cards);
    const held = (await till.client().terminals.head({ terminal: till.id }))!.head;
    expect(held.seq).toBeGreaterThanOrEqual(acknowledged.seq);
    expect(held.hash).toBe(till.entries[held.seq - 1]!.hash);
    expect((await till.push(till.entries.slice(-100))).head).toEqual(till.head);
    expect(await ended(second.child, 'SIGTERM')).toBe(0);
    expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  it('killed alone, finds its database running and takes it over', async () => {
    const folder = await newFolder();
    const first = await run(folder);
    const pid = await postmasterOf(folder);
    await ended(first.child, 'SIGKILL');
    const second = await run(folder);
    expect(second.ready.ready).toBe(true);
    expect(await postmasterOf(folder)).toBe(pid);
    expect(await ended(second.child, 'SIGINT')).toBe(0);
    expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  it('ends when its parent lets go of its standard input, and when its database is killed', async () => {
    const folder = await newFolder();
    const orphan = await run(folder, '--with-parent');
    const end = new Promise((resolve) => orphan.child.once('exit', resolve));
    orphan.child.stdin!.end();
    expect(await end).toBe(0);
    const bereft = await run(folder);
    const fall = new Promise((resolve) => bereft.child.once('exit', resolve));
    process.kill(await postmasterOf(folder), 'SIGKILL');
    expect(await fall).toBe(1);
  });

  it('refuses a data folder in use, a port in use and a wrong argument, each with its type', async () => {
    const folder = await newFolder();
    const { ready } = await run(folder);
    expect((await run(folder)).ready).toMatchObject({ ready: false, error: { type: 'DataFolderInUse' } });
    const port = new URL(ready.url).port;
    expect((await run(await newFolder(), '--port', port)).ready).toMatchObject({ error: { type: 'PortUnavailable' } });
    expect((await run(folder, '--port', 'x')).ready).toMatchObject({ error: { type: 'WrongUsage' } });
    const response = await fetch(`${ready.url}/v1/health`);
    expect(response.status).toBe(200);
  });

  it('refuses a database that another server secret has sealed, and leaves it to those who have that secret', async () => {
    const folder = await newFolder();
    const first = await run(folder, '--seed', 'demo');
    await ended(first.child, 'SIGTERM');
    const secret = join(folder, 'server.secret');
    const right = await readFile(secret, 'utf8');
    await writeFile(secret, 'ab'.repeat(32));
    expect((await run(folder)).ready).toMatchObject({ ready: false, error: { type: 'ServerSecretWrong' } });
    await writeFile(secret, right);
    expect((await run(folder, '--seed', 'demo')).ready.seed.cards).toEqual(first.ready.seed.cards);
  });

  it('two that start at once on an empty folder: one runs, the other says why not', async () => {
    const folder = await newFolder();
    const both = await Promise.all([run(folder), run(folder)]);
    expect(both.map(({ ready }) => ready.ready).toSorted()).toEqual([false, true]);
    expect(both.find(({ ready }) => !ready.ready)!.ready.error!.type).toBe('DataFolderInUse');
  });
});

describe('the embedded database', () => {
  const debian = '/usr/lib/postgresql/15/bin';
  const releases = [undefined, ...(existsSync(debian) ? [{ bin: debian, version: 'debian-15' }] : [])];

  it.each(releases)(
    'syncs each commit, keeps its files to itself, and stops with a checkpoint (%j)',
    async (binaries) => {
      const folder = await newFolder();
      const started = await mustStart(folder, binaries ? { binaries } : {});
      const pool = openPool<unknown>(started.owner, { max: 1, onError: () => {} });
      const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'data_checksums'];
      const { rows } = await sql<{ name: string; value: string }>`
      SELECT name, setting AS value FROM pg_settings WHERE name = ANY(${settings}) ORDER BY name`.execute(pool);
      await pool.destroy();
      expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual({
        data_checksums: 'on',
        fsync: 'on',
        full_page_writes: 'on',
        listen_addresses: '',
        synchronous_commit: 'on',
      });
      for (const inside of ['postgres', 'postgres/data', 'postgres/run']) {
        expect([inside, (await stat(join(folder, inside))).mode & 0o777]).toEqual([inside, 0o700]);
      }
      expect((await stat(join(folder, 'database.secret'))).mode & 0o777).toBe(0o600);
      await started.stop();
      expect(await readFile(join(folder, 'postgres.log'), 'utf8')).toContain('database system is shut down');
      const again = await mustStart(folder, binaries ? { binaries } : {});
      expect(again.adopted).toBe(false);
      await again.stop();
    },
  );

  it('refuses to go on with a database that does not sync', async () => {
    const folder = await newFolder();
    // A role's own setting is stronger than the server's: it must be read back in a session, not assumed.
    const started = await mustStart(folder);
    const pool = openPool<unknown>(started.owner, { max: 1, onError: () => {} });
    await sql`ALTER ROLE comptoir_owner SET synchronous_commit = off`.execute(pool);
    await pool.destroy();
    await started.stop();
    const { result } = await embedded(folder);
    expect(result).toMatchObject({ ok: false, error: { type: 'DatabaseNotDurable', setting: 'synchronous_commit' } });
    expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)(
    'as root under a closed folder: lies elsewhere, says so, comes back to the same data, and opens nothing',
    async () => {
      const outer = await newFolder();
      const closed = join(outer, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const sharedFolder = join(outer, 'shared');
      const first = await mustStart(join(closed, 'data'), { sharedFolder });
      expect(first.said.join()).toContain(sharedFolder);
      const pool = openPool<unknown>(first.owner, { max: 1, onError: () => {} });
      await sql`CREATE TABLE kept (n int)`.execute(pool);
      await pool.destroy();
      await first.stop();
      const second = await mustStart(join(closed, 'data'), { sharedFolder });
      const again = openPool<unknown>(second.owner, { max: 1, onError: () => {} });
      expect((await sql`SELECT n FROM kept`.execute(again)).rows).toEqual([]);
      await again.destroy();
      await second.stop();
      expect((await stat(closed)).mode & 0o777).toBe(0o700);
    },
  );
});

describe('a database of one’s own', () => {
  it('serves as well as the embedded one, by its URL', async () => {
    const place = await newFolder();
    const debian = '/usr/lib/postgresql/15/bin';
    const own = await mustStart(place, existsSync(debian) ? { binaries: { bin: debian, version: 'debian-15' } } : {});
    const { user, password } = own.owner;
    const host = encodeURIComponent(join(place, 'postgres/run'));
    const central = await startCentral({
      folder: await newFolder(),
      database: `postgresql://${user}:${password}@localhost/comptoir?host=${host}`,
    });
    try {
      const till = await CentralTill.enrol(central.url, central.client(), central.seed.enrolmentCodes[0]!.code);
      till.sale(1_250);
      expect((await till.push()).head.seq).toBe(2);
    } finally {
      await central.stop();
      await own.stop();
    }
  });
});
