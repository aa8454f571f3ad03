import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '#contract/result/index.ts';
import { tillError } from '#contract/till/errors.ts';
import { createPrinter } from '#native/printers/driver.ts';
import { createMemoryLine } from '#native/printers/lines/memory.ts';
import { printerProfile } from '#native/printers/profiles.ts';
import { DEFAULT_REGISTER_FORMAT, registerFormat } from '#native/register/formats.ts';
import { openRegisterLink } from '#native/register/link.ts';
import { createSimulatedPrinter } from '#native/simulators/printer/simulator.ts';
import { SimulatedReader } from '#native/simulators/reader.ts';
import { blankCard } from '#test/harness/counter-cards.ts';
import { newTillStore, type TillStore } from '#test/harness/till-store.ts';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import type { Store } from '../store/index.ts';
import { Desk, type DeviceSettings, type Openers, type SettingsPlace } from './desk.ts';
import { rememberedDevices, settingsFor } from './remembered.ts';

let clock: VirtualClock;
let readers: SimulatedReader[];
let desk: Desk | null;
beforeEach(() => {
  clock = new VirtualClock();
  readers = [];
  desk = null;
});
afterEach(() => desk?.close());

/** Opens simulated parts at whatever address makes sense for them. */
const openers: Openers = {
  reader(address) {
    if (address.kind !== 'pcsc' && address.kind !== 'simulated') return err(tillError('DeviceAddressInvalid'));
    const reader = new SimulatedReader({ after: (delayMs, task) => clock.after(delayMs, task) });
    readers.push(reader);
    return ok(reader);
  },
  printer(_, profileName) {
    const profile = printerProfile(profileName ?? 'generic-80mm');
    if (!profile.ok) return err(tillError('DeviceProfileUnknown', { profile: profileName }));
    const { line } = createSimulatedPrinter();
    return ok({ line, printer: createPrinter(line, profile.value, clock) });
  },
  register() {
    const format = registerFormat(DEFAULT_REGISTER_FORMAT);
    if (!format.ok) throw new Error('no such format');
    const [line] = createMemoryLine().ends;
    return ok((events) => ({ line, link: openRegisterLink(line, format.value, 0, clock, events) }));
  },
  found: async (device) => (device === 'printer' ? ['serial:/dev/ttyUSB0'] : []),
};
const placeOf = (settings: DeviceSettings): SettingsPlace => ({
  get: () => settings,
  set: (next) => {
    for (const device of ['reader', 'printer', 'register'] as const) delete settings[device];
    Object.assign(settings, next);
  },
});
const opened = async (settings: DeviceSettings = {}): Promise<Desk> => {
  desk = await Desk.open(openers, placeOf(settings), clock, () => 'id');
  return desk;
};

/** Waits for what takes time of the virtual clock: a printer is asked how it is. */
async function passing<T>(work: Promise<T>): Promise<T> {
  await clock.advance(2_000);
  return work;
}

