import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadPcsc } from '#native/pcsc/library.ts';
import { createPcscReader } from '#native/pcsc/reader.ts';
import { connectVirtualCard, type LaidCard, type VirtualCard } from '#native/simulators/vpcd.ts';
import { openBare } from '#test/bench/bare-pcsc.ts';
import { type PcscNamespace, type PcscScenario, until } from '#test/harness/pcscd.ts';
import { realClock } from '#test/harness/real-clock.ts';

// What happens at a counter, played on a real pcscd; pcsc.test.ts asserts on what is reported.

const ATR = Uint8Array.from(Buffer.from('3b81800180', 'hex'));
const ECHO = Uint8Array.of(0x00, 0x01, 0x02, 0x03);
/** A command that pulls the card, and one that it never answers. */
const PULL = Uint8Array.of(0x00, 0xee, 0x00, 0x00);
const HANG = Uint8Array.of(0x00, 0xdd, 0x00, 0x00);
const READER = 'Virtual PCD 00 00';

const echoCard: VirtualCard = {
  process(command) {
    if (command[1] === PULL[1]) return null;
    if (command[1] === HANG[1]) return new Promise(() => {});
    return Uint8Array.of(...command, 0x90, 0x00);
  },
};

async function lay(card: VirtualCard = echoCard): Promise<LaidCard> {
  const laid = await connectVirtualCard({ port: 35963, atr: ATR, card });
  if (!laid.ok) throw new Error(laid.error.detail);
  return laid.value;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const openReader = () => createPcscReader({ clock: realClock });
type Reader = ReturnType<typeof openReader>;

const state = (reader: Reader, status: string) => until(() => reader.state().status === status, `the state ${status}`);
const present = (reader: Reader, cardPresent: boolean) =>
  until(() => reader.state().cardPresent === cardPresent, `cardPresent ${cardPresent}`);

const transmitOnce = (reader: Reader, command: Uint8Array) =>
  reader.withCard(async (card) => {
    const answer = await card.transmit(command);
    return answer.ok ? hex(answer.value) : answer.error;
  });

const scenarios: Record<string, (inside: PcscNamespace) => Promise<void>> = {
  async 'lay and take'({ report }) {
    const reader = openReader();
    const states: unknown[] = [];
    reader.subscribe(({ status, cardPresent, presence }) => states.push([status, cardPresent, presence]));
    await state(reader, 'ready');
    const first = await lay();
    const tap = await reader.waitForCard({ timeoutMs: 5_000 });
    const atr = await reader.withCard(async (card) => hex(card.atr));
    const answers = [await transmitOnce(reader, ECHO), await transmitOnce(reader, ECHO)];
    const forgotten = await reader.waitForCard({ timeoutMs: 300, afterPresence: 1 });
    const anew = reader.waitForCard({ timeoutMs: 10_000, afterPresence: 1 });
    await first.remove();
    await present(reader, false);
    const noCard = await transmitOnce(reader, ECHO);
    await lay();
    report({ tap, atr, answers, forgotten, noCard, anew: await anew, states });
    await reader.close();
  },

  async 'pull during an exchange'({ report }) {
    const reader = openReader();
    await lay();
    await reader.waitForCard({ timeoutMs: 5_000 });
    const pulled = await transmitOnce(reader, PULL);
    const after = reader.state();
    const back = reader.waitForCard({ timeoutMs: 10_000 });
    await lay();
    report({ pulled, after, back: await back, again: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async 'restart during a wait'({ pcscd, report }) {
    const reader = openReader();
    await state(reader, 'ready');
    const wait = reader.waitForCard({ timeoutMs: 20_000 });
    await pcscd.kill();
    await state(reader, 'service-down');
    const down = reader.state();
    await pcscd.start();
    await state(reader, 'ready');
    await lay();
    report({ down, wait: await wait, answer: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async 'restart during an exchange'({ pcscd, report }) {
    const reader = openReader();
    let asked = false;
    const hanging: VirtualCard = {
      process() {
        asked = true;
        return new Promise(() => {});
      },
    };
    await lay(hanging);
    await reader.waitForCard({ timeoutMs: 5_000 });
    const broken = transmitOnce(reader, HANG);
    await until(() => asked, 'the command');
    await pcscd.kill();
    const answer = await broken;
    await pcscd.start();
    const wait = reader.waitForCard({ timeoutMs: 10_000 });
    await lay();
    report({ broken: answer, wait: await wait, answer: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async 'reader away and back'({ pcscd, report }) {
    const reader = openReader();
    await state(reader, 'ready');
    await pcscd.stop();
    await pcscd.start({ readers: false });
    await state(reader, 'absent');
    const away = reader.state();
    const wholeWait = await reader.waitForCard({ timeoutMs: 300 });
    const lent = await transmitOnce(reader, ECHO);
    const wait = reader.waitForCard({ timeoutMs: 20_000 });
    await pcscd.stop();
    await pcscd.start();
    await state(reader, 'ready');
    await lay();
    report({ away, wholeWait, lent, wait: await wait });
    await reader.close();
  },

  async 'two borrowers'({ report }) {
    const reader = openReader();
    await lay();
    await reader.waitForCard({ timeoutMs: 5_000 });
    const log: string[] = [];
    const borrow = (name: string) =>
      reader.withCard(async (card) => {
        for (let round = 1; round <= 3; round++) {
          await card.transmit(ECHO);
          log.push(`${name}${round}`);
        }
        return name;
      });
    const results = await Promise.all([borrow('a'), borrow('b')]);
    const thrown = await reader.withCard(() => Promise.reject(new Error('a defect'))).catch((cause) => String(cause));
    report({ results, log, thrown, after: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async 'card held by another program'({ report }) {
    const reader = openReader();
    await lay();
    await reader.waitForCard({ timeoutMs: 5_000 });
    const exclusive = await openBare(READER, 'exclusive');
    const whileExclusive = await transmitOnce(reader, ECHO);
    await exclusive.close();
    const afterExclusive = await transmitOnce(reader, ECHO);

    const loaded = await loadPcsc();
    if (!loaded.ok) throw new Error(loaded.error.detail);
    const other = loaded.value;
    const context = await other.establishContext();
    const card = context.ok ? await other.connect(context.value, READER) : undefined;
    if (!context.ok || !card?.ok) throw new Error('the other program could not connect');
    await other.beginTransaction(card.value.card);
    const whileInTransaction = await transmitOnce(reader, ECHO);
    await other.endTransaction(card.value.card);
    await other.releaseContext(context.value);
    report({ whileExclusive, afterExclusive, whileInTransaction, afterTransaction: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async 'silent service'({ pcscd, report }) {
    const reader = openReader();
    await lay();
    await reader.waitForCard({ timeoutMs: 5_000 });
    pcscd.pause();
    const lent = await transmitOnce(reader, ECHO);
    await state(reader, 'service-down');
    const down = reader.state();
    pcscd.resume();
    const wait = await reader.waitForCard({ timeoutMs: 10_000 });
    report({ lent, down, wait, answer: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async 'no service'({ pcscd, report }) {
    await pcscd.stop();
    const reader = openReader();
    await state(reader, 'service-down');
    const wait = await reader.waitForCard({ timeoutMs: 300 });
    report({ state: reader.state(), wait, lent: await transmitOnce(reader, ECHO) });
    await reader.close();
  },

  async close({ report }) {
    const reader = openReader();
    await state(reader, 'ready');
    const wait = reader.waitForCard({ timeoutMs: 60_000 });
    const stop = new AbortController();
    const aborted = reader.waitForCard({ timeoutMs: 60_000, signal: stop.signal });
    stop.abort();
    await reader.close();
    const lent = await transmitOnce(reader, ECHO);
    const self = fileURLToPath(import.meta.url);
    const program = `const { openAndClose } = await import(${JSON.stringify(self)}); await openAndClose();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 2] });
    const [exitCode] = await once(child, 'exit');
    report({ wait: await wait, aborted: await aborted, lent, exitCode });
  },
};

/** A whole program: it must end by itself once its reader is closed. */
export async function openAndClose(): Promise<void> {
  const reader = openReader();
  await state(reader, 'ready');
  await reader.close();
}

const play: PcscScenario = async (inside, [name = '']) => {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`no scenario "${name}"`);
  await scenario(inside);
};
export default play;
