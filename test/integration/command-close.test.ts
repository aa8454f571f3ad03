import { randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CentralContract, centralContract } from '#contract/central/index.ts';
import { comptoirOn, Demo } from '#test/harness/demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.start();
});
afterAll(async () => {
  await demo?.remove();
});

const textOf = (value: Record<string, unknown>) =>
  (value.ticket as { lines: string[] }).lines.join('\n').replaceAll(/[\u00a0\u202f]/g, ' ');
const done = (...words: string[]) => demo.done(...words);

/** The shop's days as the office sees them. */
async function officeDays() {
  const client = (headers: Record<string, string>) =>
    createORPCClient<ContractRouterClient<CentralContract>>(
      new OpenAPILink(centralContract, { url: demo.ready.centralUrl, headers }),
    );
  const { token } = await client({}).office.signIn({ code: 'manager', password: demo.pinOf('manager') });
  return client({ authorization: `Bearer ${token}` }).office.days({});
}

describe('the day by the command', () => {
  it('[N1] opens with a float, is looked at as X, and ends with a numbered Z that says the difference and why', async () => {
    expect(await demo.comptoir('close', 'z', '--counted', '0')).toMatchObject({
      status: 3,
      json: { error: { type: 'NothingToClose' } },
    });
    expect(await done('day', 'open', '--float', '20000')).toMatchObject({ floatMinor: 20_000 });
    expect(await demo.comptoir('day', 'open', '--float', '20000')).toMatchObject({
      status: 3,
      json: { error: { type: 'DayAlreadyOpen' } },
    });
    await demo.lay(1);
    await done('sale', '--amount', '1250');
    const x = await done('close', 'x');
    expect(x).toMatchObject({
      number: 1,
      takingsMinor: 1_250,
      expectedMinor: 21_250,
      print: 'confirmed',
      totals: [{ trade: 'loyalty', operation: 'sale', count: 1, amountMinor: 1_250 }],
    });
    const closing = ['close', 'z', '--counted', '21000', '--intention', randomUUID()];
    expect(await demo.comptoir(...closing)).toMatchObject({
      status: 3,
      json: { error: { type: 'CountDiffers', expectedMinor: 21_250, differenceMinor: -250 } },
    });
    const z = await done(...closing, '--reason', 'Rendu de monnaie');
    expect(z).toMatchObject({
      number: 1,
      countedMinor: 21_000,
      differenceMinor: -250,
      reason: 'Rendu de monnaie',
      print: 'confirmed',
    });
    expect(textOf(z)).toMatch(/Z +n° 0001/);
    expect(await done(...closing)).toEqual(z);
    expect(await done('close', 'x', '--no-print')).toMatchObject({ number: 2, totals: [], takingsMinor: 0 });
  });

  it('[T25] asks a cashier for a manager where the shop does, and puts both on record', async () => {
    const cashier = ['--staff', 'cashier', '--pin-stdin'];
    const asCashier = (...words: string[]) =>
      comptoirOn(demo.data, [...words, ...cashier], { stdin: `${demo.pinOf('cashier')}\n` });
    const out = ['drawer', 'move', '--out', '--amount', '5000', '--reason', 'Banque'];
    expect(await asCashier(...out)).toMatchObject({
      status: 3,
      json: { error: { type: 'ApprovalRequired', act: 'cash-movement' } },
    });
    expect(await done(...out)).toMatchObject({ amountMinor: -5_000, print: 'confirmed' });
    expect((await asCashier('drawer', 'open', '--reason', 'change')).json).toMatchObject({ ok: true });
    expect(await done('close', 'x')).toMatchObject({ expectedMinor: -5_000, cash: { takenOutMinor: 5_000 } });
  });

  it('[N1] a Z whose paper is in doubt stands all the same: exit 5, and the next X begins at nothing', async () => {
    await demo.lay(1);
    await done('sale', '--amount', '5000');
    await done('simulate', 'printer', 'silent');
    const doubtful = await demo.comptoir('close', 'z', '--counted', '0');
    expect(doubtful).toMatchObject({ status: 5, json: { error: { type: 'PrintUnknown', number: 2 } } });
    await done('simulate', 'printer', 'ok');
    expect(await done('close', 'x', '--no-print')).toMatchObject({ number: 3, takingsMinor: 0 });
    expect(await done('journal', 'verify')).toMatchObject({ faults: [] });
  });

  it('[N1] reaches the shop’s days on the server, which comes to the same', async () => {
    await done('sync', '--wait');
    const { days } = await officeDays();
    expect(days.flatMap(({ zs }) => zs.map(({ number, agrees }) => [number, agrees]))).toEqual([
      [1, true],
      [2, true],
    ]);
  });
});
