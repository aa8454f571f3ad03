import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow } from '#test/harness/asked-sale.ts';
import { compose, installTill, newDataDir, newIntention } from '#test/harness/composed-service.ts';
import { awa } from '#test/harness/service.ts';
import { storePath } from './compose.ts';
import { doOnce } from './loyalty/do-once.ts';
import type { Service } from './service.ts';

let dataDir: string;
let running: Service[];
beforeEach(async () => {
  dataDir = newDataDir();
  running = [];
  await installTill(dataDir);
});
afterEach(async () => {
  for (const service of running) await service.close();
  rmSync(dataDir, { recursive: true });
});

async function started(): Promise<Service> {
  const composed = await compose(dataDir);
  if (!composed.ok) throw new Error(JSON.stringify(composed.error));
  running.push(composed.value);
  await composed.value.simulated?.trayFilled();
  return composed.value;
}
async function stop(service: Service): Promise<void> {
  running = running.filter((other) => other !== service);
  await service.close();
}
const order = (intention = newIntention()) => ({
  operation: 'sale' as const,
  intention,
  amountMinor: 1250,
  excludedMinor: 0,
  pin: null,
  source: 'keyboard' as const,
  receiptNumber: null,
  useCardAsItLies: false,
  timeoutMs: 10_000,
});
async function sold(service: Service, asked = order()) {
  const run = doOnce(service.loyalty, service.sales, awa, asked);
  if (!run.ok) throw new Error(run.error.type);
  const sale = follow(run.value);
  service.simulated!.tray()!.present(1);
  await expect.poll(sale.end, { timeout: 10_000 }).not.toBeNull();
  service.simulated!.tray()!.remove();
  return sale;
}
const fingerprint = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('the composed service', { timeout: 20_000 }, () => {
  it('[T15] [T17] sells with no server at all, keeps it over a restart, and says what is unsent', async () => {
    const first = await started();
    const sale = await sold(first);
    expect(sale.result()).toMatchObject({ card: 'applied', exchanges: 6, balance: 1227 });
    expect(first.simulated!.printer()!.tickets()).toHaveLength(1);
    await stop(first);
    const second = await started();
    expect(second.status()).toMatchObject({
      unsent: expect.any(Number),
      terminal: '019f0000-0000-7000-8000-000000000001',
    });
    expect(second.status().unsent).toBeGreaterThan(0);
    const again = await sold(second, order(sale.intention));
    expect(again.result()).toEqual(sale.result());
    expect(second.simulated!.printer()!.tickets()).toEqual([]);
    expect((await sold(second)).result()).toMatchObject({ previousBalance: 1227, balance: 1239 });
    expect((await second.verifyJournal()).faults).toEqual([]);
  });

  it('settles a card that was torn before the restart', async () => {
    const first = await started();
    first.simulated!.tray()!.tear('after');
    const run = doOnce(first.loyalty, first.sales, awa, order());
    if (!run.ok) throw new Error(run.error.type);
    const torn = follow(run.value);
    first.simulated!.tray()!.present(1);
    await expect.poll(() => torn.stages().at(-1), { timeout: 10_000 }).toBe('present-card-again');
    await stop(first);
    const second = await started();
    expect((await sold(second)).result()).toMatchObject({ previousBalance: 1227, balance: 1239, card: 'applied' });
    expect(second.loyalty.reader.openCardIntents()).toEqual([]);
    expect((await second.verifyJournal()).faults).toEqual([]);
  });

  it('settles a ticket that was under way as unknown, once, and does not print it', async () => {
    const first = await started();
    first.loyalty.print = () => new Promise(() => {});
    const run = doOnce(first.loyalty, first.sales, awa, order());
    if (!run.ok) throw new Error(run.error.type);
    const cut = follow(run.value);
    first.simulated!.tray()!.present(1);
    await expect.poll(() => cut.stages().at(-1), { timeout: 10_000 }).toBe('result');
    await stop(first);
    for (let starts = 0; starts < 2; starts++) {
      const next = await started();
      const outcomes = next.loyalty.reader.outcomes(cut.intention).map(({ entry }) => entry);
      expect(outcomes.filter(({ kind }) => kind === 'ticket.outcome')).toMatchObject([
        { body: { outcome: 'unknown', why: 'Restart' } },
      ]);
      expect(next.simulated!.printer()!.tickets()).toEqual([]);
      await stop(next);
    }
  });

  it('[N11] shows the time from tap to result, and a lamp for each part', async () => {
    const service = await started();
    expect(service.state().tapToResultP95Ms).toBeNull();
    await sold(service);
    expect(service.state().tapToResultP95Ms).toEqual(expect.any(Number));
    expect(service.state()).toMatchObject({
      shop: { name: 'Boulangerie du Port' },
      programme: { id: 'port' },
      devices: 'simulated',
      training: false,
    });
    const lamps = Object.fromEntries(
      service.status().devices.map(({ part, state, detail }) => [part, `${state} ${detail}`]),
    );
    expect(lamps).toMatchObject({
      reader: 'ok ready',
      register: 'ok listening',
      clock: 'absent unknown',
      keys: 'ok file',
    });
  });

  it('sets the clock wrong on a demonstration only as far as it is told', async () => {
    const service = await started();
    const before = service.state().nowMs;
    service.shiftClock(86_400_000);
    expect(service.state().nowMs).toBeGreaterThanOrEqual(before + 86_400_000);
    await sold(service);
    service.shiftClock(-2 * 86_400_000);
    await sold(service);
    expect((await service.verifyJournal()).faults).toEqual([]);
  });

  it('is no terminal a second time', async () => {
    const service = await started();
    expect(await service.enrol({ centralUrl: 'http://127.0.0.1:9', code: 'X', name: 'till' })).toEqual({
      ok: false,
      error: { type: 'AlreadyEnrolled' },
    });
  });
});

