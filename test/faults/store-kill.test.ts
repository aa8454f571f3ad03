import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, verifyStore } from '#service/store/index.ts';
import { must, newTillStore, type TillStore } from '#test/harness/till-store.ts';

const writer = fileURLToPath(new URL('./store-writer.ts', import.meta.url));
let till: TillStore;
beforeEach(() => {
  till = newTillStore();
});
afterEach(() => till.remove());

/** Sells in a process of its own and kills it behind the given line. @returns every line it got out */
async function sellAndKill(lines: number): Promise<{ said: string[]; pid: number }> {
  const child = spawn(process.execPath, [writer, till.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(output, 'close')]);
  return { said, pid: child.pid! };
}

it('[T37] loses no acknowledged sale to kill -9, and the next service starts with no help', async () => {
  const acknowledged: string[] = [];
  for (const lines of [1, 2, 3, 5, 9, 17, 40, 90, 151, 260]) {
    const { said, pid } = await sellAndKill(lines);
    // The kill may fall into a line: what is cut off was not said.
    acknowledged.push(...said.filter((line) => /^\d+ \d+ [0-9a-f]{64}$/.test(line)));
    expect(pid).toBeGreaterThan(0);
  }
  const store = till.open();
  const kept = new Set(
    store.reader.entriesAfter(null, 100_000).map(({ entry, hash }) => `${entry.epoch} ${entry.seq} ${hash}`),
  );
  const total = store.reader.total();
  store.close();
  expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(578);
  expect(must(await verifyStore(till.path))).toMatchObject({ entries: total, head: { epoch: 10 }, faults: [] });
});

it('lets a second service in only when the first is gone, and names it until then', async () => {
  const child = spawn(process.execPath, [writer, till.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(openStore({ path: till.path, pid: 1 })).toEqual({
    ok: false,
    error: { type: 'DataFolderInUse', path: till.path, pid: child.pid },
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  till.open().close();
});
