import { err, ok, type Result } from '#contract/result/index.ts';
import epsonTmT20 from '#resources/printers/epson-tm-t20.json' with { type: 'json' };
import generic58mm from '#resources/printers/generic-58mm.json' with { type: 'json' };
import generic80mm from '#resources/printers/generic-80mm.json' with { type: 'json' };
import noStatus from '#resources/printers/no-status.json' with { type: 'json' };
import { type PrinterProfile, type PrinterProfileInvalid, parsePrinterProfile } from './profile.ts';

export type DeviceProfileUnknown = { type: 'DeviceProfileUnknown'; name: string; known: string[] };

const shipped: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['generic-80mm', generic80mm],
  ['generic-58mm', generic58mm],
  ['epson-tm-t20', epsonTmT20],
  ['no-status', noStatus],
]);

/** What a printer is taken for until someone names its profile. */
export const DEFAULT_PRINTER_PROFILE = 'generic-80mm';

/** The names that `device set printer … --profile NAME` takes. */
export const printerProfileNames = (): string[] => [...shipped.keys()];

/** A shipped profile by its name, checked on each load. */
export function printerProfile(name: string): Result<PrinterProfile, PrinterProfileInvalid | DeviceProfileUnknown> {
  const data = shipped.get(name);
  if (data === undefined) return err({ type: 'DeviceProfileUnknown', name, known: printerProfileNames() });
  const profile = parsePrinterProfile(`${name}.json`, data);
  return profile.ok ? ok(profile.value) : profile;
}
