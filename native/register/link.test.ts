import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMemoryLine } from '#native/printers/lines/memory.ts';
import { simulateRegisterOn } from '#native/simulators/register.ts';
import { registerFormat } from './formats.ts';
import { openRegisterLink } from './link.ts';

const clock = {
  after(delayMs: number, task: () => void) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

function rig(formatName: string) {
  const format = registerFormat(formatName);
  if (!format.ok) throw new Error(format.error.type);
  const memory = createMemoryLine();
  const [hostEnd, deviceEnd] = memory.ends;
  const heard: (number | string)[] = [];
  const replies: number[] = [];
  deviceEnd.onData((bytes) => replies.push(...bytes));
  const link = openRegisterLink(hostEnd, format.value, 2, clock, {
    onAmount: ({ amountMinor }) => heard.push(amountMinor),
    onFault: ({ type }) => heard.push(type),
  });
  const register = simulateRegisterOn(deviceEnd, format.value, 2);
  const text = (value: string) => register.send(Uint8Array.from(Buffer.from(value, 'latin1')));
  return { memory, link, register, text, heard, replies };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('[T14] gives amounts and faults as they come', async () => {
  const { register, text, heard } = rig('ascii-line');
  await register.ringUp({ amountMinor: 1250 });
  await text('0.00\r\n');
  await register.ringUp({ amountMinor: 99, receiptNumber: 'A1' });
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([1250, 'RegisterAmountZero', 99]);
});

it('acknowledges what came right and asks again only for what did not', async () => {
  const { register, text, replies } = rig('stx-etx-lrc');
  await register.ringUp({ amountMinor: 1250 });
  await text('noise');
  await text('\x02A000000001250\x03C');
  await register.ringUp({ amountMinor: 0 });
  await vi.advanceTimersByTimeAsync(0);
  expect(replies).toEqual([0x06, 0x15, 0x06]);
});

it('does not join what came before a pause to what comes after it', async () => {
  const { text, heard } = rig('ascii-line');
  await text('12');
  await vi.advanceTimersByTimeAsync(5000);
  await text('50.00\r\n');
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(['RegisterFrameCutShort', 5000]);
});

it('does not join the two sides of an unplugged cable', async () => {
  const { text, memory, heard } = rig('ascii-line');
  await text('12');
  await vi.advanceTimersByTimeAsync(0);
  memory.cut();
  memory.restore();
  await text('50.00\r\n');
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(['RegisterFrameCutShort', 5000]);
});

it('is quiet once closed', async () => {
  const { register, link, memory, heard } = rig('ascii-line');
  await link.close();
  memory.restore();
  await register.ringUp({ amountMinor: 1250 });
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([]);
});
