import { existsSync } from 'node:fs';
import { formatInteger, type Language } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import type { JournalReport } from '#contract/till/index.ts';
import { storePath } from '#service/compose.ts';
import { serverKeyOfStopped } from '#service/stopped.ts';
import { verifyStore } from '#service/store/verify.ts';
import { trainingFolderOf } from '#service/training/secrets.ts';
import { openDoor } from '../door-client.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import type { Verb } from '../verb.ts';

export const journalList: Verb = {
  name: 'journal list',
  usage: '[--limit N]',
  summary: { fr: 'les dernières écritures du journal', en: "the journal's latest entries" },
  options: { limit: { type: 'string' } },
  async run({ till, options }) {
    const limit = Number(options.limit ?? 50);
    const page = await till.journal.list({ limit });
    const lines = page.entries.map(
      ({ entry, wallTime, kind, detail, sent }) =>
        `${entry.padEnd(10)} ${wallTime}  ${kind.padEnd(16)} ${detail ?? ''}${sent ? '' : '  *'}`,
    );
    return done({ entries: page.entries, total: page.total, head: page.head }, lines.join('\n'));
  },
};

/** Asks a running service, or reads the files of a stopped one. */
export const journalVerify: Verb = {
  name: 'journal verify',
  usage: '',
  summary: {
    fr: 'recompte tout : empreintes, signatures, suite, écritures, soldes ; nomme l’écriture fautive',
    en: 'recomputes hashes, signatures, sequence, postings and projections; names the faulty entry',
  },
  inTraining: true,
  async alone({ dataDir: installation, language, training }) {
    const door = await openDoor(installation);
    if (door) {
      const till = training ? await door.training() : door.till;
      const report = await till.journal.verify();
      door.close();
      return verdict(report, language);
    }
    const dataDir = training ? trainingFolderOf(installation) : installation;
    const file = storePath(dataDir);
    // No installation is here: nothing is damaged, there is nothing to ask.
    if (!existsSync(file)) return { status: 4 };
    const report = await verifyStore(file, { serverPublicKey: await serverKeyOfStopped(dataDir, file) });
    return report.ok ? verdict(report.value, language) : refused(tillError('StoreCorrupt', { file }));
  },
};

function verdict(report: JournalReport, language: Language): Outcome {
  const [first] = report.faults;
  const sound = { fr: 'écritures, aucune faute', en: 'entries, no fault' }[language];
  if (!first) return done(report, `${formatInteger(report.entries, language)} ${sound}`);
  const entry = `${first.epoch}-${first.seq}`;
  return refused(tillError('JournalFaulty', { entry, what: first.what }), report);
}
