import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { monthAgrees } from '#test/harness/month-checks.ts';
import { type MonthPlan, runMonth } from '#test/harness/month-days.ts';
import { MonthRandom } from '#test/harness/month-random.ts';
import { MonthShop } from '#test/harness/month-shop.ts';
import { MonthTill } from '#test/harness/month-till.ts';
import { MonthTime } from '#test/harness/month-time.ts';

// A month of a shop with two tills and its server, by chance from a seed: all that a shopkeeper does, and what goes wrong beside it.
// Beside the product a naive notebook is kept (`harness/month-model.ts`), and at each evening and at the end both say the same.
// Other seeds: MONTH_SEEDS=1,2,3 npx vitest run --project integration test/integration/month-of-a-shop.test.ts

type Calendar = { begins: string; timeZone: string };
const calendars: Record<string, Calendar> = {
  // Over the end of a month, in a zone that never changes its clocks.
  Abidjan: { begins: '2026-11-10T06:00:00Z', timeZone: 'Africa/Abidjan' },
  // Over the end of a year; clocks go forward on 20 December and back on 17 January, and the day begins twelve hours before UTC's.
  Fiji: { begins: '2020-12-15T18:00:00Z', timeZone: 'Pacific/Fiji' },
};
const plan: MonthPlan = { days: 30, operationsPerDay: 4, publishOn: [8, 21], shutAfter: { day: 17, days: 5 } };
const withinMs = 240_000;

const opened: { central?: RunningCentral; tills: MonthTill[] } = { tills: [] };
afterEach(async () => {
  for (const till of opened.tills) {
    await till.service.close().catch(() => undefined);
    till.remove();
  }
  await opened.central?.stop();
  opened.tills = [];
});

async function openShop(seed: number, { begins, timeZone }: Calendar): Promise<MonthShop> {
  const time = new MonthTime(Date.parse(begins));
  const random = new MonthRandom(seed);
  const central = await startCentral({ clock: time.besides('019f0000-0000-7000-8000-0000000000ce') });
  opened.central = central;
  await sql`UPDATE tenants SET time_zone = ${timeZone} WHERE number = 1`.execute(central.owner);
  const { staff, cards, enrolmentCodes } = central.seed;
  const shop1 = { number: 1, keys: cards.shops.find(({ number }) => number === 1)!.keys };
  const newTill = (index: number) => {
    const setup: DemoSetup = {
      ...{ centralUrl: central.url, officeUrl: central.url, sampleEnrolmentCode: null },
      enrolmentCode: enrolmentCodes.filter(({ shop }) => shop === 1)[index]!.code,
      staff: staff.filter(({ shop }) => shop === 1),
      cards: { networkId: cards.networkId, network: cards.network, shop: shop1 },
    };
    const till = new MonthTill({ setup, time, random, timeZone });
    opened.tills.push(till);
    return till;
  };
  const shop = new MonthShop({ central, tills: [newTill(0), newTill(1)], time, random }, timeZone);
  const rules = { perMinor: 100, points: 1, sundayPercent: 100 };
  await shop.publish((programme) => ({ ...programme, expiryMonths: 1 }), rules);
  return shop;
}

const committed: [string, number][] = [
  ['Abidjan', 13],
  ['Fiji', 10],
];
const asked = process.env.MONTH_SEEDS?.split(',').map((seed): [string, number] => [
  Number(seed) % 2 === 0 ? 'Fiji' : 'Abidjan',
  Number(seed),
]);

describe('a month of a shop with two tills, its links cut and its cards pulled', () => {
  it.each(asked ?? committed)(
    '[T12] [T17] [T20] [T24] [T28] [N1] [N2] in %s, seed %i: cards, tills, server, Zs and files agree with a notebook',
    async (place, seed) => {
      const shop = await openShop(seed, calendars[place]!);
      const begunMs = performance.now();
      const busier = { ...plan, operationsPerDay: 8 };
      await runMonth(shop, asked ? busier : plan).catch((cause) => {
        console.error(`${new Date(shop.nowMs).toISOString()} ${JSON.stringify(Object.fromEntries(shop.done))}`);
        throw cause;
      });
      await monthAgrees(shop);
      console.info(place, seed, Math.round(performance.now() - begunMs), Object.fromEntries(shop.done));
      expect(shop.done.get('sale')).toBeGreaterThan(40);
    },
    withinMs,
  );
});
