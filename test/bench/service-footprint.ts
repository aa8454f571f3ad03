import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bundles } from '#build/bundle/bundles.ts';
import { bundleForNode } from '#build/bundle/node-bundle.ts';
import { root } from '#build/files.ts';
import { type Bench, row } from './row.ts';

const starts = 9;
const idleMs = 10_000;
const bareProgram = 'process.stdout.write("{}\\n"); setInterval(() => {}, 1 << 30);';

/** The resident service as shipped: how soon it is ready, and what it holds when idle; beside a Node that does nothing. */
export const serviceFootprint: Bench = {
  ids: ['service-ready', 'service-memory'],
  async rows() {
    await bundleForNode(bundles.service);
    const folder = mkdtempSync(path.join(tmpdir(), 'comptoir-footprint-'));
    const service = [path.join(root, 'dist', bundles.service.output), '--data', folder];
    try {
      // The first start makes keys and database; a till does that once.
      await measure(service, 0);
      const ours: Measure[] = [];
      const bare: Measure[] = [];
      for (let turn = 0; turn < starts; turn++) {
        const waitMs = turn === 0 ? idleMs : 0;
        ours.push(await measure(service, waitMs));
        bare.push(await measure(['-e', bareProgram], waitMs));
      }
      return rowsOf(ours, bare);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Measure {
  readyMs: number;
  residentMb: number;
}

function rowsOf(ours: readonly Measure[], bare: readonly Measure[]) {
  const readyMs = (all: readonly Measure[]) =>
    all.map((one) => one.readyMs).toSorted((a, b) => a - b)[all.length >> 1]!;
  const ready = { value: readyMs(ours), unit: 'ms', reference: readyMs(bare), goal: { valueAtMost: 1_000 } };
  const memory = { value: ours[0]!.residentMb, unit: 'MB', reference: bare[0]!.residentMb, goal: { valueAtMost: 120 } };
  return [
    row({
      id: 'service-ready',
      ...ready,
      note: `median of ${starts} starts of the bundle; reference: a Node that only says so`,
    }),
    row({
      id: 'service-memory',
      ...memory,
      note: `resident after ${idleMs / 1000} s idle; reference: a Node that only waits`,
    }),
  ];
}

/** Starts a program that says one line when it is ready, waits, looks at its memory and ends it. */
async function measure(args: readonly string[], waitMs: number): Promise<Measure> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: child.stdout }), 'line');
  const readyMs = performance.now() - startedMs;
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  const residentMb = residentMbOf(child);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { readyMs, residentMb };
}

/** Linux counts it in kibibytes; given here in millions of bytes. */
function residentMbOf({ pid }: ChildProcess): number {
  const [, kibibytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
