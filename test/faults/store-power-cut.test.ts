import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, verifyStore } from '#service/store/index.ts';
import { type DiskStep, traceDisk } from './disk-trace.ts';
import { CutDisk } from './power-cut.ts';

const writer = fileURLToPath(new URL('./store-writer.ts', import.meta.url));
const sales = 260;
let folder: string;
let steps: DiskStep[];

/** The recorded life of a till: its store made, 260 sales, the log moved into the database on the way. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-power-'));
  const store = join(folder, 'recorded');
  mkdirSync(store);
  const traced = traceDisk([process.execPath, writer, store, String(sales)], join(folder, 'trace'));
  const lasting = (path: string) => path === store || /^store\.db(-wal|-journal)?$/.test(basename(path));
  steps = traced.filter((step) => step.step === 'said' || lasting(step.path));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Numerical Recipes' linear congruence: a cut can be told again from its seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Verdict = { seed: number; lost: number; faults: number; failed: string | null };

/** Cuts the power at `count` of the recorded steps; each time starts the till on what is left and compares with what it had said. */
async function cuts(history: readonly DiskStep[], count: number): Promise<Verdict[]> {
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const ends = seeds.map((seed) => ({ seed, end: 1 + randomFrom(seed * 7919)(history.length) }));
  const disk = new CutDisk();
  const said: string[] = [];
  const verdicts: Verdict[] = [];
  let next = 0;
  for (const { seed, end } of ends.sort((a, b) => a.end - b.end)) {
    for (const step of history.slice(next, end)) {
      disk.take(step);
      if (step.step === 'said') said.push(...step.text.split('\n').filter(isAcknowledgement));
    }
    next = end;
    verdicts.push({ seed, ...(await startAfter(disk.cut(randomFrom(seed)), said)) });
  }
  return verdicts;
}

const isAcknowledgement = (line: string): boolean => /^\d+ \d+ [0-9a-f]{64}$/.test(line);

async function startAfter(found: Map<string, Buffer>, said: readonly string[]): Promise<Omit<Verdict, 'seed'>> {
  const after = mkdtempSync(join(folder, 'after-'));
  for (const [path, content] of found) writeFileSync(join(after, basename(path)), content);
  const verdict = await startOn(join(after, 'store.db'), said);
  rmSync(after, { recursive: true });
  return verdict;
}

async function startOn(path: string, said: readonly string[]): Promise<Omit<Verdict, 'seed'>> {
  const opened = openStore({ path, pid: process.pid });
  if (!opened.ok) return { lost: said.length, faults: 0, failed: opened.error.type };
  const kept = new Set(
    opened.value.reader.entriesAfter(null, 10_000).map(({ entry, hash }) => `${entry.epoch} ${entry.seq} ${hash}`),
  );
  opened.value.close();
  const report = await verifyStore(path);
  const faults = report.ok ? report.value.faults.length : 1;
  return { lost: said.filter((line) => !kept.has(line)).length, faults, failed: null };
}

const isLog = (path: string) => path.endsWith('-wal');

it('records a till that syncs each sale, and moves its log into the database', () => {
  const at = (wanted: (step: DiskStep) => boolean) => steps.flatMap((step, index) => (wanted(step) ? [index] : []));
  expect(at((step) => step.step === 'said')).toHaveLength(sales + 1);
  expect(at((step) => step.step === 'sync' && isLog(step.path)).length).toBeGreaterThanOrEqual(sales);
  const firstLog = at((step) => step.step === 'write' && isLog(step.path))[0]!;
  const moved = at((step) => step.step === 'write' && step.path.endsWith('.db')).filter((index) => index > firstLog);
  expect(moved.length).toBeGreaterThan(0);
});

it('[T37] loses no acknowledged sale to a power cut at any moment, with un-synced writes lost or torn', async () => {
  const verdicts = await cuts(steps, 300);
  expect(verdicts.filter(({ lost, faults, failed }) => lost > 0 || faults > 0 || failed !== null)).toEqual([]);
}, 120_000);

it('starts after a power cut at any moment of its first start, before anything was sold', async () => {
  const made = steps.slice(0, steps.findIndex((step) => step.step === 'said') + 1);
  const verdicts = await cuts(made, 150);
  expect(verdicts.filter(({ lost, faults, failed }) => lost > 0 || faults > 0 || failed !== null)).toEqual([]);
}, 120_000);

it('would see the loss: with the log’s syncs taken out of the same recording, sales are gone', async () => {
  const unsynced = steps.filter((step) => !(step.step === 'sync' && isLog(step.path)));
  const verdicts = await cuts(unsynced, 40);
  expect(verdicts.filter(({ lost }) => lost > 0).length).toBeGreaterThan(5);
}, 120_000);
