import { randomBytes } from 'node:crypto';
import { contactless } from '#native/simulators/contactless.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { connectVirtualCard, type LaidCard } from '#native/simulators/vpcd.ts';
import { comptoirOn, Demo, eventually, processesLeftOn, type Ran, why } from '#test/harness/demo.ts';
import type { PcscScenario } from '#test/harness/pcscd.ts';

// Points spent on a real reader: the demonstration beside a real pcscd, with its server and without, and the command.

const random = (length: number) => new Uint8Array(randomBytes(length));
const card = new VirtualDesfire({ uid: Uint8Array.of(4, 0x66, 0, 0, 0, 0, 1), randomBytes: random });
const pin = '4711';
/** Five exchanges until the card asks for its PIN; then eleven, of which the last is the spending's own commit. */
const commit = 5 + 11;

type Report = (line: Record<string, unknown>) => void;

/** What a test asserts on; the rest of the document differs at each run. */
function told(ran: Ran) {
  const { status, json, stderr } = ran;
  const {
    type,
    points,
    balance,
    exchanges,
    tapToResultMs,
    card: onCard,
    triesLeft,
  } = (json.ok ? json.value : json.error) as Record<string, unknown>;
  const askedAgain = stderr.includes('Tap the same card again');
  return { status, type, points, balance, exchanges, tapToResultMs, card: onCard, triesLeft, askedAgain, ...why(ran) };
}

const scenario: PcscScenario = async ({ ports: [port], report }) => {
  const demo = await Demo.start(undefined, ['--devices', 'real']);
  try {
    await readerSays(demo, 'ready');
    await lay(port);
    await demo.done('card', 'issue');
    await demo.done('sale', '--amount', '200000');
    await withServer(demo, report);
    await alone(demo, port, report);
    await takenBack(demo, report);
    await blocked(demo, report);
    await demo.done('sync', '--wait');
    const { ledger, balances } = await demo.card();
    report({ step: 'ledger', ledger: ledger?.balance, card: balances[0]?.balance });
    report({ step: 'verify', faults: (await demo.done('journal', 'verify')).faults });
    report({ step: 'stop', status: await demo.stop(), left: await processesLeftOn(demo.data) });
  } finally {
    await demo.remove();
  }
};
export default scenario;

const readerSays = (demo: Demo, detail: string) =>
  eventually(
    async () => (await (await demo.till()).till.status()).devices.find((lamp) => lamp.part === 'reader'),
    (lamp) => lamp?.detail === detail,
  );

const linkIs = async (demo: Demo, state: 'up' | 'down') => {
  await demo.done('simulate', 'link', state);
  await eventually(
    () => demo.done('status'),
    ({ link }) => link === (state === 'up' ? 'online' : 'offline'),
  );
};

async function lay(port: number): Promise<LaidCard> {
  const laid = await connectVirtualCard({ port, atr: card.atr, card: contactless(card) });
  if (!laid.ok) throw new Error(laid.error.detail);
  return laid.value;
}

const spend = (demo: Demo, typed: string, ...more: string[]) =>
  comptoirOn(demo.data, ['spend', '--points', '100', '--pin-stdin', ...more], { stdin: `${typed}\n` });

async function withServer(demo: Demo, report: Report): Promise<void> {
  report({ step: 'without PIN', ...told(await demo.comptoir('spend', '--gift', 'savon')) });
  await comptoirOn(demo.data, ['card', 'pin', '--pin-stdin'], { stdin: `${pin}\n` });
  report({ step: 'PIN not given', ...told(await demo.comptoir('spend', '--points', '100')) });
  report({ step: 'server: wrong PIN', ...told(await spend(demo, '0000')) });
  report({ step: 'server: right PIN', ...told(await spend(demo, pin)) });
}

/** The card judges its PIN by itself, and is pulled at its commit. */
async function alone(demo: Demo, port: number, report: Report): Promise<void> {
  await linkIs(demo, 'down');
  report({ step: 'card: wrong PIN', ...told(await spend(demo, '0000')) });
  report({ step: 'card: right PIN', ...told(await spend(demo, pin)) });
  for (const moment of ['before', 'after'] as const) {
    const before = await balance(demo);
    card.tearAt(commit, moment);
    const torn = await comptoirOn(demo.data, ['spend', '--points', '100', '--pin-stdin'], {
      stdin: `${pin}\n`,
      when: { says: /Tap the same card again/, act: () => lay(port) },
    });
    report({ step: `torn ${moment}, back in time`, ...told(torn), taken: before - (await balance(demo)) });
  }
  for (const moment of ['before', 'after'] as const) {
    const before = await balance(demo);
    card.tearAt(commit, moment);
    const torn = await spend(demo, pin, '--timeout', '3');
    await readerSays(demo, 'ready');
    await lay(port);
    const { settled, balances } = await demo.card();
    const outcomes = settled.map(({ outcome }) => outcome);
    report({ step: `torn ${moment}, healed later`, ...told(torn), outcomes, taken: before - balances[0]!.balance });
  }
  report({
    step: 'beyond the cap',
    ...told(await comptoirOn(demo.data, ['spend', '--points', '800', '--pin-stdin'], { stdin: `${pin}\n` })),
  });
  await linkIs(demo, 'up');
}

const balance = async (demo: Demo) => (await demo.card()).balances[0]!.balance;

async function takenBack(demo: Demo, report: Report): Promise<void> {
  const before = await balance(demo);
  const spent = await demo.done('sync', '--wait').then(() => spend(demo, pin));
  const entry = spent.json.ok ? String(spent.json.value.entry) : '';
  report({ step: 'taken back', ...told(await demo.comptoir('reverse', entry)), after: (await balance(demo)) - before });
}

/** Three wrong PINs with no server, and the shop gives the tries back once it can be asked. */
async function blocked(demo: Demo, report: Report): Promise<void> {
  await demo.done('sync', '--wait');
  const before = await balance(demo);
  await linkIs(demo, 'down');
  for (const count of [1, 2, 3]) report({ step: `wrong PIN ${count}`, ...told(await spend(demo, '0000')) });
  report({ step: 'right PIN, blocked', ...told(await spend(demo, pin)), taken: before - (await balance(demo)) });
  report({ step: 'unblocked without a link', ...told(await demo.comptoir('card', 'unblock-pin')) });
  await linkIs(demo, 'up');
  report({ step: 'unblocked', ...told(await demo.comptoir('card', 'unblock-pin')) });
  await demo.done('sync', '--wait');
  await linkIs(demo, 'down');
  report({ step: 'right PIN, unblocked', ...told(await spend(demo, pin)), taken: before - (await balance(demo)) });
  await linkIs(demo, 'up');
}
