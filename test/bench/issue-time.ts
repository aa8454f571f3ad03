import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bundles } from '#build/bundle/bundles.ts';
import { bundleForNode } from '#build/bundle/node-bundle.ts';
import type { IssuedCard } from '#contract/till/cards.ts';
import type { TillClient } from '#electron/cli/door-client.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { connectVirtualCard } from '#native/simulators/vpcd.ts';
import { inPcscNamespace, type PcscScenario } from '#test/harness/pcscd.ts';
import { type Bench, row } from './row.ts';
import { newId, random, startTill, untilSeen } from './till-on-pcscd.ts';

const cards = 15;
const self = fileURLToPath(import.meta.url);
const Issues = z.object({ tapToResultMs: z.array(z.number()), exchanges: z.array(z.int()) });

/** From a blank on the reader to a working card: the bundled service, a real server that computes every command, a real pcscd. */
export const issueTime: Bench = {
  ids: ['issue-time'],
  async rows() {
    await bundleForNode(bundles.service);
    const { lines, exitCode, stderr } = await inPcscNamespace(self, [], { timeoutMs: 240_000 });
    const measured = Issues.safeParse(lines.at(-1));
    if (exitCode !== 0 || !measured.success) throw new Error(`the measure failed: ${stderr}`);
    const { tapToResultMs, exchanges } = measured.data;
    const counts = [...new Set(exchanges)].join(' or ');
    const slowest = Math.max(...tapToResultMs);
    const note = `the slowest of ${cards} factory-fresh cards, ${counts} commands relayed each; server, till and PostgreSQL on one machine, a card that takes no time of its own`;
    return [row({ id: 'issue-time', value: slowest, unit: 'ms', goal: { valueAtMost: 10_000 }, note })];
  },
};

const scenario: PcscScenario = async ({ ports, report }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'comptoir-issue-'));
  const { central, service, till } = await startTill(folder);
  try {
    const issued: IssuedCard[] = [];
    for (let number = 1; number <= cards; number++) issued.push(await issueOnce(till, ports[0], number));
    report({
      tapToResultMs: issued.map(({ tapToResultMs }) => tapToResultMs),
      exchanges: issued.map(({ exchanges }) => exchanges),
    });
  } finally {
    await service.stop(10_000);
    await central.stop(10_000);
    rmSync(folder, { recursive: true, force: true });
  }
};
export default scenario;

async function issueOnce(till: TillClient, port: number, number: number): Promise<IssuedCard> {
  const blank = new VirtualDesfire({ uid: Uint8Array.of(4, 0x77, 0, 0, 0, 0, number), randomBytes: random });
  const events = await till.cards.issue({ intention: newId(), timeoutMs: 20_000 });
  let issued: IssuedCard | undefined;
  let laid: Awaited<ReturnType<typeof lay>> | undefined;
  for await (const event of events) {
    if (event.stage === 'present-card') laid = await lay(port, blank);
    if (event.stage === 'issued') issued = event.card;
  }
  await laid?.remove();
  await untilSeen();
  if (issued === undefined) throw new Error('a card was not issued');
  return issued;
}

async function lay(port: number, card: VirtualDesfire) {
  const laid = await connectVirtualCard({ port, atr: card.atr, card: contactless(card) });
  if (!laid.ok) throw new Error(laid.error.detail);
  return laid.value;
}
