import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { previewLines } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { parseDeviceAddress } from '#native/printers/address.ts';
import { createPrinter, type Printer } from '#native/printers/driver.ts';
import type { ByteLine, LineState } from '#native/printers/lines/line.ts';
import { openLine } from '#native/printers/lines/open.ts';
import { printerProfile } from '#native/printers/profiles.ts';
import {
  createPrinterSimulator,
  type PrinterSimulator,
  simulatePrinterOn,
} from '#native/simulators/printer/simulator.ts';
import { type PtyPair, ptyPair } from '#test/harness/pty.ts';
import { realClock } from '#test/harness/real-clock.ts';

const QR = 'COMPTOIR:2-18447:é€';
const ticket: Ticket = {
  language: 'fr',
  lines: [
    { kind: 'text', text: 'SUPÉRETTE AKWABA', align: 'center', bold: true },
    { kind: 'text', text: 'Marcory, rue des Majorettes, Abidjan', align: 'center' },
    { kind: 'rule' },
    { kind: 'columns', left: '23/11/2026 14:32:08', right: 'n° 2-18\u202f447' },
    { kind: 'columns', left: 'ACHAT', right: '12\u202f500,50\u00a0€' },
    { kind: 'columns', left: 'Cœur de palmier à la crème, forêt et maïs : façon grand-mère', right: '3,20\u00a0€' },
    { kind: 'text', text: 'SOLDE 1\u202f340 points', size: 'large', bold: true },
    { kind: 'space' },
    { kind: 'qr', data: QR, caption: 'Vérifiez ce ticket' },
  ],
  cut: 'partial',
  drawer: true,
};
/** Short enough for a test, long enough for a slow machine: only the silent cases wait for them. */
const timings = { replyMs: 1500, quietMs: 60, pollMs: 300, processedMs: 900, sendMs: 5000 };

