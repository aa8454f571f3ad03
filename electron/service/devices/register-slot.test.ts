import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryLine, type MemoryLine } from '#native/printers/lines/memory.ts';
import { DEFAULT_REGISTER_FORMAT, registerFormat } from '#native/register/formats.ts';
import { openRegisterLink } from '#native/register/link.ts';
import { type RegisterSimulator, simulateRegisterOn } from '#native/simulators/register.ts';
import { settle, VirtualClock } from '#test/harness/virtual-clock.ts';
import { type OpenRegister, RegisterSlot } from './register-slot.ts';

let clock: VirtualClock;
let slot: RegisterSlot;
let ids: number;
beforeEach(() => {
  clock = new VirtualClock();
  ids = 0;
  slot = new RegisterSlot(clock, () => `id-${++ids}`);
});

function plugged(): { cable: MemoryLine; register: RegisterSimulator; open: OpenRegister } {
  const cable = createMemoryLine();
  const format = registerFormat(DEFAULT_REGISTER_FORMAT);
  if (!format.ok) throw new Error('no such format');
  const [host, device] = cable.ends;
  return {
    cable,
    register: simulateRegisterOn(device, format.value, 0),
    open: (events) => ({ line: host, link: openRegisterLink(host, format.value, 0, clock, events) }),
  };
}

describe('the place of the register', () => {
  it('[T14] holds the last amount until a sale takes it', async () => {
    const { register, open } = plugged();
    expect(slot.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
    await slot.change(open);
    expect(slot.lamp()).toEqual({ state: 'ok', detail: 'listening' });
    await register.ringUp({ amountMinor: 1250 });
    await settle();
    expect(slot.amount).toEqual({ id: 'id-1', amountMinor: 1250, receiptNumber: null, atMs: clock.wallMs() });
    await register.ringUp({ amountMinor: 990 });
    await settle();
    expect(slot.amount).toMatchObject({ id: 'id-2', amountMinor: 990 });
    expect(slot.lamp()).toEqual({ state: 'ok', detail: 'received' });
    slot.clearAmount();
    expect(slot.amount).toBeNull();
  });

  it.each([
    ['garbage', 'garbage', (register: RegisterSimulator) => register.send(Buffer.from('\u0002hello\u0003!', 'latin1'))],
    ['an amount of 0', 'amount-refused', (register: RegisterSimulator) => register.ringUp({ amountMinor: 0 })],
    [
      'an amount of 10^12',
      'amount-refused',
      (register: RegisterSimulator) => register.ringUp({ amountMinor: 10 ** 12 }),
    ],
  ])('takes %s for no amount; its lamp says so for a minute', async (_, detail, send) => {
    const { register, open } = plugged();
    await slot.change(open);
    await send(register);
    await clock.advance(2_000);
    expect(slot.amount).toBeNull();
    expect(slot.lamp()).toEqual({ state: 'warn', detail });
    const heard: string[] = [];
    slot.changes.subscribe(() => heard.push(slot.lamp().detail));
    await clock.advance(61_000);
    expect(heard.at(-1)).toBe('listening');
  });

  it.each([
    ['garbage', 777, (register: RegisterSimulator) => register.send(Buffer.from('\u0002hello\u0003!', 'latin1'))],
    ['an amount of 0', undefined, (register: RegisterSimulator) => register.ringUp({ amountMinor: 0 })],
    ['an amount of 10^12', undefined, (register: RegisterSimulator) => register.ringUp({ amountMinor: 10 ** 12 })],
  ])('[T14] after %s offers %s: only a whole frame moves on from the amount before', async (_, offered, send) => {
    const { register, open } = plugged();
    await slot.change(open);
    await register.ringUp({ amountMinor: 777 });
    await settle();
    await send(register);
    await clock.advance(2_000);
    expect(slot.amount?.amountMinor).toBe(offered);
  });

  it('[T14] offers an amount for five minutes, each its own', async () => {
    const { register, open } = plugged();
    await slot.change(open);
    await register.ringUp({ amountMinor: 500 });
    await clock.advance(299_000);
    await register.ringUp({ amountMinor: 700 });
    await clock.advance(299_000);
    expect(slot.amount).toMatchObject({ amountMinor: 700 });
    const heard: unknown[] = [];
    slot.changes.subscribe(() => heard.push(slot.amount));
    await clock.advance(1_000);
    expect(slot.amount).toBeNull();
    expect(heard).toEqual([null]);
    expect(clock.waiting).toBe(0);
  });

  it('puts the lamp out with the next good amount', async () => {
    const { register, open } = plugged();
    await slot.change(open);
    await register.ringUp({ amountMinor: 0 });
    await settle();
    await register.ringUp({ amountMinor: 100 });
    await settle();
    expect(slot.lamp()).toEqual({ state: 'ok', detail: 'received' });
  });

  it('tells of a cable that was pulled', async () => {
    const { cable, open } = plugged();
    await slot.change(open);
    const heard: string[] = [];
    slot.changes.subscribe(() => heard.push(slot.lamp().detail));
    cable.cut();
    cable.restore();
    expect(heard).toEqual(['no-line', 'listening']);
  });

  it('a new register has sent nothing yet, and is not blamed for the old one', async () => {
    const old = plugged();
    await slot.change(old.open);
    await old.register.ringUp({ amountMinor: 500 });
    await settle();
    await old.register.ringUp({ amountMinor: 0 });
    await settle();
    await slot.change(plugged().open);
    expect(slot.lamp()).toEqual({ state: 'ok', detail: 'listening' });
    await slot.change(null);
    expect(slot.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
  });
});
