import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldDay } from '#contract/counter/day.ts';
import { expectedCashMinor, lateIn } from '#contract/counter/figures.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import type { DayTotals } from '#contract/journal/kinds/day.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let office: CentralClient;
beforeAll(async () => {
  central = await startCentral();
  office = await officeOf('manager');
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const password = central.seed.staff.find((person) => person.code === code)!.pin;
  const { token } = await central.client().office.signIn({ code, password });
  return central.client({ authorization: `Bearer ${token}` });
}

async function newTill(): Promise<CentralTill> {
  const { code } = await office.office.enrolmentCode({ label: 'caisse' });
  return CentralTill.enrol(central.url, central.client(), code);
}

/** A Z as a till makes it: the fold of what follows its last one, by the shared code. */
function close(till: CentralTill, number: number, day: string, change: Partial<DayTotals> = {}): void {
  const since = till.entries.findLastIndex(({ entry }) => entry.kind === 'day.closed') + 1;
  const entries = till.entries.slice(since).map(({ entry }) => entry);
  const totals = { ...foldDay(entries, localDayIn('Africa/Lome')), ...change };
  const expectedMinor = expectedCashMinor(totals);
  till.append('day.closed', {
    wallTime: `${day}T20:00:00.000Z`,
    staff: 'manager',
    body: {
      number,
      day,
      totals,
      currency: 'XOF',
      headHash: till.head!.hash,
      late: lateIn(totals, day),
      ticketNumber: `1-Z${number}`,
      expectedMinor,
      countedMinor: expectedMinor - 50,
      differenceMinor: -50,
      reason: 'Rendu de trop',
      blind: false,
      approvedBy: null,
    },
  });
}

describe('the days of a shop', () => {
  it('[T12] [N1] add two tills up to one total, each Z beside it, with what is open since', async () => {
    const [one, two] = [await newTill(), await newTill()];
    one.sale(10_000, { wallTime: '2026-11-23T10:00:00.000Z' });
    one.sale(2_500, { wallTime: '2026-11-23T11:00:00.000Z' });
    close(one, 1, '2026-11-23');
    two.sale(5_000, { wallTime: '2026-11-23T12:00:00.000Z' });
    close(two, 1, '2026-11-23');
    two.sale(700, { wallTime: '2026-11-24T09:00:00.000Z' });
    await one.push();
    await two.push();
    const { days, next, open } = await office.office.days({});
    expect(next).toBeNull();
    expect(days).toMatchObject([
      { day: '2026-11-23', currency: 'XOF', takingsMinor: 17_500, differenceMinor: -100, late: { count: 0 } },
    ]);
    const [day] = days;
    expect(day?.totals.lines).toMatchObject([{ operation: 'sale', count: 3, amountMinor: 17_500, points: 175 }]);
    expect(day?.zs.map(({ takingsMinor }) => takingsMinor).sort()).toEqual([12_500, 5_000]);
    expect(day?.zs[0]).toMatchObject({ number: 1, staff: 'manager', staffName: 'Nadège Koffi', agrees: true });
    expect(open.find(({ terminal }) => terminal === two.id)).toMatchObject({
      lastZ: { number: 1, day: '2026-11-23' },
      operations: 1,
      takingsMinor: 700,
      firstAt: '2026-11-24T09:00:00.000Z',
    });
    expect(open.find(({ terminal }) => terminal === one.id)).toMatchObject({ operations: 0, firstAt: null });
  });

  it('[N1] have what came after a Z in the next one, at its own date', async () => {
    const till = await newTill();
    close2(till);
    await till.push();
    const { days } = await office.office.days({ from: '2026-12-01', to: '2026-12-02' });
    expect(days.map(({ day, takingsMinor }) => [day, takingsMinor])).toEqual([
      ['2026-12-02', 900],
      ['2026-12-01', 100],
    ]);
    expect(days[0]).toMatchObject({ late: { count: 1, amountMinor: 400 } });
    expect(days[0]?.totals.dates).toEqual([
      { day: '2026-12-01', count: 1, amountMinor: 400 },
      { day: '2026-12-02', count: 2, amountMinor: 500 },
    ]);
  });

  it('[N1] are counted by the server too: a Z that says something else is shown as such', async () => {
    const till = await newTill();
    till.sale(1_000, { wallTime: '2026-12-05T10:00:00.000Z' });
    close(till, 1, '2026-12-05', { pointsGiven: 0 });
    till.sale(1_000, { wallTime: '2026-12-06T10:00:00.000Z' });
    close(till, 2, '2026-12-06');
    await till.push();
    const { days } = await office.office.days({ from: '2026-12-05', to: '2026-12-06' });
    expect(days.map(({ zs }) => zs.map(({ agrees }) => agrees))).toEqual([[true], [false]]);
  });

  it('come in whole days, a page at a time, and only to their own shop', async () => {
    const first = await office.office.days({ limit: 1 });
    expect(first.days).toHaveLength(1);
    const second = await office.office.days({ limit: 62, before: first.next! });
    expect(second.days.map(({ day }) => day)).toEqual(['2026-12-05', '2026-12-02', '2026-12-01', '2026-11-23']);
    expect(second.next).toBeNull();
    expect(await refusalOf(central.client().office.days({}))).toMatchObject({ type: 'NotSignedIn' });
    const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 2)!;
    const other = await CentralTill.enrol(central.url, central.client(), code);
    other.sale(1_000);
    close(other, 1, '2026-12-31');
    await other.push();
    expect((await office.office.days({ from: '2026-12-31' })).days).toEqual([]);
  });
});

/** A sale in the evening after the Z of its day, then a day that somebody opens. */
function close2(till: CentralTill): void {
  till.sale(100, { wallTime: '2026-12-01T10:00:00.000Z' });
  close(till, 1, '2026-12-01');
  till.sale(400, { wallTime: '2026-12-01T21:00:00.000Z' });
  till.sale(200, { wallTime: '2026-12-02T09:00:00.000Z' });
  till.sale(300, { wallTime: '2026-12-02T10:00:00.000Z' });
  close(till, 2, '2026-12-02');
}
