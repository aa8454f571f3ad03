import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fromHex, hex } from '#native/cards/bytes.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { issueCard } from '#native/cards/issue-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { createPcscReader } from '#native/pcsc/reader.ts';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { blank, firstRecord, network, record, shop, tap, UID } from '#native/simulators/sample-network.ts';
import { connectVirtualCard } from '#native/simulators/vpcd.ts';
import { inPcscNamespace, type PcscScenario } from '#test/harness/pcscd.ts';
import { realClock } from '#test/harness/real-clock.ts';
import { openBare } from './bare-pcsc.ts';

/** Medians over the rounds, ms; `exchanges` of one issue. */
const Measure = z.object({ oursMs: z.number(), bareMs: z.number(), rounds: z.int(), exchanges: z.int() });
export type IssueMeasure = z.infer<typeof Measure>;

const ROUNDS = 101;
/** As of a till in its day: the driver has sold before it issues. */
const WARM_UP = 200;
const READER = 'Virtual PCD 00 00';
const SELF = fileURLToPath(import.meta.url);
const Transcript = z.array(z.tuple([z.string(), z.string()]));
type Transcript = z.infer<typeof Transcript>;

const wanted = { uid: UID, network, record, shop, firstRecord, mayPrepare: true };

/**
 * The host's time of issuing a card: our driver over native/pcsc against a bare koffi loop that sends the same APDUs, in turns,
 * on a real pcscd, to a card that gives its recorded answers at once and takes no time of its own.
 */
export async function measureIssue(): Promise<IssueMeasure> {
  const { lines, exitCode, stderr } = await inPcscNamespace(SELF, [], { timeoutMs: 120_000 });
  const measured = Measure.safeParse(lines.at(-1));
  if (exitCode !== 0 || !measured.success) throw new Error(`the measure failed: ${stderr}`);
  return measured.data;
}

/** What passes between driver and card while a blank is issued: the same in every run. */
async function transcriptOfIssue(): Promise<Transcript> {
  const { transport } = tap(blank());
  const passed: Transcript = [];
  const listening: CardTransport = {
    atr: transport.atr,
    async transmit(command) {
      const answer = await transport.transmit(command);
      if (answer.ok) passed.push([hex(command), hex(answer.value)]);
      return answer;
    },
  };
  await issue(listening);
  return passed;
}

async function issue(transport: CardTransport): Promise<void> {
  const issued = await issueCard(new Desfire(transport, predictableBytes()), wanted);
  if (!issued.ok) throw new Error(issued.error.type);
}

const scenario: PcscScenario = async ({ ports, report }) => {
  const transcript = await transcriptOfIssue();
  const file = join(tmpdir(), `issue-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(transcript));
  // The card answers from a process of its own: in ours it would take its time from what is measured.
  const program = `const { beCard } = await import(${JSON.stringify(SELF)}); await beCard(${ports[0]}, ${JSON.stringify(file)});`;
  const card = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 2] });
  const reader = createPcscReader({ clock: realClock, readerName: READER });
  const waited = await reader.waitForCard({ timeoutMs: 10_000 });
  if (!waited.ok) throw new Error(waited.error.type);

  const commands = transcript.map(([command]) => Buffer.from(command, 'hex'));
  const ours: number[] = [];
  const bare: number[] = [];
  const timeOurs = () => reader.withCard((transport) => time(ours, () => issue(transport)));
  const timeBare = async () => {
    const line = await openBare(READER);
    await time(bare, async () => {
      for (const command of commands) await line.transmit(command);
    });
    await line.close();
  };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // Each goes first as often: what ran before leaves the processor faster or slower.
    for (const turn of round % 2 ? [timeOurs, timeBare] : [timeBare, timeOurs]) await turn();
  }
  const [oursMs, bareMs] = [median(ours.slice(WARM_UP)), median(bare.slice(WARM_UP))];
  report({ oursMs, bareMs, rounds: ROUNDS, exchanges: commands.length });
  await reader.close();
  card.kill();
  await once(card, 'exit');
};
export default scenario;

/** A card that gives the recorded answers, from the first again at each new issue, as a program of its own. */
export async function beCard(port: number, file: string): Promise<void> {
  const transcript = Transcript.parse(JSON.parse(readFileSync(file, 'utf8')));
  const answers = transcript.map(([, answer]) => fromHex(answer));
  const first = transcript[0]![0];
  let next = 0;
  const process = (apdu: Uint8Array) => {
    if (hex(apdu) === first) next = 0;
    return answers[next++] ?? Uint8Array.of(0x6f, 0x00);
  };
  const laid = await connectVirtualCard({ port, atr: fromHex('3b8180018080'), card: { process } });
  if (!laid.ok) throw new Error(laid.error.detail);
  await laid.value.removed;
}

async function time(samples: number[], act: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  await act();
  samples.push(performance.now() - startedMs);
}

const median = (samples: readonly number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1]!;
