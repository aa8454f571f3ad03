import type { Language } from '#contract/money/index.ts';
import type { Device } from '#contract/till/index.ts';
import { describeLamp } from '#resources/locales/describe.ts';
import { done } from '../outcome.ts';
import type { Verb } from '../verb.ts';

const kinds = ['printer', 'register', 'reader', 'scanner'] as const;
const kindOf = (word: string | undefined) => kinds.find((kind) => kind === word);

const line = (device: Device, language: Language): string => {
  const fact = device.lamp ? describeLamp(language, device.lamp).fact : '';
  return `${device.device.padEnd(10)} ${device.address ?? '-'} ${device.profile ?? ''} ${fact}`;
};

export const deviceList: Verb = {
  name: 'device list',
  usage: '',
  summary: { fr: 'les appareils, leur adresse, leur état', en: 'the devices, their addresses, how they are' },
  async run({ till, language }) {
    const devices = await till.device.list();
    return done({ devices }, devices.map((device) => line(device, language)).join('\n'));
  },
};

export const deviceSet: Verb = {
  name: 'device set',
  usage: 'printer|register|reader ADDRESS [--profile NAME]',
  summary: {
    fr: 'donne son adresse à un appareil : serial:/dev/ttyS0?baud=9600, tcp:host:9100, pcsc:NAME, simulated:',
    en: 'gives a device its address: serial:/dev/ttyS0?baud=9600, tcp:host:9100, pcsc:NAME, simulated:',
  },
  options: { profile: { type: 'string' } },
  async run({ till, words, options, language }) {
    const device = kindOf(words[0]);
    const address = words[1];
    if (!device || !address)
      return { status: 2, usage: 'comptoir device set printer|register|reader ADDRESS [--profile NAME]' };
    const profile = typeof options.profile === 'string' ? options.profile : null;
    const set = await till.device.set({ device, address, profile });
    return done(set, line(set, language));
  },
};

export const deviceTest: Verb = {
  name: 'device test',
  usage: 'printer|register|reader',
  summary: { fr: 'demande à un appareil comment il va', en: 'asks a device how it is' },
  async run({ till, words, language }) {
    const device = kindOf(words[0]);
    if (!device) return { status: 2, usage: 'comptoir device test printer|register|reader' };
    const tested = await till.device.test({ device });
    return done(tested, line(tested, language));
  },
};
