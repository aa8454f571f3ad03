import { afterAll, beforeAll, expect, it } from 'vitest';
import { newTillOf, officeOf } from '#test/harness/card-relay.ts';
import { type CentralClient, type RunningCentral, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let manager: CentralClient;
beforeAll(async () => {
  central = await startCentral();
  manager = await officeOf(central, 'manager');
});
afterAll(() => central?.stop());

const dayMs = 24 * 3_600_000;
const agoMs = (ms: number) => new Date(Date.now() - ms).toISOString();
const casesOf = async ({ id }: CentralTill, status?: 'open') =>
  (await manager.office.cases({ status })).cases.filter(
    ({ kind, key }) => kind === 'ClockWentBack' && key.includes(id),
  );
const sell = (till: CentralTill, ...wallTimes: string[]) =>
  wallTimes.map((wallTime) => till.sale(1_000, { wallTime }).entry);

it('[T20] a till whose clock goes back is one case, with both entries and the step, over batches too', async () => {
  const till = await newTillOf(central);
  const [before] = sell(till, agoMs(60_000));
  await till.push();
  const [back] = sell(till, agoMs(2 * dayMs), agoMs(30_000), agoMs(3 * dayMs));
  await till.push();
  const [found, ...more] = await casesOf(till);
  expect(more).toEqual([]);
  const backMs = Date.parse(before!.wallTime) - Date.parse(back!.wallTime);
  expect(found).toMatchObject({ till: 'Caisse', cardNumber: null, evidence: [{ clock: [before, back], backMs }] });
  const decided = { key: found!.key, decision: 'explained', note: 'Pile du PC changée' } as const;
  await manager.office.settleCase(decided);
  sell(till, agoMs(20_000), agoMs(4 * dayMs));
  await till.push();
  expect(await casesOf(till)).toHaveLength(2);
  expect(await casesOf(till, 'open')).toHaveLength(1);
});

it('[T20] what comes late, after days without a link, in pieces or in a new epoch, is none', async () => {
  const till = await newTillOf(central);
  // The till was opened by a clock that the server's agrees with; a day that came before begins its next epoch.
  till.open(till.head);
  sell(till, agoMs(5 * dayMs), agoMs(5 * dayMs), agoMs(4 * dayMs));
  await till.push(till.entries.slice(0, 3));
  sell(till, agoMs(4 * dayMs - 60_000), agoMs(4 * dayMs + 60_000), agoMs(1_000));
  await till.push();
  expect(await casesOf(till)).toEqual([]);
});
