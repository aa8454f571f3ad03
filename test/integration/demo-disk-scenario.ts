import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comptoirOn, Demo, dataFolder, eventually, processesLeftOn } from '#test/harness/demo.ts';

// Runs in a mount namespace of its own: a disk that is full, and one that cannot be written.

const report = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`);

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`${program} ${args.join(' ')}: ${stderr}\n`);
}

const outside = dataFolder();
const place = (name: string, options: string): string => {
  const folder = join(outside, name);
  mkdirSync(folder);
  run('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder);
  return folder;
};

try {
  await refusedStart('read-only', place('read-only', 'ro'));
  await fullFromTheStart(place('full', 'size=1m,mode=711'));
  await fullWhileSelling(place('small', 'size=400m,mode=711'));
} finally {
  // The mounts go with the namespace; what is left is their empty places.
  for (const mounted of ['read-only', 'full', 'small']) run('umount', '--lazy', join(outside, mounted));
  rmSync(outside, { recursive: true, force: true });
}

async function refusedStart(step: string, folder: string): Promise<void> {
  for (const verb of ['demo', 'central', 'service']) {
    const { status, json, stderr } = await comptoirOn(folder, verb === 'demo' ? [verb, '--no-open'] : [verb]);
    const left = await processesLeftOn(folder);
    report({
      step: `${step}, ${verb}`,
      status,
      error: json.ok ? null : json.error,
      stack: stderr.includes('    at '),
      left,
    });
  }
}

function fill(folder: string): string {
  const file = join(folder, 'filler');
  const block = Buffer.alloc(1024 * 1024);
  for (const size of [block.length, 4096, 1]) {
    try {
      for (;;) writeFileSync(file, block.subarray(0, size), { flag: 'a' });
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'ENOSPC') throw thrown;
    }
  }
  return file;
}

async function fullFromTheStart(folder: string): Promise<void> {
  fill(folder);
  await refusedStart('full', folder);
}

async function fullWhileSelling(folder: string): Promise<void> {
  chmodSync(folder, 0o711);
  const demo = await Demo.start(folder);
  try {
    await demo.lay(1);
    const before = await demo.done('sale', '--amount', '1250');
    const filler = fill(folder);
    const refused = await demo.comptoir('sale', '--amount', '1250');
    report({
      step: 'sale on a full disk',
      status: refused.status,
      type: refused.json.ok ? null : refused.json.error.type,
    });
    report({ step: 'status on a full disk', status: (await demo.comptoir('status')).status });
    report({
      step: 'card on a full disk',
      grown: ((await demo.card()).balances[0]?.balance ?? 0) - Number(before.balance),
    });
    rmSync(filler);
    const after = await demo.done('sale', '--amount', '1250');
    report({ step: 'sale with room again', grown: Number(after.balance) - Number(before.balance), card: after.card });
    const sent = await eventually(
      () => demo.done('status'),
      (status) => status.unsent === 0,
    );
    report({ step: 'sent', unsent: sent.unsent });
    report({ step: 'verify', faults: (await demo.done('journal', 'verify')).faults });
    report({ step: 'stop', status: await demo.stop(), left: await processesLeftOn(folder) });
  } finally {
    await demo.stop();
  }
}
