import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseDeviceAddress } from '#native/printers/address.ts';
import type { ByteLine, LineState } from '#native/printers/lines/line.ts';
import { openLine } from '#native/printers/lines/open.ts';
import { registerFormat } from '#native/register/formats.ts';
import { openRegisterLink } from '#native/register/link.ts';
import { registerFrame, simulateRegisterOn } from '#native/simulators/register.ts';
import { type PtyPair, ptyPair } from '#test/harness/pty.ts';
import { realClock } from '#test/harness/real-clock.ts';

let folder: string;
let pty: PtyPair;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/register-`);
  pty = await ptyPair(folder);
  closing.push(() => rm(folder, { recursive: true }), pty.unplug);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function lineAt(path: string): ByteLine {
  const address = parseDeviceAddress(`serial:${path}?baud=9600`);
  if (!address.ok || address.value.kind !== 'serial') throw new Error(path);
  const line = openLine(address.value, realClock, { firstMs: 50, longestMs: 200 });
  closing.push(line.close);
  return line;
}

/** Resolves once the line is in this state; the test's own time-out bounds it. */
const inState = (line: ByteLine, wanted: LineState): Promise<void> =>
  new Promise((resolve) => {
    const stop = line.onState((state) => state === wanted && [stop(), resolve()]);
    if (line.state() === wanted) resolve();
  });

async function rig(formatName: string) {
  const format = registerFormat(formatName);
  if (!format.ok) throw new Error(format.error.type);
  const [hostLine, deviceLine] = [lineAt(pty.host), lineAt(pty.device)];
  const heard: (number | string)[] = [];
  const waiting: { count: number; resolve(): void }[] = [];
  const hear = (what: number | string) => {
    heard.push(what);
    for (const one of waiting) if (heard.length >= one.count) one.resolve();
  };
  openRegisterLink(hostLine, format.value, 2, realClock, {
    onAmount: ({ amountMinor }) => hear(amountMinor),
    onFault: ({ type }) => hear(type),
  });
  await Promise.all([inState(hostLine, 'open'), inState(deviceLine, 'open')]);
  const register = simulateRegisterOn(deviceLine, format.value, 2);
  return {
    ...{ register, hostLine, deviceLine, heard },
    frame: (amountMinor: number) => registerFrame(format.value, { amountMinor }, 2),
    /** Resolves once so many amounts and faults have come. */
    until: (count: number) =>
      new Promise<void>((resolve) => {
        waiting.push({ count, resolve });
        if (heard.length >= count) resolve();
      }),
  };
}

it.each(['ascii-line', 'stx-etx-lrc'])(
  '[T14] amounts come over a serial port whole, split and joined (%s)',
  async (format) => {
    const { register, frame, heard, until } = await rig(format);
    await register.ringUp({ amountMinor: 1250 });
    await until(1);
    for (const byte of frame(475)) await register.send(Uint8Array.of(byte));
    await register.send(Uint8Array.from([...frame(1), ...frame(499_999_999), ...frame(20)]));
    await until(5);
    expect(heard).toEqual([1250, 475, 1, 499_999_999, 20]);
  },
);

it('[T14] a corrupt frame is a fault and never an amount; the next one is read', async () => {
  const { register, frame, heard, until } = await rig('stx-etx-lrc');
  const corrupt = frame(1250);
  corrupt[9] = corrupt[9]! ^ 0x01;
  await register.send(corrupt);
  await register.send(Uint8Array.of(0x00, 0xff, 0x41));
  await register.ringUp({ amountMinor: 1250 });
  await until(3);
  expect(heard).toEqual(['RegisterChecksumWrong', 'RegisterGarbage', 1250]);
});

it.each(['ascii-line', 'stx-etx-lrc'])(
  '[T14] an amount of 0 and one of 10^12 are refused by name (%s)',
  async (format) => {
    const { register, heard, until } = await rig(format);
    await register.ringUp({ amountMinor: 0 });
    await register.ringUp({ amountMinor: 999_999_999_999 });
    await register.ringUp({ amountMinor: 1250 });
    await until(3);
    expect(heard).toEqual(['RegisterAmountZero', 'RegisterAmountTooLarge', 1250]);
  },
);

it('[T14] the register’s cable may be pulled and plugged in again', async () => {
  const { register, hostLine, deviceLine, frame, heard, until } = await rig('ascii-line');
  await register.ringUp({ amountMinor: 1250 });
  await until(1);
  await pty.unplug();
  await Promise.all([inState(hostLine, 'absent'), inState(deviceLine, 'absent')]);
  expect(await register.ringUp({ amountMinor: 1 })).toMatchObject({ ok: false });
  await pty.plug();
  await Promise.all([inState(hostLine, 'open'), inState(deviceLine, 'open')]);
  await register.send(frame(475));
  await until(2);
  expect(heard).toEqual([1250, 475]);
});
