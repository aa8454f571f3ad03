import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comptoirText, Demo } from '#test/harness/demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.start();
});
afterAll(async () => {
  await demo?.remove();
});

/** A verb on the training till. */
const training = async (...words: string[]) => {
  const ran = await demo.comptoir(...words, '--training');
  if (!ran.json.ok) throw new Error(JSON.stringify(ran));
  return ran.json.value;
};
const head = async () => {
  const { json } = await demo.comptoir('journal', 'list', '--limit', '1');
  return json.ok ? json.value.head : json;
};
const lay = (slot: number) => training('simulate', 'card', 'present', String(slot));

describe('training by the command', () => {
  it('[N8] [T34] issues, sells, spends, fills a purse and closes a day, and the real books do not move', async () => {
    const before = await head();
    await lay(3);
    const issued = await training('card', 'issue');
    expect(issued).toMatchObject({ how: 'issued' });
    const sold = await training('sale', '--amount', '125000');
    expect(sold).toMatchObject({
      cardNumber: issued.cardNumber,
      card: 'applied',
      ticketNumber: expect.stringMatching(/^F1-/),
    });
    expect(JSON.stringify(sold.ticket)).toContain('FACTICE');
    expect(await training('spend', '--gift', 'savon')).toMatchObject({ card: 'applied' });
    expect(await training('purse', 'top-up', '--amount', '5000')).toMatchObject({ balanceMinor: 5_000 });
    expect(await training('purse', 'pay', '--amount', '1200')).toMatchObject({ balanceMinor: 3_800 });
    expect(await training('close', 'x')).toMatchObject({ number: 1 });
    expect(await training('journal', 'verify')).toMatchObject({ faults: [] });
    expect(await head()).toEqual(before);
  });

  it('[N8] drives its own simulators: the real till’s line and cards stay as they were', async () => {
    await training('simulate', 'link', 'down');
    expect(await training('status')).toMatchObject({ link: 'offline' });
    const live = await demo.comptoir('status');
    expect(live.json).toMatchObject({ ok: true, value: { link: 'online' } });
    await training('simulate', 'link', 'up');
    expect(await training('sync')).toMatchObject({ unsent: 0 });
  });

  it('says on standard error that nothing counts, and has help and wrong usage', async () => {
    const asked = ['status', '--training', '--data', demo.data, '--lang', 'fr'];
    expect((await comptoirText(asked)).stderr).toContain('rien ne compte');
    expect((await comptoirText(['help', 'sale', '--lang', 'en'])).stdout).toContain('--training');
    expect(await comptoirText(['backup', '/tmp/x', '--training'])).toMatchObject({ status: 2 });
  });
});
