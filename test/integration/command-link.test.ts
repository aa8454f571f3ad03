import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Demo, eventually, kill, processOf } from '#test/harness/demo.ts';

const daySeconds = 86_400;

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.start();
});
afterAll(async () => {
  await demo?.remove();
});
beforeEach(async () => {
  await demo.lay(1);
});

const status = () => demo.done('status');
const sell = (amount = '100') => demo.done('sale', '--amount', amount);
const lampOf = async (part: string) =>
  ((await status()).devices as { part: string; state: string; detail: string }[]).find((lamp) => lamp.part === part);

const Page = z.object({
  transactions: z.array(z.object({ ticketNumber: z.string() })),
  totals: z.object({ count: z.int() }),
});

/** The shop's page of transactions, as its manager sees it. */
async function office(): Promise<{ tickets: string[]; count: number }> {
  const { centralUrl } = demo.ready;
  const post = (path: string, body: object) =>
    fetch(`${centralUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const signedIn = await post('/v1/office/sessions', { code: 'manager', password: demo.pinOf('manager') });
  const { token } = z.object({ token: z.string() }).parse(await signedIn.json());
  const headers = { authorization: `Bearer ${token}` };
  const page = await fetch(`${centralUrl}/v1/office/transactions?limit=200`, { headers });
  const { transactions, totals } = Page.parse(await page.json());
  return { tickets: transactions.map(({ ticketNumber }) => ticketNumber), count: totals.count };
}

/** Every sale of the till stands once at the office. */
async function expectTheSame(): Promise<void> {
  const sales = (await demo.journal(500)).filter(({ kind }) => kind === 'loyalty.sale');
  const { tickets, count } = await eventually(office, (seen) => seen.count >= sales.length);
  expect(count).toBe(sales.length);
  expect([...tickets].sort()).toEqual(sales.map(({ detail }) => detail).sort());
}

describe('with a link', () => {
  it('[T16] [T41] a sale is at the office by itself, under its ticket number', async () => {
    const { ticketNumber } = await sell('1250');
    const { tickets } = await eventually(office, (seen) => seen.tickets.includes(String(ticketNumber)));
    expect(tickets.filter((ticket) => ticket === ticketNumber)).toHaveLength(1);
    await eventually(status, (seen) => seen.unsent === 0);
  });
});

describe('without a link', () => {
  it('[T17] three sales are three operations kept here; all are sent when it is back, and none twice', async () => {
    await demo.done('sync', '--wait');
    expect(await demo.done('simulate', 'link', 'down')).toEqual({ link: 'down' });
    for (let sale = 0; sale < 3; sale += 1) expect(await sell()).toMatchObject({ card: 'applied', print: 'confirmed' });
    const offline = await status();
    expect(offline).toMatchObject({ link: 'offline', unsent: 3, unsentByKind: { 'loyalty.sale': 3 } });
    expect(offline).toMatchObject({ offlineSinceMs: expect.any(Number), offlineUntilMs: expect.any(Number) });
    expect(await lampOf('queue')).toMatchObject({ state: 'warn', detail: 'waiting' });
    expect(await lampOf('network')).toMatchObject({ state: 'warn', detail: 'offline' });

    const waited = await demo.comptoir('sync', '--wait', '--timeout', '1');
    expect(waited).toMatchObject({ status: 3, json: { error: { type: 'SyncTimeout', unsent: 3 } } });

    await demo.done('simulate', 'link', 'up');
    expect(await demo.done('sync', '--wait')).toMatchObject({ unsent: 0, conflicts: 0 });
    expect(await status()).toMatchObject({ link: 'online', unsent: 0, unsentEntries: 0, unsentByKind: {} });
    expect(await lampOf('queue')).toMatchObject({ state: 'ok', detail: 'sent' });
    await expectTheSame();
  });

  it('[T16] [T17] the till sells on when the server is killed; the demonstration starts it again, and nothing is doubled', async () => {
    await demo.done('sync', '--wait');
    const central = () => processOf(demo.data, /backend\/main\.ts/);
    const killed = central();
    kill(killed, 'SIGKILL');
    for (let sale = 0; sale < 2; sale += 1) expect(await sell()).toMatchObject({ card: 'applied' });
    await eventually(
      () => demo.progress,
      (said) => said.includes('The central server is up again.'),
    );
    expect(demo.progress).toContain('The till goes on selling; it is started again in 1 s.');
    expect(central()).not.toBe(killed);
    expect(await demo.done('sync', '--wait')).toMatchObject({ unsent: 0, conflicts: 0 });
    expect(await status()).toMatchObject({ link: 'online' });
    await expectTheSame();
  });

  it('[T16] [T17] the same when its database is killed', async () => {
    await demo.done('sync', '--wait');
    const before = demo.progress.length;
    kill(processOf(demo.data, /bin\/postgres -D/), 'SIGKILL');
    expect(await sell()).toMatchObject({ card: 'applied' });
    await eventually(
      () => demo.progress.slice(before),
      (said) => said.includes('The central server is up again.'),
    );
    expect(await demo.done('sync', '--wait')).toMatchObject({ unsent: 0, conflicts: 0 });
    await expectTheSame();
  });
});

describe('a wrong clock', () => {
  it.each([
    ['a day fast', daySeconds, 'fast'],
    ['two hours slow', -7_200, 'slow'],
    ['ten years slow', -3_650 * daySeconds, 'slow'],
    ['ten years fast', 3_650 * daySeconds, 'fast'],
  ])('[T17] [N5] %s: the lamp says so, and selling and sending go on', async (_what, seconds, detail) => {
    expect(await demo.done('simulate', 'clock', 'shift', String(seconds))).toMatchObject({ shiftSeconds: seconds });
    expect(await lampOf('clock')).toMatchObject({ state: 'warn', detail });
    const { clockOffsetMs } = await status();
    expect(Math.abs(Number(clockOffsetMs) + seconds * 1000)).toBeLessThan(60_000);
    expect(await sell()).toMatchObject({ card: 'applied' });
    expect(await demo.done('sync', '--wait')).toMatchObject({ unsent: 0, conflicts: 0 });
    await demo.done('simulate', 'clock', 'shift', String(-seconds));
    expect(await lampOf('clock')).toMatchObject({ state: 'ok', detail: 'right' });
    await expectTheSame();
  });
});

describe('looking', () => {
  it('[T37] the journal after all that: listed newest first, and without a fault', async () => {
    const { entries, head, total } = await demo.done('journal', 'list', '--limit', '3');
    const [first, second] = entries as { seq: number; sent: boolean }[];
    expect(head).toMatchObject({ epoch: 1, seq: first?.seq });
    expect(second?.seq).toBe(Number(first?.seq) - 1);
    const verified = await demo.done('journal', 'verify');
    expect(verified).toMatchObject({ entries: total, faults: [], head });
  });

  it('[N8] [T15] lists and tests the devices, and refuses addresses that cannot be', async () => {
    const { devices } = await demo.done('device', 'list');
    expect((devices as { device: string; address: string }[]).map(({ device, address }) => [device, address])).toEqual([
      ['reader', 'simulated:'],
      ['printer', 'simulated:'],
      ['register', 'simulated:'],
    ]);
    for (const device of ['reader', 'printer', 'register'])
      expect(await demo.done('device', 'test', device)).toMatchObject({ device, lamp: { part: device } });
    const refused = (type: string) => ({ status: 3, json: { error: { type } } });
    expect(await demo.comptoir('device', 'set', 'printer', 'nonsense')).toMatchObject(refused('DeviceAddressInvalid'));
    expect(await demo.comptoir('device', 'set', 'printer', 'simulated:', '--profile', 'none')).toMatchObject(
      refused('DeviceProfileUnknown'),
    );
    expect(await demo.comptoir('device', 'set', 'toaster', 'simulated:')).toMatchObject({ status: 2 });
    expect(await lampOf('printer')).toMatchObject({ state: 'ok' });
  });

  it('tells who this is and since when', async () => {
    expect(await status()).toMatchObject({
      terminal: expect.stringMatching(/^[0-9a-f-]{36}$/),
      versions: { comptoir: expect.any(String) },
      tapToResultP95Ms: expect.any(Number),
    });
  });

  it('[T16] enrols once only', async () => {
    const { centralUrl, samples } = demo.ready;
    const again = await demo.comptoir('enrol', '--central', centralUrl, '--code', samples.enrolmentCode);
    expect(again).toMatchObject({ status: 3, json: { error: { type: 'AlreadyEnrolled' } } });
  });
});
