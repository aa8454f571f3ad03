import { execFileSync } from 'node:child_process';
import { randomBytes as systemRandom } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidV7 } from '#contract/ids/index.ts';
import { issueOnce } from '#service/cards/issue.ts';
import { composeService } from '#service/compose.ts';
import type { Service } from '#service/service.ts';
import { systemClock } from '#service/system-clock.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { eventually } from '#test/harness/demo.ts';
import { demoSetupsOf } from '../../electron/cli/launch/demo-setup.ts';

const randomBytes = (count: number) => new Uint8Array(systemRandom(count));
const newId = () => uuidV7(Date.now(), randomBytes(10));
const acting = { code: 'awa', name: 'Awa', role: 'cashier' };
const blankSlot = 3;

let central: RunningCentral;
const folders: string[] = [];
const opened: Service[] = [];
beforeAll(async () => {
  central = await startCentral();
});
afterAll(async () => {
  for (const service of opened) await service.close();
  await central?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-making-'));
  folders.push(folder);
  return folder;
};

/** A till of the demonstration on its server. It dies as the server tells that its card is made: it hears nothing more. */
async function openTill(dataDir: string, dies: (() => void) | null = null): Promise<Service> {
  let dead = false;
  const silence = new Promise<never>(() => undefined);
  const composed = await composeService({
    dataDir,
    pid: process.pid,
    clock: systemClock(newId()),
    randomBytes,
    async fetch(...asked) {
      const answer = dead ? await silence : await fetch(...asked);
      if (!dies || !(await answer.clone().text()).includes('"state":"done"')) return answer;
      dead = true;
      dies();
      return silence;
    },
    timeZone: 'Africa/Lome',
    keyStore: null,
    log: () => undefined,
    version: '0.0.0-test',
    demo: demoSetupsOf({ url: central.url, seed: central.seed }).first,
  });
  if (!composed.ok) throw new Error(JSON.stringify(composed.error));
  await composed.value.simulated?.trayFilled();
  return composed.value;
}

const issuedBy = ({ loyalty }: Service) =>
  loyalty.reader.list({ before: null, limit: 100, kinds: ['card.issued'] }).map(({ entry }) => entry);
const linked = (service: Service) =>
  eventually(
    async () => service.sync.cards() !== null && service.loyalty.shop() !== null,
    (there) => there,
  );

it('[N2] a till that dies as its card is made has it on record, once, at its next start with a link', async () => {
  const [before, after] = [newFolder(), newFolder()];
  let died = false;
  const first = await openTill(before, () => {
    died = true;
  });
  await linked(first);
  const order = { intention: newId(), cardNumber: null, useCardAsItLies: true, timeoutMs: 30_000 };
  first.simulated!.tray()!.present(blankSlot);
  expect(issueOnce(first.cardWork, first.cardWorks, acting, order)).toMatchObject({ ok: true });
  await eventually(
    async () => died,
    (told) => told,
  );
  expect(issuedBy(first)).toEqual([]);
  // What a kill leaves is what the disk has.
  execFileSync('cp', ['-a', `${before}/.`, after]);

  const second = await openTill(after);
  opened.push(second);
  const [entry] = await eventually(
    async () => issuedBy(second),
    (entries) => entries.length > 0,
  );
  expect(entry).toMatchObject({ intention: order.intention, staff: 'awa', body: { how: 'issued', cardCounter: 0 } });
  const { cardNumber, points, balance } = (entry as Extract<typeof entry, { kind: 'card.issued' }>).body;
  expect(points).toBeGreaterThan(0);
  expect(balance).toBe(points);
  expect(issueOnce(second.cardWork, second.cardWorks, acting, order)).toMatchObject({ ok: true });
  await second.sync.engine.syncNow({ waitMs: 20_000 });
  expect(issuedBy(second)).toHaveLength(1);
  expect(await second.verifyJournal()).toMatchObject({ faults: [] });
  const { rows } = await sql<{ balance: number; kind: string }>`
    SELECT ledger.balance::int AS balance, moved.kind FROM card_ledger AS ledger
    JOIN card_operations AS moved USING (tenant_id, card_number) WHERE card_number = ${cardNumber}`.execute(
    central.owner,
  );
  expect(rows).toEqual([{ balance: points, kind: 'issued' }]);
});
