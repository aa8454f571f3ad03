import { z } from 'zod';
import type { Store } from '../store/index.ts';
import type { DeviceSetting, DeviceSettings, SettingsPlace } from './desk.ts';

const Setting = z.object({ address: z.string(), profile: z.string().nullable() });
const Remembered = z.object({ reader: Setting.optional(), printer: Setting.optional(), register: Setting.optional() });

const simulatedDevices: Required<DeviceSettings> = {
  reader: { address: 'simulated:', profile: null },
  printer: { address: 'simulated:', profile: null },
  register: { address: 'simulated:', profile: null },
};

const isSimulated = (setting: DeviceSetting | undefined) => setting?.address.startsWith('simulated:') ?? false;

/** The devices of this counter, kept between runs. A demonstration begins with simulated ones. Real ones are remembered apart. */
export function rememberedDevices(store: Store, simulated: boolean): SettingsPlace {
  const read = (key: string): DeviceSettings => {
    const kept = Remembered.safeParse(store.settings.get(key));
    return kept.success ? (kept.data as DeviceSettings) : {};
  };
  return {
    get() {
      const kept = read('devices');
      return simulated ? { ...simulatedDevices, ...kept } : kept;
    },
    set(settings) {
      store.settings.set('devices', settings);
      const real = Object.fromEntries(Object.entries(settings).filter(([, setting]) => !isSimulated(setting)));
      store.settings.set('devices.real', { ...read('devices.real'), ...real });
    },
  };
}

/** What each place becomes when the whole counter changes over. A real device nobody has named yet stays empty; a reader is found. */
export function settingsFor(store: Store, devices: 'simulated' | 'real'): DeviceSettings {
  if (devices === 'simulated') return simulatedDevices;
  const kept = Remembered.safeParse(store.settings.get('devices.real'));
  return { reader: { address: 'pcsc:', profile: null }, ...(kept.success ? (kept.data as DeviceSettings) : {}) };
}
