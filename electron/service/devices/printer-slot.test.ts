import { beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { createPrinter } from '#native/printers/driver.ts';
import { printerProfile } from '#native/printers/profiles.ts';
import { createSimulatedPrinter, type SimulatedPrinter } from '#native/simulators/printer/simulator.ts';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { type OpenedPrinter, PrinterSlot, printRefusal } from './printer-slot.ts';

const ticket: Ticket = {
  language: 'fr',
  lines: [{ kind: 'text', text: 'ACHAT', align: 'left', bold: false }],
  cut: 'partial',
  drawer: false,
};

let clock: VirtualClock;
let slot: PrinterSlot;
beforeEach(() => {
  clock = new VirtualClock();
  slot = new PrinterSlot(clock);
});

function plugged(): { device: SimulatedPrinter; opened: OpenedPrinter } {
  const device = createSimulatedPrinter();
  const profile = printerProfile('generic-80mm');
  if (!profile.ok) throw new Error('no such profile');
  return { device, opened: { line: device.line, printer: createPrinter(device.line, profile.value, clock) } };
}
/** Waits for something that takes time of the virtual clock. */
async function passing<T>(work: Promise<T>, forMs = 60_000): Promise<T> {
  await clock.advance(forMs);
  return work;
}

describe('the place of the printer', () => {
  it('that is empty leaves the ticket on the screen, and that is no fault', async () => {
    expect(slot.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
    expect(await slot.print(ticket)).toEqual({ print: 'no-printer', why: null });
    expect(await slot.ask()).toEqual({ state: 'absent', detail: 'not-set' });
  });

  it('asks the printer now and then, and the lamp follows', async () => {
    const { device, opened } = plugged();
    const heard: string[] = [];
    slot.changes.subscribe(() => heard.push(slot.lamp().detail));
    await passing(slot.change(opened), 1000);
    for (const state of ['paper-out', 'cover-open', 'offline', 'off', 'ok'] as const) {
      device.set(state);
      await clock.advance(8_000);
    }
    expect(heard).toEqual(['offline', 'ready', 'paper-out', 'cover-open', 'fault', 'silent', 'ready']);
    await slot.change(null);
    expect(slot.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
    await clock.advance(60_000);
    expect(slot.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
  });

  it.each([
    ['ok', 'confirmed', null, 'ready', 1],
    ['paper-out', 'failed', 'PrinterPaperOut', 'paper-out', 0],
    ['cover-open', 'failed', 'PrinterCoverOpen', 'cover-open', 0],
    ['off', 'failed', 'PrinterSilent', 'silent', 0],
    ['silent', 'unknown', 'PrinterSilent', 'silent', 1],
  ] as const)('prints on a printer that is %s: %s', async (state, print, type, lamp, tickets) => {
    const { device, opened } = plugged();
    await passing(slot.change(opened), 1000);
    device.set(state);
    const answer = await passing(slot.print(ticket), 3_600_000);
    expect(answer).toMatchObject({ print, why: type && { type } });
    expect(device.tickets()).toHaveLength(tickets);
    expect(slot.lamp().detail).toBe(lamp);
  });

  it('comes back by itself after an empty roll', async () => {
    const { device, opened } = plugged();
    await passing(slot.change(opened), 1000);
    device.set('paper-out');
    await passing(slot.print(ticket), 2_000);
    expect(slot.lamp()).toEqual({ state: 'fault', detail: 'paper-out' });
    device.set('ok');
    await clock.advance(8_000);
    expect(slot.lamp()).toEqual({ state: 'ok', detail: 'ready' });
    expect(device.tickets()).toEqual([]);
  });

  it('does not show what became of a ticket on a printer that has gone', async () => {
    const { device, opened } = plugged();
    await passing(slot.change(opened), 1000);
    device.set('silent');
    const print = slot.print(ticket);
    await clock.advance(500);
    await passing(slot.change(null), 1);
    expect((await passing(print)).print).not.toBe('confirmed');
    expect(slot.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
  });

  it('goes on asking after a defect in the driver', async () => {
    const { opened } = plugged();
    const print = () => Promise.reject(new Error('defect'));
    await passing(slot.change({ ...opened, printer: { ...opened.printer, print } }), 1000);
    await expect(slot.print(ticket)).rejects.toThrow('defect');
    await opened.line.close();
    await clock.advance(8_000);
    expect(slot.lamp()).toEqual({ state: 'fault', detail: 'offline' });
  });
});

describe('what the driver says, in the till’s words', () => {
  it('keeps the cause', () => {
    expect(printRefusal({ type: 'PrinterFault', cause: 'cutter' })).toEqual({
      type: 'PrinterFault',
      facts: { what: 'cutter' },
    });
    expect(printRefusal({ type: 'PrinterUnavailable', reason: 'absent', line: null })).toEqual({
      type: 'PrinterUnavailable',
    });
  });
});
