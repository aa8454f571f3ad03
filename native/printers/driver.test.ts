import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { simulatePrinterOn } from '#native/simulators/printer/simulator.ts';
import { createPrinter } from './driver.ts';
import type { ByteLine } from './lines/line.ts';
import { createMemoryLine } from './lines/memory.ts';
import { printerProfile } from './profiles.ts';

const ticket: Ticket = {
  language: 'fr',
  lines: [
    { kind: 'text', text: 'SUPÉRETTE AKWABA', align: 'center', bold: true },
    { kind: 'columns', left: 'ACHAT', right: '12,50 €' },
    { kind: 'text', text: 'Merci, à bientôt' },
  ],
  cut: 'partial',
  drawer: false,
};
const clock = {
  after(delayMs: number, task: () => void) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A printer at the far end of a line in memory. `sent` has everything the driver wrote. */
function rig(profileName = 'generic-80mm') {
  const memory = createMemoryLine();
  const [hostEnd, deviceEnd] = memory.ends;
  const sent: number[] = [];
  const line: ByteLine = {
    ...hostEnd,
    write(bytes) {
      sent.push(...bytes);
      return hostEnd.write(bytes);
    },
  };
  const profile = printerProfile(profileName);
  if (!profile.ok) throw new Error(profile.error.type);
  const printer = createPrinter(line, profile.value, clock);
  const simulator = simulatePrinterOn(deviceEnd);
  const sentText = () =>
    sent
      .filter((byte) => byte >= 0x20)
      .map((byte) => String.fromCharCode(byte))
      .join('');
  return { memory, printer, simulator, deviceEnd, sentText };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.setTimerTickMode('nextTimerAsync');
});
afterEach(() => void vi.useRealTimers());

it.each(['generic-80mm', 'generic-58mm', 'epson-tm-t20'])(
  '[T7] confirms a ticket that %s proved',
  async (profileName) => {
    const { printer, simulator } = rig(profileName);
    expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
    expect(simulator.tickets().join() + simulator.underway()).toContain('Merci, à bientôt');
  },
);

it('prints the lines of the layout', async () => {
  const { printer, simulator } = rig();
  await printer.print(ticket);
  expect(simulator.tickets()).toEqual([
    ['                SUPÉRETTE AKWABA', `ACHAT${' '.repeat(36)}12,50 €`, 'Merci, à bientôt'].join('\n'),
  ]);
});

it('hands a ticket over to a printer that cannot report, and says no more than that', async () => {
  const { printer, simulator } = rig('no-status');
  simulator.set('off');
  expect(await printer.status()).toEqual({ ok: true, value: null });
  expect(await printer.print(ticket)).toEqual({ state: 'sent' });
});

it.each([
  ['off', { type: 'PrinterSilent' }],
  ['paper-out', { type: 'PrinterPaperOut' }],
  ['cover-open', { type: 'PrinterCoverOpen' }],
  ['offline', { type: 'PrinterFault', cause: 'offline' }],
] as const)('fails and sends nothing of the ticket when the printer is %s', async (state, error) => {
  const { printer, simulator, sentText } = rig();
  simulator.set(state);
  expect(await printer.print(ticket)).toEqual({ state: 'failed', error });
  expect(sentText()).not.toContain('ACHAT');
});

it('fails when nothing is at the address', async () => {
  const { printer, memory } = rig();
  memory.cut();
  const error = { type: 'PrinterUnavailable', reason: 'absent', line: { type: 'LineLost' } };
  expect(await printer.print(ticket)).toEqual({ state: 'failed', error });
  expect(await printer.status()).toEqual({ ok: false, error });
});

it('does not know when the printer takes the ticket and falls silent', async () => {
  const { printer, simulator } = rig();
  simulator.set('silent');
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterSilent' } });
});

it('does not know when the roll ends in the middle, and never sends the ticket again', async () => {
  const { printer, simulator, sentText } = rig();
  simulator.loadPaper(2);
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterPaperOut' } });
  expect(sentText().match(/ACHAT/g)).toHaveLength(1);
});

it('lets the rest of a ticket come out with the new roll, and sends nothing for it', async () => {
  const { printer, simulator, sentText } = rig();
  simulator.loadPaper(2);
  await printer.print(ticket);
  simulator.set('ok');
  expect(simulator.tickets()).toHaveLength(1);
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(sentText().match(/ACHAT/g)).toHaveLength(2);
});

