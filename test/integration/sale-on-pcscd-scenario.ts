import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDeviceAddress } from '#native/printers/address.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';
import { openLine } from '#native/printers/lines/open.ts';
import { registerFormat } from '#native/register/formats.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { DESFIRE_ATR, VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { simulatePrinterOn } from '#native/simulators/printer/simulator.ts';
import { simulateRegisterOn } from '#native/simulators/register.ts';
import { connectVirtualCard, type LaidCard, type VirtualCard } from '#native/simulators/vpcd.ts';
import { comptoirOn, Demo, eventually, processesLeftOn, type Ran, why } from '#test/harness/demo.ts';
import { type PcscScenario, until } from '#test/harness/pcscd.ts';
import { ptyPair } from '#test/harness/pty.ts';
import { realClock } from '#test/harness/real-clock.ts';

// A whole counter on real devices: the demonstration beside a real pcscd, real serial lines, and the command.

const random = (length: number) => new Uint8Array(randomBytes(length));

/** What a test asserts on; the rest of the document differs at each run. */
function told(ran: Ran) {
  const { status, json, stderr } = ran;
  const { type, points, balance, previousBalance, exchanges, card, print, printError } = (
    json.ok ? json.value : json.error
  ) as Record<string, unknown>;
  const figures = {
    points,
    balance,
    earned: Number(balance) - Number(previousBalance),
    exchanges,
    card,
    print,
    why: (printError as { type?: string } | undefined)?.type,
  };
  const askedAgain = stderr.includes('Tap the same card again');
  return { status, type: type ?? null, ...(points === undefined ? {} : figures), askedAgain, ...why(ran) };
}

const scenario: PcscScenario = async ({ pcscd, ports, report }) => {
  const demo = await Demo.start(undefined, ['--devices', 'real']);
  try {
    await sell(demo, ports[0], report);
    await tear(demo, ports[0], report);
    await restart(demo, ports[0], pcscd, report);
    await strangers(demo, ports[0], report);
    await serialLines(demo, ports[0], report);
    report({ step: 'verify', faults: (await demo.done('journal', 'verify')).faults });
    report({ step: 'stop', status: await demo.stop(), left: await processesLeftOn(demo.data) });
  } finally {
    await demo.remove();
  }
};
export default scenario;

type Report = (line: Record<string, unknown>) => void;

/** A device's lamp comes to say so, within half a minute. */
const lampSays = (demo: Demo, part: string, detail: string) =>
  eventually(
    async () => (await (await demo.till()).till.status()).devices.find((lamp) => lamp.part === part),
    (lamp) => lamp?.detail === detail,
  );
const readerSays = (demo: Demo, detail: string) => lampSays(demo, 'reader', detail);

async function lay(port: number, card: VirtualCard, atr: Uint8Array): Promise<LaidCard> {
  const laid = await connectVirtualCard({ port, atr, card });
  if (!laid.ok) throw new Error(laid.error.detail);
  return laid.value;
}

/** The tray's first card, as the demonstration made it, to be laid on a real reader. */
let returning: VirtualDesfire | null = null;
async function layReturning(demo: Demo, port: number): Promise<{ card: VirtualDesfire; laid: LaidCard }> {
  if (!returning) {
    const file = join(demo.data, 'simulators', 'card-1.json');
    const json = await eventually(
      () => {
        try {
          return JSON.parse(readFileSync(file, 'utf8')) as unknown;
        } catch {
          return null;
        }
      },
      (read) => read !== null,
    );
    returning = VirtualDesfire.fromJSON(json, random);
  }
  return { card: returning, laid: await lay(port, contactless(returning), returning.atr) };
}

async function sell(demo: Demo, port: number, report: Report): Promise<void> {
  report({ step: 'reader', lamp: await readerSays(demo, 'ready') });
  report({ step: 'no card', ...told(await demo.comptoir('sale', '--amount', '1250', '--timeout', '1')) });
  const { laid } = await layReturning(demo, port);
  report({ step: 'sale', ...told(await demo.comptoir('sale', '--amount', '1250')) });
  report({ step: 'second sale', ...told(await demo.comptoir('sale', '--amount', '300')) });
  await laid.remove();
  const act = () => layReturning(demo, port);
  const when = { says: /Present the card/, act };
  report({ step: 'laid while waiting', ...told(await comptoirOn(demo.data, ['sale', '--amount', '100'], { when })) });
  await readerSays(demo, 'card-present');
}

