import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPcscReader } from '#native/pcsc/reader.ts';
import { connectVirtualCard } from '#native/simulators/vpcd.ts';
import { openBare } from '#test/bench/bare-pcsc.ts';
import { inPcscNamespace, type PcscScenario } from '#test/harness/pcscd.ts';
import { realClock } from '#test/harness/real-clock.ts';

/** Medians of one exchange, in nanoseconds; `n` exchanges of each kind, taken in turns in one run. */
export type ExchangeMeasure = {
  /** `CardTransport.transmit` of native/pcsc. */
  ours_ns: number;
  /** A bare koffi loop, on a thread of the pool as ours is. */
  bare_ns: number;
  /** A bare koffi loop that holds up the event loop, for reference. */
  bare_sync_ns: number;
  n: number;
};

const ROUNDS = 21;
const WARM_UP_EXCHANGES = 30;
const EXCHANGES_A_ROUND = 100;
const COMMAND = Buffer.from('90af0000000000', 'hex');
const ANSWER = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0x91, 0x00);
const READER = 'Virtual PCD 00 00';
const SELF = fileURLToPath(import.meta.url);

/** The host's time of a card exchange against a bare koffi loop: same reader, same virtual card, one run, on a real pcscd. */
export async function measureExchange(): Promise<ExchangeMeasure> {
  const { lines, exitCode, stderr } = await inPcscNamespace(SELF, [], { timeoutMs: 120_000 });
  const measure = lines[0] as ExchangeMeasure | undefined;
  if (exitCode !== 0 || !measure) throw new Error(`the measure failed: ${stderr}`);
  return measure;
}

const scenario: PcscScenario = async ({ ports, report }) => {
  // The card answers from a process of its own: in ours, a loop that holds up the event loop would wait for itself.
  const program = `const { beCard } = await import(${JSON.stringify(SELF)}); await beCard(${ports[0]});`;
  const card = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 2] });
  const reader = createPcscReader({ clock: realClock, readerName: READER });
  const waited = await reader.waitForCard({ timeoutMs: 10_000 });
  if (!waited.ok) throw new Error(waited.error.type);

  const ours: number[] = [];
  const bareAsync: number[] = [];
  const bareSync: number[] = [];
  const timeOurs = () =>
    reader.withCard(({ transmit }) =>
      time(ours, async () => {
        const answer = await transmit(COMMAND);
        if (!answer.ok) throw new Error(answer.error.type);
      }),
    );
  const timeBare = async (samples: number[], call: 'transmit' | 'transmitSync') => {
    const bare = await openBare(READER);
    await time(samples, () => bare[call](COMMAND));
    await bare.close();
  };
  const turns = [timeOurs, () => timeBare(bareAsync, 'transmit'), () => timeBare(bareSync, 'transmitSync')];
  for (let round = 0; round < ROUNDS; round++) {
    // Each goes first, second and last as often: what ran before leaves the processor faster or slower.
    for (let turn = 0; turn < turns.length; turn++) await turns[(round + turn) % turns.length]!();
  }
  report({ ours_ns: median(ours), bare_ns: median(bareAsync), bare_sync_ns: median(bareSync), n: ours.length });
  await reader.close();
  card.kill();
  await once(card, 'exit');
};
export default scenario;

/** A card that answers at once, as a program of its own. */
export async function beCard(port: number): Promise<void> {
  const laid = await connectVirtualCard({
    port,
    atr: Uint8Array.from([0x3b, 0x81, 0x80, 0x01, 0x80]),
    card: { process: () => ANSWER },
  });
  if (!laid.ok) throw new Error(laid.error.detail);
  await laid.value.removed;
}

/** The first exchanges after a connection pay for the pause before it; they are left out. */
async function time(samples: number[], exchange: () => unknown): Promise<void> {
  for (let index = 0; index < WARM_UP_EXCHANGES; index++) await exchange();
  for (let index = 0; index < EXCHANGES_A_ROUND; index++) {
    const start = process.hrtime.bigint();
    await exchange();
    samples.push(Number(process.hrtime.bigint() - start));
  }
}

function median(samples: number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1]!;
}
