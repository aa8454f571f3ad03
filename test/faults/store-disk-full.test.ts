import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const scenarios = {
  store: fileURLToPath(new URL('./store-disk-full-scenario.ts', import.meta.url)),
  backup: fileURLToPath(new URL('./backup-disk-full-scenario.ts', import.meta.url)),
};

/** Runs the scenario on a real disk of 4 MB, mounted where nobody else sees it. Needs root: without it the test fails, and says so. */
async function onSmallDisk(scenario: keyof typeof scenarios): Promise<Record<string, unknown>> {
  const disk = mkdtempSync(join(tmpdir(), 'comptoir-disk-'));
  const script = 'mount -t tmpfs -o size=4m none "$1" && exec "$2" "$3" "$1"';
  try {
    const { stdout } = await promisify(execFile)(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', disk, process.execPath, scenarios[scenario]],
      { timeout: 60_000 },
    );
    return JSON.parse(stdout) as unknown as Record<string, unknown>;
  } finally {
    rmSync(disk, { recursive: true, force: true });
  }
}

it('[T37] refuses a sale the disk has no room for, keeps the others whole, and goes on by itself once there is room', async () => {
  const outcome = await onSmallDisk('store');
  const diskFull = { type: 'DiskFull', path: expect.stringContaining('store.db'), code: expect.any(String) };
  const refusal = { ok: false, error: diskFull };
  const kept = outcome.kept as number;
  expect(outcome.error).toEqual(diskFull);
  expect(outcome.again).toEqual([refusal, refusal, refusal]);
  expect(outcome.beside).toEqual([refusal, refusal, refusal]);
  expect(outcome.whileFull).toEqual({ total: kept, seq: kept, refused: null, tries: 0 });
  expect(outcome.after).toBe(kept + 1);
  expect(outcome.report).toMatchObject({ ok: true, value: { entries: kept + 1, faults: [] } });
  expect(outcome.elsewhere).toBe('DiskFull');
  expect(outcome.total).toBe(kept + 1);
});

it('[T27] a backup and a restore that the disk has no room for are refused, leave nothing behind and change nothing', async () => {
  const outcome = await onSmallDisk('backup');
  const refusal = { ok: false, error: { type: 'DiskFull' } };
  expect(outcome.backup).toMatchObject({
    ok: false,
    error: { type: 'DiskFull', path: expect.stringContaining('full.backup') },
  });
  expect(outcome.left).toEqual([]);
  expect(outcome.restore).toMatchObject(refusal);
  expect(outcome.total).toBe(302);
  expect(outcome.later).toMatchObject({ ok: true, value: { epoch: 2, entries: 2, setAsideUnsent: 302 } });
});