describe('a start that a person must help with', { timeout: 20_000 }, () => {
  it('a data folder in use by another service: named, and that one goes on', async () => {
    const first = await started();
    expect(await compose(dataDir)).toMatchObject({ ok: false, error: { type: 'DataFolderInUse', pid: process.pid } });
    expect((await sold(first)).result()).toMatchObject({ card: 'applied' });
    await stop(first);
    await started();
  });

  it.each([
    ['not a database', () => writeFileSync(storePath(dataDir), 'once upon a time, there was a till. '.repeat(100))],
    ['cut short', () => truncateSync(storePath(dataDir), 5_000)],
  ])('a store that is %s: said, and left as found', async (_, damage) => {
    await stop(await started());
    damage();
    const before = fingerprint(storePath(dataDir));
    for (let starts = 0; starts < 2; starts++) {
      expect(await compose(dataDir)).toMatchObject({ ok: false, error: { type: 'StoreCorrupt' } });
    }
    expect(fingerprint(storePath(dataDir))).toBe(before);
  });

  it('keys of another installation: said, and the store is let go of', async () => {
    const other = newDataDir();
    await installTill(other);
    rmSync(join(dataDir, 'keys'), { recursive: true });
    mkdirSync(join(dataDir, 'keys'), { mode: 0o700 });
    for (const name of readdirSync(join(other, 'keys'))) {
      writeFileSync(join(dataDir, 'keys', name), readFileSync(join(other, 'keys', name)), { mode: 0o600 });
    }
    rmSync(other, { recursive: true });
    const refused = { ok: false, error: { type: 'KeysUnreadable', cause: 'EnrolmentUnreadable' } };
    expect(await compose(dataDir)).toEqual(refused);
    expect(await compose(dataDir)).toEqual(refused);
  });

  it('keys that others can read: said', async () => {
    chmodSync(join(dataDir, 'keys'), 0o755);
    expect(await compose(dataDir)).toMatchObject({ ok: false, error: { type: 'KeysUnreadable' } });
    expect(existsSync(storePath(dataDir))).toBe(true);
  });
});