/** Pulled at its commit, and laid down again while the screen asks for it; then pulled, and laid down for a later look. */
async function tear(demo: Demo, port: number, report: Report): Promise<void> {
  for (const moment of ['before', 'after'] as const) {
    returning!.tear(moment);
    const when = { says: /Tap the same card again/, act: () => layReturning(demo, port) };
    const ran = await comptoirOn(demo.data, ['sale', '--amount', '800'], { when });
    report({ step: `torn ${moment}, back in time`, ...told(ran), cardHolds: (await demo.card()).balances[0]?.balance });
  }
  for (const moment of ['before', 'after'] as const) {
    returning!.tear(moment);
    const ran = await demo.comptoir('sale', '--amount', '700', '--timeout', '2');
    await readerSays(demo, 'ready');
    await layReturning(demo, port);
    const { settled, balances } = await demo.card();
    const outcomes = settled.map(({ outcome }) => outcome);
    report({ step: `torn ${moment}, healed later`, ...told(ran), outcomes, cardHolds: balances[0]?.balance });
  }
}

async function restart(
  demo: Demo,
  port: number,
  pcscd: Parameters<PcscScenario>[0]['pcscd'],
  report: Report,
): Promise<void> {
  await pcscd.kill();
  report({ step: 'pcscd killed', lamp: await readerSays(demo, 'service-stopped') });
  report({ step: 'sale without pcscd', ...told(await demo.comptoir('sale', '--amount', '100', '--timeout', '2')) });
  await pcscd.start();
  await readerSays(demo, 'ready');
  const { laid } = await layReturning(demo, port);
  report({ step: 'sale on the new pcscd', ...told(await demo.comptoir('sale', '--amount', '100')) });
  await laid.remove();
}

/** Cards that are none of ours: one that knows no command, one that finds no application, a blank DESFire, one that talks nonsense. */
async function strangers(demo: Demo, port: number, report: Report): Promise<void> {
  const always = (...answer: number[]): VirtualCard => ({ process: () => Uint8Array.from(answer) });
  const blank = new VirtualDesfire({ uid: Uint8Array.of(0x04, 9, 8, 7, 6, 5, 4), randomBytes: random });
  const cards: [string, VirtualCard][] = [
    ['6D00', always(0x6d, 0x00)],
    ['6A82', always(0x6a, 0x82)],
    ['blank DESFire', contactless(blank)],
    ['nonsense', { process: () => random(40) }],
  ];
  for (const [what, card] of cards) {
    await readerSays(demo, 'ready');
    const laid = await lay(port, card, DESFIRE_ATR);
    const { status, json } = await demo.comptoir('sale', '--amount', '1250');
    report({ step: `stranger ${what}`, status, type: json.ok ? null : json.error.type });
    await laid.remove();
  }
}

function deviceEnd(path: string): ByteLine {
  const address = parseDeviceAddress(`serial:${path}`);
  if (!address.ok || address.value.kind !== 'serial') throw new Error(path);
  return openLine(address.value, realClock, { firstMs: 50, longestMs: 200 });
}

async function serialLines(demo: Demo, port: number, report: Report): Promise<void> {
  const folders = ['printer', 'register'].map((name) => mkdtempSync(join(demo.data, name))) as [string, string];
  const [toPrinter, toRegister] = [await ptyPair(folders[0]), await ptyPair(folders[1])];
  const [printerEnd, registerEnd] = [deviceEnd(toPrinter.device), deviceEnd(toRegister.device)];
  const printer = simulatePrinterOn(printerEnd);
  await demo.done('device', 'set', 'printer', `serial:${toPrinter.host}`);
  report({ step: 'printer set', lamp: await lampSays(demo, 'printer', 'ready') });
  await readerSays(demo, 'ready');
  await layReturning(demo, port);
  report({ step: 'printed sale', ...told(await demo.comptoir('sale', '--amount', '1250')) });
  report({ step: 'paper', tickets: printer.tickets() });
  printer.set('paper-out');
  report({ step: 'paper out', ...told(await demo.comptoir('sale', '--amount', '100')) });
  printer.set('ok');
  await toPrinter.unplug();
  report({ step: 'printer unplugged', ...told(await demo.comptoir('sale', '--amount', '100')) });

  const format = registerFormat('stx-etx-lrc');
  if (!format.ok) throw new Error(format.error.type);
  const address = `serial:${toRegister.host}`;
  await demo.done('device', 'set', 'register', address, '--profile', 'stx-etx-lrc');
  report({ step: 'register set', lamp: await lampSays(demo, 'register', 'listening') });
  await until(() => registerEnd.state() === 'open', 'the register to be there');
  await simulateRegisterOn(registerEnd, format.value, 0).ringUp({ amountMinor: 4321, receiptNumber: '77' });
  const { registerAmount } = await eventually(
    () => demo.done('status'),
    (status) => status.registerAmount !== null,
  );
  report({ step: 'register', registerAmount });
  await Promise.all([printerEnd.close(), registerEnd.close(), toRegister.unplug()]);
}
