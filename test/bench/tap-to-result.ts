import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bundles } from '#build/bundle/bundles.ts';
import { bundleForNode } from '#build/bundle/node-bundle.ts';
import type { SaleResult } from '#contract/till/loyalty.ts';
import type { TillClient } from '#electron/cli/door-client.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { connectVirtualCard, type LaidCard } from '#native/simulators/vpcd.ts';
import { trayCards } from '#service/demo/tray-cards.ts';
import { inPcscNamespace, type PcscScenario } from '#test/harness/pcscd.ts';
import { openBare } from './bare-pcsc.ts';
import { type Bench, row } from './row.ts';
import { newId, random, startTill, untilSeen } from './till-on-pcscd.ts';

const sales = 60;
const reader = 'Virtual PCD 00 00';
const getVersion = Buffer.from('9060000000', 'hex');
const self = fileURLToPath(import.meta.url);

const Taps = z.object({
  tapToResultMs: z.array(z.number()),
  exchanges: z.array(z.int()),
  bareMs: z.array(z.number()),
});

/**
 * From the card on the reader to the result on the screen: the bundled service, enrolled at a real server, a real pcscd
 * and a virtual card of a returning customer, tapped anew for each sale.
 */
export const tapToResult: Bench = {
  ids: ['tap-to-result-p95'],
  async rows() {
    await bundleForNode(bundles.service);
    const { lines, exitCode, stderr } = await inPcscNamespace(self, [], { timeoutMs: 240_000 });
    const measured = Taps.safeParse(lines.at(-1));
    if (exitCode !== 0 || !measured.success) throw new Error(`the measure failed: ${stderr}`);
    const { tapToResultMs, exchanges, bareMs } = measured.data;
    const counts = [...new Set(exchanges)].join(' or ');
    const note = `p95 of ${sales} taps, ${counts} exchanges with the card each; reference: p95 of as many bare exchanges`;
    const figures = { value: p95(tapToResultMs), unit: 'ms', reference: p95(bareMs) };
    return [row({ id: 'tap-to-result-p95', ...figures, goal: { valueAtMost: 150 }, note })];
  },
};

const scenario: PcscScenario = async ({ ports, report }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'comptoir-tap-'));
  const { central, service, setup, till } = await startTill(folder);
  try {
    const card = await trayCards[0]!.make(setup, random, Date.now());
    const lay = async () => {
      const laid = await connectVirtualCard({ port: ports[0], atr: card.atr, card: contactless(card) });
      if (!laid.ok) throw new Error(laid.error.detail);
      return laid.value;
    };
    const results: SaleResult[] = [];
    for (let sale = 0; sale < sales; sale++) results.push(await sellOnce(till, lay));
    const exchanges = results.map((result) => result.exchanges);
    const laid = await lay();
    await untilSeen();
    const bareMs = await timeBare(Math.max(...exchanges) + 1);
    await laid.remove();
    report({ tapToResultMs: results.map((result) => result.tapToResultMs), exchanges, bareMs });
  } finally {
    await service.stop(10_000);
    await central.stop(10_000);
    rmSync(folder, { recursive: true, force: true });
  }
};
export default scenario;

/** One sale with a card that comes when it is asked for, and goes when the result is there. */
async function sellOnce(till: TillClient, lay: () => Promise<LaidCard>): Promise<SaleResult> {
  const order = { intention: newId(), amountMinor: 1_250, source: 'command', receiptNumber: null } as const;
  const events = await till.loyalty.sell({ ...order, useCardAsItLies: false, timeoutMs: 10_000 });
  let laid: LaidCard | undefined;
  let result: SaleResult | undefined;
  for await (const event of events) {
    if (event.stage === 'present-card') laid = await lay();
    if (event.stage === 'result') result = event.result;
  }
  await laid?.remove();
  await untilSeen();
  if (result === undefined) throw new Error('a sale ended without its result');
  return result;
}

/** The same number of exchanges, one after another, with nothing around them. */
async function timeBare(exchangesPerTap: number): Promise<number[]> {
  const bare = await openBare(reader);
  const taps: number[] = [];
  for (let tap = 0; tap < sales; tap++) {
    const startedMs = performance.now();
    for (let count = 0; count < exchangesPerTap; count++) await bare.transmit(getVersion);
    taps.push(performance.now() - startedMs);
  }
  await bare.close();
  return taps;
}

function p95(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.ceil(samples.length * 0.95) - 1]!;
}
