import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CurrencyCode } from '#contract/money/index.ts';
import { currencies } from '#contract/money/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { Clock } from '#contract/time/index.ts';
import { createMemoryLine } from '#native/printers/lines/memory.ts';
import { DEFAULT_REGISTER_FORMAT, registerFormat } from '#native/register/formats.ts';
import { createSimulatedPrinter, type SimulatedPrinter } from '#native/simulators/printer/simulator.ts';
import { SimulatedReader } from '#native/simulators/reader.ts';
import { type RegisterSimulator, simulateRegisterOn } from '#native/simulators/register.ts';
import { CardTray, type TrayShelf } from '#native/simulators/tray.ts';
import { trayOf } from './tray-cards.ts';

/** The simulated devices of a demonstration: built in, and driven by hand (N8). */
export type SimulatedCounter = {
  /** A fresh reader each time it is plugged in; the tray follows it. */
  openReader(): SimulatedReader;
  tray(): CardTray | null;
  /** Resolves when every card lies in its slot: making them takes a moment at the very first start. */
  trayFilled(): Promise<void>;
  openPrinter(): SimulatedPrinter;
  printer(): SimulatedPrinter | null;
  openRegister(currency: CurrencyCode): ReturnType<typeof createMemoryLine>['ends'][0];
  register(): RegisterSimulator | null;
};

export function createSimulatedCounter(parts: {
  setup: DemoSetup;
  dataDir: string;
  clock: Clock;
  randomBytes: (length: number) => Uint8Array;
}): SimulatedCounter {
  let tray: CardTray | null = null;
  let filled = Promise.resolve();
  let printer: SimulatedPrinter | null = null;
  let register: RegisterSimulator | null = null;
  return {
    openReader() {
      const reader = new SimulatedReader({ after: (delayMs, task) => parts.clock.after(delayMs, task) });
      tray = new CardTray(reader, shelfOf(parts));
      filled = fillTray(tray, parts);
      return reader;
    },
    tray: () => tray,
    trayFilled: () => filled,
    openPrinter() {
      printer = createSimulatedPrinter();
      return printer;
    },
    printer: () => printer,
    openRegister(currency) {
      const [hostEnd, deviceEnd] = createMemoryLine().ends;
      const format = registerFormat(DEFAULT_REGISTER_FORMAT);
      if (!format.ok) throw new Error('the default register format is unsound');
      register = simulateRegisterOn(deviceEnd, format.value, currencies[currency].exponent);
      return hostEnd;
    },
    register: () => register,
  };
}

/** Cards that begin anew are kept nowhere: what was made of them yesterday went away with its customer. */
function shelfOf({ setup, dataDir }: { setup: DemoSetup; dataDir: string }): TrayShelf {
  const shelf = shelfIn(join(dataDir, 'simulators'));
  const isKept = (slot: number) =>
    !setup.freshBlanks || trayOf(setup).some((card) => card.slot === slot && card.cardNumber !== null);
  return { ...shelf, load: (slot) => (isKept(slot) ? shelf.load(slot) : undefined) };
}

async function fillTray(
  tray: CardTray,
  { setup, clock, randomBytes }: { setup: DemoSetup; clock: Clock; randomBytes: (length: number) => Uint8Array },
): Promise<void> {
  for (const { slot, make } of trayOf(setup)) {
    await tray.fill(slot, () => make(setup, randomBytes, clock.wallMs()), randomBytes);
  }
}

/** Simulated cards as files. They hold keys of the demonstration only, and are readable by their owner alone. */
function shelfIn(folder: string): TrayShelf {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (slot: number) => join(folder, `card-${slot}.json`);
  return {
    load(slot) {
      try {
        return JSON.parse(readFileSync(path(slot), 'utf8'));
      } catch {
        // None yet, or cut short by a crash of the machine: the card is made anew.
        return undefined;
      }
    },
    save(slot, card) {
      try {
        writeFileSync(`${path(slot)}.new`, JSON.stringify(card), { mode: 0o600 });
        renameSync(`${path(slot)}.new`, path(slot));
      } catch {
        // A full disk: the simulated card goes on in memory, as a card of plastic would.
      }
    },
  };
}