let folder: string;
let pty: PtyPair;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/printer-`);
  pty = await ptyPair(folder);
  closing.push(() => rm(folder, { recursive: true }), pty.unplug);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function lineAt(address: string): ByteLine {
  const parsed = parseDeviceAddress(address);
  if (!parsed.ok || (parsed.value.kind !== 'serial' && parsed.value.kind !== 'tcp')) throw new Error(address);
  const line = openLine(parsed.value, realClock, { firstMs: 50, longestMs: 200 });
  closing.push(line.close);
  return line;
}

/** Resolves once the line is in this state; the test's own time-out bounds it. */
const inState = (line: ByteLine, wanted: LineState): Promise<void> =>
  new Promise((resolve) => {
    const stop = line.onState((state) => state === wanted && [stop(), resolve()]);
    if (line.state() === wanted) resolve();
  });

async function printerAt(address: string, profileName = 'generic-80mm'): Promise<{ printer: Printer; line: ByteLine }> {
  const profile = printerProfile(profileName);
  if (!profile.ok) throw new Error(profile.error.type);
  const line = lineAt(address);
  await inState(line, 'open');
  return { printer: createPrinter(line, profile.value, realClock, { timings }), line };
}

async function serialRig(profileName?: string) {
  const deviceLine = lineAt(`serial:${pty.device}?baud=9600`);
  await inState(deviceLine, 'open');
  const simulator = simulatePrinterOn(deviceLine);
  return { simulator, deviceLine, ...(await printerAt(`serial:${pty.host}?baud=9600`, profileName)) };
}

/** What the simulator should show for the ticket: the layout, with the printer's plain spaces and the QR's data. */
const expectedText = (columns: number) =>
  previewLines(ticket, columns)
    .map(({ text }) => (text.trim() === '[QR]' ? `[QR] ${QR}` : text.replace(/[\u00a0\u202f]/g, ' ')))
    .join('\n');

it.each([
  ['generic-80mm', 48],
  ['epson-tm-t20', 48],
])('[T7] prints a French ticket on a serial port and has it confirmed (%s)', async (profileName, columns) => {
  const { printer, simulator } = await serialRig(profileName);
  expect(await printer.status()).toMatchObject({
    ok: true,
    value: { paperOut: false, coverOpen: false, offline: false },
  });
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(simulator.tickets()).toEqual([expectedText(columns)]);
  const [printed] = simulator.printed();
  expect(printed).toMatchObject({ qrs: [QR], drawerPulses: 1 });
  expect(printed?.lines.filter(({ large, bold }) => large && bold).map(({ text }) => text)).toEqual([
    'SOLDE 1 340 points',
  ]);
});

it.each([
  ['paper-out', { type: 'PrinterPaperOut' }],
  ['cover-open', { type: 'PrinterCoverOpen' }],
  ['off', { type: 'PrinterSilent' }],
] as const)('[N8] a printer %s gets nothing of the ticket', async (state, error) => {
  const { printer, simulator } = await serialRig();
  simulator.set(state);
  expect(await printer.print(ticket)).toEqual({ state: 'failed', error });
  simulator.set('ok');
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(simulator.tickets()).toHaveLength(1);
});

it('[N8] a printer that falls silent leaves the ticket unknown, and it is not sent again', async () => {
  const { printer, simulator } = await serialRig();
  simulator.set('silent');
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterSilent' } });
  simulator.set('ok');
  expect(await printer.status()).toMatchObject({ ok: true });
  expect(simulator.tickets()).toHaveLength(1);
});

it('[N8] a roll that ends in the middle leaves the ticket unknown', async () => {
  const { printer, simulator } = await serialRig();
  simulator.loadPaper(4);
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterPaperOut' } });
  expect(simulator.underway().split('\n')).toHaveLength(4);
});

it('says that nothing is at the address, and finds the printer when it is plugged in', async () => {
  await pty.unplug();
  const line = lineAt(`serial:${pty.host}`);
  const profile = printerProfile('generic-80mm');
  const printer = createPrinter(line, profile.ok ? profile.value : expect.unreachable(), realClock, { timings });
  expect(await printer.print(ticket)).toMatchObject({ state: 'failed', error: { type: 'PrinterUnavailable' } });
  await pty.plug();
  const deviceLine = lineAt(`serial:${pty.device}`);
  const simulator = simulatePrinterOn(deviceLine);
  await Promise.all([inState(line, 'open'), inState(deviceLine, 'open')]);
  expect(line.fault()).toBeNull();
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(simulator.tickets()).toHaveLength(1);
});

it('[T7] a cable pulled while printing leaves the ticket unknown; plugged in again, the next one prints', async () => {
  const { printer, simulator, line, deviceLine } = await serialRig();
  simulator.set('silent');
  const outcome = printer.print(ticket);
  while (simulator.tickets().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await pty.unplug();
  expect(await outcome).toMatchObject({ state: 'unknown', error: { type: 'PrinterUnavailable', reason: 'line-lost' } });
  await inState(line, 'absent');
  expect(await printer.print(ticket)).toMatchObject({ state: 'failed', error: { type: 'PrinterUnavailable' } });
  await pty.plug();
  simulator.set('ok');
  await Promise.all([inState(line, 'open'), inState(deviceLine, 'open')]);
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(simulator.tickets(), 'the first was never sent a second time').toHaveLength(2);
});

it('[T7] prints over TCP, and calls again a printer that hung up', async () => {
  const sockets: Socket[] = [];
  const simulators: PrinterSimulator[] = [];
  const server = createServer((socket) => {
    const simulator = createPrinterSimulator((bytes) => socket.write(bytes));
    socket.on('data', simulator.receive);
    simulators.push(simulator);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : expect.unreachable();
  const { printer, line } = await printerAt(`tcp:127.0.0.1:${port}`);
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  const gone = inState(line, 'absent');
  sockets[0]?.destroy();
  await gone;
  await inState(line, 'open');
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(simulators.map((simulator) => simulator.tickets())).toEqual([[expectedText(48)], [expectedText(48)]]);
});
