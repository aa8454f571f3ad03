import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let office: CentralClient;
let till: CentralTill;
beforeAll(async () => {
  central = await startCentral();
  office = await officeOf('manager');
  const { code } = await office.office.enrolmentCode({ label: 'caisse' });
  till = await CentralTill.enrol(central.url, central.client(), code);
  clocked('cashier', 'in', '2026-11-23T07:58:00.000Z');
  clocked('manager', 'in', '2026-11-23T08:10:00.000Z');
  clocked('cashier', 'out', '2026-11-23T16:01:00.000Z');
  clocked('cashier', 'in', '2026-11-24T07:55:00.000Z');
  await till.push();
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const password = central.seed.staff.find((person) => person.code === code)!.pin;
  const { token } = await central.client().office.signIn({ code, password });
  return central.client({ authorization: `Bearer ${token}` });
}
const clocked = (staff: string, direction: 'in' | 'out', wallTime: string) =>
  till.append('attendance.clocked', { body: { staff, direction, by: 'badge' }, staff, wallTime });

describe('the office’s list of comings and goings', () => {
  it('[T28] has them newest first, with names, a page at a time, and counts them once', async () => {
    await till.push();
    const first = await office.office.attendance({ limit: 3 });
    expect(first.count).toBe(4);
    expect(first.rows.map(({ staff, direction }) => [staff, direction])).toEqual([
      ['cashier', 'in'],
      ['cashier', 'out'],
      ['manager', 'in'],
    ]);
    expect(first.rows[0]).toMatchObject({ staffName: 'Awa Koné', by: 'badge', wallTime: '2026-11-24T07:55:00.000Z' });
    const rest = await office.office.attendance({ limit: 3, before: first.next! });
    expect(rest.rows.map(({ wallTime }) => wallTime)).toEqual(['2026-11-23T07:58:00.000Z']);
    expect(rest.next).toBeNull();
  });

  it('[T28] is narrowed by name, direction and days, and exported so', async () => {
    const cashier = await office.office.attendance({
      search: 'awa',
      status: 'in',
      from: '2026-11-23',
      to: '2026-11-23',
    });
    expect(cashier.rows.map(({ wallTime }) => wallTime)).toEqual(['2026-11-23T07:58:00.000Z']);
    expect(await refusalOf(office.office.attendance({ status: 'sideways' }))).toMatchObject({ type: 'InvalidRequest' });
    const file = await office.office.exportList({ list: 'attendance', format: 'csv', language: 'fr', search: 'awa' });
    const text = await new Response(file.body).text();
    expect(text.trim().split('\r\n')).toHaveLength(4);
    expect(text).toContain('arrivée');
  });

  it('[T28] is seen by its own shop alone', async () => {
    expect(await refusalOf(central.client().office.attendance({}))).toMatchObject({ type: 'NotSignedIn' });
    const rows = await central.app.selectFrom('attendance').selectAll().execute();
    expect(rows).toEqual([]);
  });
});
