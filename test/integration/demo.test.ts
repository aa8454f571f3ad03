import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comptoirOn, Demo, dataFolder, eventually, kill, processesLeftOn, processOf } from '#test/harness/demo.ts';

describe('a demonstration, from one start to the next', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await Demo.start();
  });
  afterAll(async () => {
    await demo?.remove();
  });

  it('[N8] [T15] says each step, then one document with its addresses and its staff', async () => {
    for (const step of ['1/3 database and server', '2/3 screens', "3/3 till's service"])
      expect(demo.progress).toContain(step);
    expect(demo.progress.indexOf('1/3')).toBeLessThan(demo.progress.indexOf('3/3'));
    const roles = ['cashier', 'manager', 'agent', 'seller', 'entity-manager', 'carrier', 'network-admin', 'auditor'];
    expect(demo.ready.staff.map(({ role }) => role)).toEqual(roles);
    for (const { pin } of demo.ready.staff) expect(pin).toMatch(/^\d{6}$/);
    expect(demo.ready.data).toBe(demo.data);
    const page = await fetch(demo.ready.tillUrl);
    expect({ status: page.status, type: page.headers.get('content-type') }).toMatchObject({
      status: 200,
      type: /html/,
    });
    expect((await fetch(demo.ready.officeUrl)).status).toBe(200);
  });

  it('keeps what opens its doors from everyone but its user', () => {
    for (const file of ['door.json', 'demo/setup.json', 'till.db', 'simulators/card-1.json'])
      expect([file, statSync(join(demo.data, file)).mode & 0o077]).toEqual([file, 0]);
  });

  it('refuses a second one on the same data, and goes on itself', async () => {
    const second = await comptoirOn(demo.data, ['demo', '--no-open']);
    expect(second).toMatchObject({ status: 3, json: { error: { type: 'DataFolderInUse' } } });
    expect(second.stderr).not.toContain('    at ');
    expect(await demo.done('status')).toMatchObject({ link: 'online' });
    const service = await comptoirOn(demo.data, ['service']);
    expect(service).toMatchObject({ status: 3, json: { error: { type: 'DataFolderInUse' } } });
    expect(await demo.done('status')).toMatchObject({ link: 'online' });
  });

  it('[T17] [T37] goes on where it stopped: PINs, balances, unsent sales and addresses', async () => {
    await demo.lay(1);
    await demo.done('sync', '--wait');
    await demo.done('simulate', 'link', 'down');
    const sold = await demo.done('sale', '--amount', '1250');
    expect(await demo.done('status')).toMatchObject({ unsent: 1 });
    const { staff, centralUrl } = demo.ready;
    const { terminal } = await demo.done('status');
    expect(await demo.stop()).toBe(0);
    expect(await processesLeftOn(demo.data)).toEqual([]);
    expect(await demo.comptoir('status')).toMatchObject({ status: 4 });
    expect(await demo.comptoir('journal', 'verify')).toMatchObject({ status: 0, json: { value: { faults: [] } } });

    await demo.start();
    expect(demo.ready).toMatchObject({ staff, centralUrl });
    await demo.lay(1);
    expect((await demo.card()).balances).toMatchObject([{ balance: sold.balance }]);
    expect(await demo.done('sync', '--wait')).toMatchObject({ unsent: 0, conflicts: 0 });
    expect(await demo.done('status')).toMatchObject({ terminal, link: 'online' });
    const again = await demo.done('sale', '--amount', '1250', '--intention', String(sold.intention));
    expect(again).toMatchObject({ entry: sold.entry, balance: sold.balance });
  });

  it('[T17] finds its server where it is now, when another program has taken its port', async () => {
    await demo.stop();
    const { port } = new URL(demo.ready.centralUrl);
    const squatter = createServer((socket) => socket.destroy()).listen(Number(port), '127.0.0.1');
    await once(squatter, 'listening');
    await demo.start();
    expect(demo.ready.centralUrl).not.toContain(`:${port}`);
    await demo.lay(1);
    await demo.done('sale', '--amount', '100');
    expect(await demo.done('sync', '--wait')).toMatchObject({ unsent: 0 });
    expect(await demo.done('status')).toMatchObject({ link: 'online' });
    squatter.close();
  });

  it('ends when its service dies, leaves nothing running, and keeps what was sold', async () => {
    await demo.lay(1);
    const sold = await demo.done('sale', '--amount', '100');
    kill(processOf(demo.data, /electron\/service\/main\.ts/), 'SIGKILL');
    await eventually(
      () => demo.progress,
      (said) => said.includes("The till's service has ended by itself"),
    );
    expect(await processesLeftOn(demo.data)).toEqual([]);
    expect(await demo.stop()).toBe(1);
    await demo.start();
    await demo.lay(1);
    expect((await demo.card()).balances).toMatchObject([{ balance: sold.balance }]);
  });

  it('leaves nothing running when it is killed itself', async () => {
    await demo.stop('SIGKILL');
    expect(await processesLeftOn(demo.data)).toEqual([]);
    await demo.start();
    expect(await demo.done('journal', 'verify')).toMatchObject({ faults: [] });
  });

  it('puts the database of a killed server away when it is told to end before the server is up again', async () => {
    kill(processOf(demo.data, /backend\/main\.ts/), 'SIGKILL');
    await eventually(
      () => demo.progress,
      (said) => said.includes('The central server has ended.'),
    );
    expect(await demo.stop()).toBe(0);
    expect(await processesLeftOn(demo.data)).toEqual([]);
    await demo.start();
  });

  it('[T37] [T26] one byte changed in the journal with another client: verify names the entry, running and stopped', async () => {
    const entries = await demo.journal(500);
    const target = entries.find(({ kind, detail }) => kind === 'loyalty.sale' && detail !== null)!;
    tamper(join(demo.data, 'till.db'), target.epoch, target.seq);
    const faulty = {
      status: 3,
      json: { ok: false, error: { type: 'JournalFaulty', entry: `${target.epoch}-${target.seq}` } },
    };
    const running = await demo.comptoir('journal', 'verify');
    expect(running).toMatchObject(faulty);
    expect(running.json).toMatchObject({
      error: { faults: [{ seq: target.seq, what: expect.stringContaining('hash') }] },
    });
    expect(running.json).toMatchObject({
      error: { message: expect.stringContaining(`${target.epoch}-${target.seq}`) },
    });
    await demo.stop();
    expect(await demo.comptoir('journal', 'verify')).toMatchObject(faulty);
  });
});