describe('the desk', () => {
  it('of a new till looks for a reader and has nothing else', async () => {
    const found = await opened();
    expect(found.lamps()).toEqual([
      { part: 'reader', state: 'ok', detail: 'ready', address: 'pcsc:' },
      { part: 'printer', state: 'absent', detail: 'not-set' },
      { part: 'register', state: 'absent', detail: 'not-set' },
    ]);
    expect(await found.list()).toMatchObject([
      { device: 'reader', address: 'pcsc:', profile: null },
      { device: 'printer', address: null, found: ['serial:/dev/ttyUSB0'] },
      { device: 'register', address: null, found: [] },
    ]);
  });

  it('opens what is remembered, and its lamps follow', async () => {
    const found = await opened({
      reader: { address: 'pcsc:ACS', profile: null },
      printer: { address: 'serial:/dev/ttyS0', profile: 'epson-tm-t20' },
      register: { address: 'serial:/dev/ttyS1', profile: null },
    });
    // The printer has not answered yet, and nothing waits for it.
    expect(found.lamps()[1]).toMatchObject({ state: 'fault', detail: 'offline' });
    await clock.advance(2_000);
    expect(found.lamps().map(({ state, detail }) => `${state} ${detail}`)).toEqual([
      'ok ready',
      'ok ready',
      'ok listening',
    ]);
    let changes = 0;
    found.changes.subscribe(() => {
      changes += 1;
    });
    readers[0]!.present(blankCard());
    expect(found.lamps()[0]).toMatchObject({ state: 'ok', detail: 'card-present' });
    readers[0]!.unplug();
    expect(found.lamps()[0]).toMatchObject({ state: 'fault', detail: 'unplugged', address: 'pcsc:ACS' });
    expect(changes).toBe(2);
  });

  it('starts with a remembered address that makes no sense, and shows its place as empty', async () => {
    const found = await opened({
      reader: { address: 'tcp:10.0.0.1:9100', profile: null },
      printer: { address: 'carrier-pigeon:7', profile: null },
      register: { address: '', profile: null },
    });
    expect(found.lamps().map(({ part, state }) => `${part} ${state}`)).toEqual([
      'reader ok',
      'printer absent',
      'register absent',
    ]);
    expect(await found.printer.ask()).toMatchObject({ state: 'absent' });
  });

  it('starts with a remembered profile that is no more', async () => {
    const found = await opened({ printer: { address: 'serial:/dev/ttyS0', profile: 'gone' } });
    expect(found.printer.lamp()).toEqual({ state: 'absent', detail: 'not-set' });
  });

  it('sets a device and remembers it; what cannot be opened changes nothing', async () => {
    const settings: DeviceSettings = {};
    const found = await opened(settings);
    expect(await passing(found.set('printer', { address: 'tcp:10.0.0.7:9100', profile: null }))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(settings.printer).toEqual({ address: 'tcp:10.0.0.7:9100', profile: null });
    expect(found.lamps()[1]).toMatchObject({ state: 'ok', address: 'tcp:10.0.0.7:9100' });
    const refused = [
      await found.set('printer', { address: 'nonsense', profile: null }),
      await found.set('printer', { address: 'tcp:10.0.0.8:9100', profile: 'gone' }),
      await found.set('reader', { address: 'serial:/dev/ttyS0', profile: null }),
    ];
    expect(refused.map((result) => !result.ok && result.error.type)).toEqual([
      'DeviceAddressInvalid',
      'DeviceProfileUnknown',
      'DeviceAddressInvalid',
    ]);
    expect(settings).toEqual({ printer: { address: 'tcp:10.0.0.7:9100', profile: null } });
    expect(found.printer.lamp()).toMatchObject({ state: 'ok' });
    await found.clear('printer');
    expect(settings).toEqual({});
    expect(found.lamps()[1]).toEqual({ part: 'printer', state: 'absent', detail: 'not-set' });
  });

  it('changes the reader under whoever holds it', async () => {
    const found = await opened();
    readers[0]!.present(blankCard());
    const before = found.reader.state().presence;
    await found.set('reader', { address: 'simulated:', profile: null });
    expect(found.reader.state().cardPresent).toBe(false);
    readers[1]!.present(blankCard());
    expect(found.reader.state().presence).toBeGreaterThan(before);
  });
});

describe('devices remembered in the store', () => {
  let files: TillStore;
  let store: Store;
  beforeEach(() => {
    files = newTillStore();
    store = files.open();
  });
  afterEach(() => {
    store.close();
    files.remove();
  });
  const real: DeviceSettings = { printer: { address: 'serial:/dev/ttyUSB0', profile: 'generic-58mm' } };

  it('are there after a restart', () => {
    rememberedDevices(store, false).set(real);
    store.close();
    store = files.open();
    expect(rememberedDevices(store, false).get()).toEqual(real);
  });

  it('are simulated on a demonstration until a real one is named', () => {
    const place = rememberedDevices(store, true);
    expect(place.get().printer).toEqual({ address: 'simulated:', profile: null });
    place.set({ ...place.get(), ...real });
    expect(place.get()).toMatchObject({ ...real, reader: { address: 'simulated:' } });
  });

  it('changes over and back: real ones are found again, those nobody named stay empty', () => {
    const place = rememberedDevices(store, true);
    place.set({ ...place.get(), ...real });
    place.set(settingsFor(store, 'simulated'));
    expect(settingsFor(store, 'real')).toEqual({ reader: { address: 'pcsc:', profile: null }, ...real });
    expect(settingsFor(store, 'real').register).toBeUndefined();
  });

  it.each([null, 7, 'printer', { printer: 'serial:' }, { reader: { address: 5, profile: null } }])(
    'that cannot be read any more are forgotten: %j',
    (kept) => {
      store.settings.set('devices', kept);
      store.settings.set('devices.real', kept);
      expect(rememberedDevices(store, false).get()).toEqual({});
      expect(settingsFor(store, 'real')).toEqual({ reader: { address: 'pcsc:', profile: null } });
    },
  );
});
