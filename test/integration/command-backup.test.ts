import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comptoirOn, Demo, dataFolder } from '#test/harness/demo.ts';

const main = join(import.meta.dirname, '../../electron/cli/main.ts');
let demo: Demo;
let away: string;
beforeAll(async () => {
  away = dataFolder();
  demo = await Demo.start();
});
afterAll(async () => {
  await demo?.remove();
  rmSync(away, { recursive: true, force: true });
});

async function sale(): Promise<string> {
  await demo.lay(1);
  const { ticketNumber } = (await demo.done('sale', '--amount', '1250')) as { ticketNumber: string };
  return ticketNumber;
}
const figures = async () => ({ ...(await demo.done('journal', 'verify')), ...(await demo.done('sync', '--wait')) });

it('[T27] [T37] a whole day by the command: backed up beside the running till, sold on, restored, sold on; nothing doubled', async () => {
  await sale();
  const file = join(away, 'monday.backup');
  const made = await demo.done('backup', file);
  expect(made).toMatchObject({ epoch: 1, entries: expect.any(Number), file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await demo.comptoir('backup', file)).toMatchObject({ status: 3, json: { error: { type: 'BackupExists' } } });
  expect(await demo.comptoir('backup')).toMatchObject({ status: 2 });
  const lost = await sale();
  expect(await figures()).toMatchObject({ faults: [], unsent: 0 });

  expect(await demo.comptoir('restore', file)).toMatchObject({
    status: 3,
    json: { error: { type: 'DataFolderInUse' } },
  });
  await demo.stop();
  const restored = await demo.comptoir('restore', file);
  expect(restored).toMatchObject({
    status: 0,
    json: { value: { epoch: 2, entries: made.entries, setAside: expect.stringContaining('till.db.before-') } },
  });
  await demo.start();
  const next = await sale();
  expect(next).toMatch(/\.2-\d+$/);
  expect(next).not.toBe(lost);
  expect(await figures()).toMatchObject({ faults: [], unsent: 0, conflicts: 0, head: { epoch: 2 } });
  expect(await demo.done('status')).toMatchObject({ link: 'online' });
  // The till itself remembers two of the three sales; the card and the server's ledger have them all, and agree.
  const card = await demo.card();
  expect(card.difference).toBe('none');
  expect(card.ledger?.balance).toBe(card.balances[0]?.balance);
  expect(new Set(card.history.map(({ intention }) => intention)).size).toBe(card.history.length);
}, 240_000);

it('[T27] a machine without that till’s keys is told to enrol anew', async () => {
  const other = join(away, 'other');
  mkdirSync(other);
  expect(await comptoirOn(other, ['restore', join(away, 'monday.backup')])).toMatchObject({
    status: 3,
    json: { error: { type: 'BackupOfAnotherTill', remedy: expect.stringContaining('comptoir enrol') } },
  });
  expect(existsSync(join(other, 'till.db'))).toBe(false);
  writeFileSync(join(away, 'pictures'), 'holiday');
  expect(await comptoirOn(other, ['restore', join(away, 'pictures')])).toMatchObject({
    status: 3,
    json: { error: { type: 'BackupUnreadable', why: 'format' } },
  });
  expect(await comptoirOn(join(away, 'nobody'), ['backup', join(away, 'none.backup')])).toMatchObject({ status: 4 });
});

/** Starts the command and kills it after a while. @returns true when it was still running */
async function killed(words: string[], afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [main, ...words, '--data', demo.data, '--json'], { stdio: 'ignore' });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  await Promise.race([pause(afterMs), exited]);
  child.kill('SIGKILL');
  return (await exited)[1] === 'SIGKILL';
}

it('[T27] killed at any moment of a backup or of a restore, the till starts as one or as the other, and the same again works', async () => {
  let kills = 0;
  const file = join(away, 'again.backup');
  for (let afterMs = 300; afterMs <= 900; afterMs += 100) {
    if (await killed(['backup', file], afterMs)) kills += 1;
    // There whole, or not at all.
    if (existsSync(file)) break;
  }
  if (!existsSync(file)) await demo.done('backup', file);
  await demo.stop();
  for (let afterMs = 300; afterMs <= 900; afterMs += 50) {
    if (await killed(['restore', file], afterMs)) kills += 1;
    expect(await demo.comptoir('journal', 'verify')).toMatchObject({ status: 0, json: { value: { faults: [] } } });
  }
  expect(kills).toBeGreaterThan(0);
  const restored = await demo.done('restore', file);
  await demo.start();
  await sale();
  expect(await figures()).toMatchObject({ faults: [], unsent: 0, conflicts: 0, head: { epoch: restored.epoch } });
  expect(readdirSync(demo.data).filter((name) => name.includes('restoring'))).toEqual([]);
  expect(readdirSync(away).filter((name) => name.endsWith('.new'))).toEqual([]);
}, 240_000);
