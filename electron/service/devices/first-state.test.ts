import { beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '#contract/result/index.ts';
import { tillError } from '#contract/till/errors.ts';
import { lastingLine } from '#native/printers/lines/lasting.ts';
import type { ByteLine, Connect } from '#native/printers/lines/line.ts';
import { createMemoryLine } from '#native/printers/lines/memory.ts';
import { DEFAULT_REGISTER_FORMAT, registerFormat } from '#native/register/formats.ts';
import { openRegisterLink } from '#native/register/link.ts';
import { SimulatedReader } from '#native/simulators/reader.ts';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { Desk, type DeviceSettings } from './desk.ts';
import { firstState } from './first-state.ts';
import { PrinterSlot } from './printer-slot.ts';

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
});

const connection = { write: async () => ok(undefined), onData: () => {}, onEnd: () => {}, close: async () => {} };
/** Opens, or fails as told, after this long. */
const after = (delayMs: number, answer: Awaited<ReturnType<Connect>>): Connect => {
  return () => new Promise((resolve) => clock.after(delayMs, () => resolve(answer)));
};
const opensAfter = (delayMs: number): ByteLine => lastingLine(after(delayMs, ok(connection)), clock);

/** How long, in the clock's time, `work` takes; looked at every 10 ms. */
async function took(work: Promise<unknown>): Promise<number> {
  const fromMs = clock.monotonicMs();
  let endedMs: number | null = null;
  void work.then(() => {
    endedMs = clock.monotonicMs() - fromMs;
  });
  for (let step = 0; step < 300 && endedMs === null; step += 1) await clock.advance(10);
  return endedMs ?? Number.POSITIVE_INFINITY;
}

describe('the first state of a line', () => {
  it('is waited for until it opens', async () => {
    const line = opensAfter(400);
    expect(await took(firstState(line, clock))).toBe(400);
    expect(line.state()).toBe('open');
  });

  it('is known where nothing is at the address', async () => {
    const absent = err({ type: 'LineAbsent', code: 'ECONNREFUSED' } as const);
    expect(await took(firstState(lastingLine(after(100, absent), clock), clock))).toBe(100);
  });

  it.each([
    ['never answers', null],
    ['stays with another program', err({ type: 'LineForbidden', code: 'EBUSY' } as const)],
  ])('is not waited for beyond 1.5 s where the port %s', async (_, answer) => {
    const connect: Connect = answer ? async () => answer : () => new Promise(() => {});
    expect(await took(firstState(lastingLine(connect, clock), clock))).toBe(1_500);
  });
});

describe('a device that is set', () => {
  const openDesk = (settings: DeviceSettings) => {
    const format = registerFormat(DEFAULT_REGISTER_FORMAT);
    if (!format.ok) throw new Error('no such format');
    const openers = {
      reader: () => ok(new SimulatedReader({ after: (delayMs, task) => clock.after(delayMs, task) })),
      printer: () => err(tillError('DeviceAddressInvalid')),
      register: () => {
        const line = opensAfter(400);
        return ok((events: Parameters<typeof openRegisterLink>[4]) => ({
          line,
          link: openRegisterLink(line, format.value, 0, clock, events),
        }));
      },
      found: async () => [],
    };
    return Desk.open(openers, { get: () => settings, set: () => {} }, clock, () => 'id');
  };

  it('answers with the register’s line open', async () => {
    const desk = await openDesk({});
    await took(desk.set('register', { address: 'serial:/dev/ttyS1', profile: null }));
    expect(desk.register.lamp()).toEqual({ state: 'ok', detail: 'listening' });
  });

  it('holds up no start', async () => {
    const desk = await openDesk({ register: { address: 'serial:/dev/ttyS1', profile: null } });
    expect(desk.register.lamp()).toEqual({ state: 'fault', detail: 'no-line' });
    expect(clock.monotonicMs()).toBe(0);
  });

  it('asks the printer once its line is open', async () => {
    const slot = new PrinterSlot(clock);
    const line = opensAfter(400);
    let asked = 0;
    const status = async () => {
      asked += 1;
      return line.state() === 'open' ? ok(null) : err({ type: 'PrinterUnavailable' } as never);
    };
    const printer = { status, print: async () => ({ state: 'confirmed' }), close: async () => line.close() };
    expect(await took(slot.change({ line, printer: printer as never }))).toBe(400);
    expect(slot.lamp()).toEqual({ state: 'ok', detail: 'cannot-report' });
    expect(asked).toBe(1);
    await slot.close();
    expect(clock.waiting).toBe(0);
  });

  it('whose printer is closed while its line opens asks nothing any more', async () => {
    const slot = new PrinterSlot(clock);
    const { ends } = createMemoryLine();
    const line = { ...ends[0], state: () => 'absent' as const, fault: () => null };
    const printer = { close: async () => {} };
    const changing = slot.change({ line, printer: printer as never });
    await slot.close();
    await took(changing);
    expect(clock.waiting).toBe(0);
  });
});