/** One byte of one entry, as somebody with a database tool would change it: a digit of the amount. */
function tamper(path: string, epoch: number, seq: number): void {
  const db = new Database(path);
  for (const name of db.prepare<[], string>("select name from sqlite_master where type = 'trigger'").pluck().all())
    db.exec(`drop trigger "${name}"`);
  const where = 'position = (? << 40) + ?';
  const entry = db
    .prepare<[number, number], string>(`select entry from journal where ${where}`)
    .pluck()
    .get(epoch, seq)!;
  const changed = entry.replace(
    /("amountMinor":)(\d)/,
    (_all, name: string, digit: string) => name + ((Number(digit) + 1) % 10),
  );
  expect(changed).not.toBe(entry);
  expect(changed).toHaveLength(entry.length);
  db.prepare(`update journal set entry = ? where ${where}`).run(changed, epoch, seq);
  db.close();
}

it.each([
  ['at once', null],
  ['while the database starts', '1/3 database and server'],
  ['while the screens are looked at', '2/3 screens'],
  ['while the service starts', "3/3 till's service"],
])('Ctrl C %s: exit 130, and nothing is left running', async (_when, step) => {
  const demo = new Demo();
  const child = demo.launch();
  const exited = once(child, 'exit') as Promise<[number | null]>;
  if (step)
    await eventually(
      () => demo.progress,
      (said) => said.includes(step),
    );
  child.kill('SIGINT');
  const [status] = await exited;
  // Before its first line has run, Node itself ends as the signal says.
  expect([130, null]).toContain(status);
  expect(await processesLeftOn(demo.data)).toEqual([]);
  await demo.remove();
});

it('a till database that is corrupt at start is refused in words, and left as found', async () => {
  const demo = await Demo.start(dataFolder());
  await demo.stop();
  const path = join(demo.data, 'till.db');
  const db = new Database(path);
  db.pragma('journal_mode = DELETE');
  db.close();
  const broken = readFileSync(path);
  broken.fill(0x5a, 4096, 4096 * 3);
  writeFileSync(path, broken);
  const refused = await comptoirOn(demo.data, ['demo', '--no-open']);
  expect(refused).toMatchObject({ status: 3, json: { error: { type: 'StoreCorrupt', file: path } } });
  expect(refused.stderr).not.toContain('    at ');
  expect(readFileSync(path).equals(broken)).toBe(true);
  expect(await demo.comptoir('journal', 'verify')).toMatchObject({ status: 3 });
  expect(await processesLeftOn(demo.data)).toEqual([]);
  await demo.remove();
});

describe('a disk that refuses', () => {
  const lines: Record<string, unknown>[] = [];
  let exitCode: number | null = null;
  let stderr = '';
  beforeAll(async () => {
    const script = fileURLToPath(new URL('./demo-disk-scenario.ts', import.meta.url));
    const child = spawn('unshare', ['-m', '--', process.execPath, script], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-8_000);
    });
    createInterface({ input: child.stdout }).on('line', (line) =>
      lines.push(JSON.parse(line) as Record<string, unknown>),
    );
    const late = setTimeout(() => child.kill('SIGKILL'), 200_000);
    [exitCode] = (await once(child, 'close')) as [number | null];
    clearTimeout(late);
  }, 210_000);

  const step = (name: string) => lines.find((line) => line.step === name) ?? { missing: name, exitCode, stderr };

  it.each(['demo', 'central', 'service'])(
    'a folder that cannot be written: `%s` says so, and starts nothing',
    (verb) => {
      expect(step(`read-only, ${verb}`)).toMatchObject({
        status: 3,
        error: { type: 'DataFolderUnusable', code: 'EROFS' },
        stack: false,
        left: [],
      });
    },
  );

  it.each(['demo', 'central', 'service'])(
    'a disk that is full from the start: `%s` says so, and starts nothing',
    (verb) => {
      expect(step(`full, ${verb}`)).toMatchObject({ status: 3, error: { type: 'DiskFull' }, stack: false, left: [] });
    },
  );

  it('[T37] a disk that fills up while selling: refused, nothing on the card; with room again all goes on', () => {
    expect(step('sale on a full disk')).toMatchObject({ status: 3, type: 'DiskFull' });
    expect(step('status on a full disk')).toMatchObject({ status: 0 });
    expect(step('card on a full disk')).toMatchObject({ grown: 0 });
    expect(step('sale with room again')).toMatchObject({ grown: 12, card: 'applied' });
    expect(step('sent')).toMatchObject({ unsent: 0 });
    expect(step('verify')).toMatchObject({ faults: [] });
    expect(step('stop')).toMatchObject({ status: 0, left: [] });
    expect(exitCode).toBe(0);
  });
});
