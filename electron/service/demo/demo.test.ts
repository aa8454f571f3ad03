import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { demoSetup } from '#test/harness/composed-service.ts';
import { historyOf } from '#test/harness/counter-cards.ts';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { createSimulatedCounter } from './counter.ts';
import { demoInfo } from './info.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-demo-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const plugged = async () => {
  const clock = new VirtualClock();
  const counter = createSimulatedCounter({ setup: demoSetup, dataDir, clock, randomBytes: predictableBytes() });
  const reader = counter.openReader();
  await counter.trayFilled();
  return { counter, reader };
};

describe('the counter of a demonstration', () => {
  it('[N8] has the cards of the tray, which keep what is written on them', async () => {
    const { counter, reader } = await plugged();
    expect([1, 2, 3, 4, 5, 6, 7, 8].filter((slot) => counter.tray()!.present(slot))).toEqual([1, 2, 3, 4, 5, 7]);
    counter.tray()!.present(1);
    expect(await historyOf(reader.card!)).toMatchObject([{ balancePoints: 1215, counter: 12 }]);
    const kept = reader.card!.toJSON();
    counter.tray()!.remove();
    const again = await plugged();
    again.counter.tray()!.present(1);
    expect(again.reader.card!.toJSON()).toEqual(kept);
  });

  it('keeps its cards for their owner alone, and makes one anew that cannot be read', async () => {
    await plugged();
    const folder = join(dataDir, 'simulators');
    expect(readdirSync(folder).sort()).toEqual([1, 2, 3, 4, 5, 7].map((slot) => `card-${slot}.json`));
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'card-1.json'), '{"cut sho');
    const { counter, reader } = await plugged();
    counter.tray()!.present(1);
    expect(await historyOf(reader.card!)).toHaveLength(1);
  });

  it('goes on where its cards cannot be kept', async () => {
    const { counter, reader } = await plugged();
    rmSync(join(dataDir, 'simulators'), { recursive: true });
    counter.tray()!.present(1);
    counter.tray()!.remove();
    counter.tray()!.present(1);
    expect(await historyOf(reader.card!)).toHaveLength(1);
  });

  it('tells what it shows on its own sign-in page, and nothing on a till that is none', async () => {
    const { counter } = await plugged();
    counter.tray()!.present(4);
    expect(demoInfo(demoSetup, counter)).toMatchObject({
      ok: true,
      value: {
        present: 4,
        cards: [{ slot: 1, cardNumber: '0417209320' }, {}, { cardNumber: null }, {}, {}, { slot: 7 }],
      },
    });
    expect(demoInfo(null, null)).toEqual({ ok: false, error: { type: 'NotSimulated' } });
  });
});