it('does not take the late proof of the ticket before for a proof of this one', async () => {
  const { printer, simulator, deviceEnd } = rig();
  simulator.set('off');
  const here = () => void deviceEnd.write(Uint8Array.of(0x00));
  // Asked before ticket 1; behind ticket 1, not answered; before ticket 2, both answers come; behind ticket 2, none.
  const answers = [here, () => {}, () => [here(), setTimeout(here, 50)], () => {}];
  let asked = 0;
  deviceEnd.onData((bytes) => {
    if (bytes[0] === 0x10) return void deviceEnd.write(Uint8Array.of(0x12));
    answers[asked++]?.();
  });
  const silent = { state: 'unknown', error: { type: 'PrinterSilent' } };
  expect(await printer.print(ticket)).toEqual(silent);
  expect(await printer.print(ticket)).toEqual(silent);
  expect(asked).toBe(4);
});

it('looks once more after the proof', async () => {
  const memory = createMemoryLine();
  const [hostEnd, deviceEnd] = memory.ends;
  const simulator = simulatePrinterOn({
    onData: deviceEnd.onData,
    write(bytes) {
      if (bytes[0] === 0x00 && simulator.tickets().length > 0) simulator.set('cover-open');
      return deviceEnd.write(bytes);
    },
  });
  const profile = printerProfile('generic-80mm');
  const printer = createPrinter(hostEnd, profile.ok ? profile.value : expect.unreachable(), clock);
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterCoverOpen' } });
});

it('does not take another id for its own', async () => {
  const { printer, simulator, deviceEnd } = rig('epson-tm-t20');
  simulator.set('silent');
  const other = setInterval(() => void deviceEnd.write(Uint8Array.of(0x37, 0x22, 0x39, 0x39, 0x39, 0x39, 0)), 500);
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterSilent' } });
  clearInterval(other);
});

it('does not know when the line is cut after the ticket left', async () => {
  const { printer, simulator, memory } = rig();
  simulator.set('silent');
  const outcome = printer.print(ticket);
  setTimeout(memory.cut, 3000);
  expect(await outcome).toEqual({
    state: 'unknown',
    error: { type: 'PrinterUnavailable', reason: 'line-lost', line: { type: 'LineLost' } },
  });
});

it('prints again after it came back', async () => {
  const { printer, simulator, memory } = rig();
  memory.cut();
  await printer.print(ticket);
  memory.restore();
  expect(await printer.print(ticket)).toEqual({ state: 'confirmed' });
  expect(simulator.tickets()).toHaveLength(1);
});

it('says that what answers is no printer', async () => {
  const { printer, deviceEnd, simulator } = rig();
  simulator.set('off');
  deviceEnd.onData(() => void deviceEnd.write(Uint8Array.of(0xff, 0x81)));
  expect(await printer.status()).toEqual({ ok: false, error: { type: 'PrinterFault', cause: 'not-understood' } });
});

it('fails when the printer answers at once but never comes to what was sent before', async () => {
  const { printer, simulator, deviceEnd, sentText } = rig();
  simulator.set('off');
  deviceEnd.onData((bytes) => void (bytes[0] === 0x10 && deviceEnd.write(Uint8Array.of(0x12))));
  expect(await printer.print(ticket)).toEqual({
    state: 'failed',
    error: { type: 'PrinterFault', cause: 'queue-stuck' },
  });
  expect(sentText()).not.toContain('ACHAT');
});

it('does not know when the port takes the ticket and never lets it go', async () => {
  const memory = createMemoryLine();
  const [hostEnd, deviceEnd] = memory.ends;
  let renewed = 0;
  const stalling: ByteLine = {
    ...hostEnd,
    write: (bytes) => (bytes.length > 20 ? new Promise(() => {}) : hostEnd.write(bytes)),
    renew: async () => void renewed++,
  };
  simulatePrinterOn(deviceEnd);
  const profile = printerProfile('generic-80mm');
  const printer = createPrinter(stalling, profile.ok ? profile.value : expect.unreachable(), clock);
  expect(await printer.print(ticket)).toEqual({ state: 'unknown', error: { type: 'PrinterFault', cause: 'stalled' } });
  expect(renewed, 'what the port still held is dropped').toBe(1);
});

it('keeps the tickets of two callers apart and in their order', async () => {
  const { printer, simulator } = rig();
  const second: Ticket = { ...ticket, lines: [{ kind: 'text', text: 'DEUX' }] };
  expect(await Promise.all([printer.print(ticket), printer.status(), printer.print(second)])).toMatchObject([
    { state: 'confirmed' },
    { ok: true },
    { state: 'confirmed' },
  ]);
  expect(simulator.tickets().map((text) => text.slice(-4))).toEqual(['ntôt', 'DEUX']);
});

it('takes no more tickets than it can hold', async () => {
  const { printer, simulator } = rig();
  simulator.set('off');
  const outcomes = await Promise.all(Array.from({ length: 17 }, () => printer.print(ticket)));
  expect(outcomes.at(-1)).toEqual({
    state: 'failed',
    error: { type: 'PrinterUnavailable', reason: 'queue-full', line: null },
  });
});
