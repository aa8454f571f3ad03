import { readdir } from 'node:fs/promises';
import { type CurrencyCode, currencies } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Clock } from '#contract/time/index.ts';
import { createPcscReader } from '#native/pcsc/reader.ts';
import type { DeviceAddress } from '#native/printers/address.ts';
import { drawQr } from '#native/printers/draw-qr.ts';
import { createPrinter } from '#native/printers/driver.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';
import { openLine } from '#native/printers/lines/open.ts';
import { DEFAULT_PRINTER_PROFILE, printerProfile } from '#native/printers/profiles.ts';
import { DEFAULT_REGISTER_FORMAT, registerFormat } from '#native/register/formats.ts';
import { openRegisterLink } from '#native/register/link.ts';
import type { SimulatedCounter } from './demo/counter.ts';
import type { Openers } from './devices/desk.ts';

type Parts = { clock: Clock; simulated: SimulatedCounter | null; currency: () => CurrencyCode };

/** How each device is opened by its address: the system's own, or, in a demonstration, a simulated one. */
export function deviceOpeners({ clock, simulated, currency }: Parts): Openers {
  const line = (address: DeviceAddress, simulate: ((counter: SimulatedCounter) => ByteLine) | null) =>
    lineTo(address, clock, simulated, simulate);
  return {
    reader(address) {
      if (address.kind === 'pcsc') {
        return ok(createPcscReader(address.reader ? { clock, readerName: address.reader } : { clock }));
      }
      if (address.kind === 'simulated') return simulated ? ok(simulated.openReader()) : notSimulated();
      return err(tillError('DeviceAddressInvalid', { address: address.kind, part: 'reader' }));
    },
    printer(address, profileName) {
      const profile = printerProfile(profileName ?? DEFAULT_PRINTER_PROFILE);
      if (!profile.ok) return unknownProfile(profileName);
      const opened = line(address, (counter) => counter.openPrinter().line);
      return opened.ok
        ? ok({ line: opened.value, printer: createPrinter(opened.value, profile.value, clock, { drawQr }) })
        : opened;
    },
    register(address, formatName) {
      const format = registerFormat(formatName ?? DEFAULT_REGISTER_FORMAT);
      if (!format.ok) return unknownProfile(formatName);
      const opened = line(address, (counter) => counter.openRegister(currency()));
      if (!opened.ok) return opened;
      const { exponent } = currencies[currency()];
      return ok((events) => ({
        line: opened.value,
        link: openRegisterLink(opened.value, format.value, exponent, clock, events),
      }));
    },
    found: (device) => (device === 'reader' ? Promise.resolve([]) : serialPorts()),
  };
}

function lineTo(
  address: DeviceAddress,
  clock: Clock,
  simulated: SimulatedCounter | null,
  simulate: ((counter: SimulatedCounter) => ByteLine) | null,
): Result<ByteLine, TillError> {
  if (address.kind === 'serial' || address.kind === 'tcp') return ok(openLine(address, clock));
  if (address.kind === 'simulated' && simulate) return simulated ? ok(simulate(simulated)) : notSimulated();
  return err(tillError('DeviceAddressInvalid', { address: address.kind, part: 'kind' }));
}

const notSimulated = (): Result<never, TillError> => err(tillError('NotSimulated'));
const unknownProfile = (name: string | null): Result<never, TillError> =>
  err(tillError('DeviceProfileUnknown', { profile: name ?? '' }));

/** Serial ports a person could choose from. */
async function serialPorts(): Promise<string[]> {
  const names = await readdir('/dev').catch(() => []);
  return names.filter((name) => /^(ttyUSB|ttyACM|ttyS)\d+$/.test(name)).map((name) => `serial:/dev/${name}`);
}
