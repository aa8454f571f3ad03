import { describeLamp } from '#resources/locales/describe.ts';
import { timeoutMs } from '../options.ts';
import { done, refused } from '../outcome.ts';
import type { Verb } from '../verb.ts';

export const status: Verb = {
  name: 'status',
  usage: '',
  summary: {
    fr: 'un coup d’œil : liaison, opérations non envoyées, autonomie, appareils, horloge, versions',
    en: 'one look: link, unsent count and since when, offline until when, devices, clock offset, versions',
  },
  async run({ till, language }) {
    const report = await till.till.status();
    const lamps = report.devices.map((lamp) => {
      const { name, fact, remedy } = describeLamp(language, lamp);
      return `${name.padEnd(16)} ${lamp.state.padEnd(7)} ${fact}${remedy ? ` ${remedy}` : ''}`;
    });
    return done(report, lamps.join('\n'));
  },
};

export const sync: Verb = {
  name: 'sync',
  usage: '[--wait] [--timeout SECONDS]',
  summary: { fr: 'envoie maintenant ce qui attend', en: 'sends what is waiting now' },
  options: { wait: { type: 'boolean' } },
  async run({ till, options, language }) {
    const report = await till.sync.now({ waitMs: options.wait ? timeoutMs(options) : 0 });
    if (options.wait && report.unsent > 0)
      return refused({ type: 'SyncTimeout', facts: { unsent: report.unsent } }, report);
    return done(
      report,
      language === 'fr'
        ? `${report.sent} envoyées, ${report.unsent} en attente`
        : `${report.sent} sent, ${report.unsent} waiting`,
    );
  },
};

export const enrol: Verb = {
  name: 'enrol',
  usage: '--central URL --code CODE',
  summary: { fr: 'fait de ce poste une caisse de la boutique', en: 'makes this installation a till of the shop' },
  options: { central: { type: 'string' }, code: { type: 'string' }, name: { type: 'string' } },
  needs: ['central', 'code'],
  async run({ till, options }) {
    const centralUrl = String(options.central);
    const code = String(options.code);
    const enrolled = await till.till.enrol({ centralUrl, code });
    return done(enrolled, enrolled.terminal);
  },
};
