import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatInteger, type Language } from '#contract/money/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { storePath } from '#service/compose.ts';
import { identityPublicKey, keysFolderOf } from '#service/keys/index.ts';
import { type BackupError, makeBackup, type Restored, type RestoreError, restoreBackup } from '#service/store/index.ts';
import { prepareDataFolder } from '../launch/data-folder.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import type { Verb } from '../verb.ts';

const wallClock = { wallMs: () => Date.now() };

/** Beside a running service or of a stopped one: it only reads the store. */
export const backup: Verb = {
  name: 'backup',
  usage: 'FILE',
  summary: {
    fr: 'copie le journal et tout ce que la caisse sait dans un fichier ; jamais ses clés',
    en: 'copies the journal and all that the till knows into a file; never its keys',
  },
  async alone({ dataDir, words: [name, ...more], language }) {
    if (name === undefined || more.length > 0) return { status: 2, usage: 'comptoir backup FILE' };
    const path = storePath(dataDir);
    if (!existsSync(path)) return { status: 4 };
    const made = makeBackup(path, resolve(name), wallClock);
    if (!made.ok) return refused(backupRefusal(made.error));
    const { entries, unsent, head, file } = made.value;
    const count = formatInteger(entries, language);
    const text = language === 'fr' ? `${count} écritures dans ${file}` : `${count} entries in ${file}`;
    return done({ epoch: head?.epoch ?? 0, entries, unsent, head, file }, text);
  },
};

/** Of a stopped service only. The new epoch is opened by the service at its next start: only it has the key. */
export const restore: Verb = {
  name: 'restore',
  usage: 'FILE',
  summary: {
    fr: 'remet une sauvegarde vérifiée à la place du journal, qui est gardé à côté ; ouvre une nouvelle époque',
    en: "puts a verified backup in the journal's place, which is kept beside it; opens a new epoch",
  },
  async alone({ dataDir, words: [name, ...more], language }) {
    if (name === undefined || more.length > 0) return { status: 2, usage: 'comptoir restore FILE' };
    const unusable = prepareDataFolder(dataDir);
    if (unusable) return refused(unusable);
    const restored = await restoreBackup({
      path: storePath(dataDir),
      file: resolve(name),
      pid: process.pid,
      publicKey: identityPublicKey(keysFolderOf(dataDir)),
      clock: wallClock,
    });
    return restored.ok ? told(restored.value, language) : refusedRestore(restored.error, dataDir);
  },
};

function told({ epoch, entries, madeAtMs, setAside, setAsideUnsent }: Restored, language: Language): Outcome {
  const count = formatInteger(entries, language);
  const kept = setAside ? { fr: ` L’ancien est dans ${setAside}.`, en: ` The old one is in ${setAside}.` } : null;
  const only = {
    fr: ` ${setAsideUnsent} de ses écritures n’étaient pas envoyées : gardez ce fichier pour l’assistance.`,
    en: ` ${setAsideUnsent} of its entries were not sent: keep that file for support.`,
  };
  const unsent = setAsideUnsent > 0 ? only[language] : '';
  const text = {
    fr: `${count} écritures remises en place ; l’époque ${epoch} s’ouvre au prochain démarrage.${kept?.fr ?? ''}`,
    en: `${count} entries put back; epoch ${epoch} opens at the next start.${kept?.en ?? ''}`,
  };
  const value = { epoch, entries, madeAt: new Date(madeAtMs).toISOString(), setAside, setAsideUnsent };
  return done(value, text[language] + unsent);
}

function backupRefusal(error: BackupError): TillError {
  switch (error.type) {
    case 'BackupExists':
      return tillError(error.type, { file: error.file });
    case 'BackupNotWritten':
      return tillError(error.type, { file: error.file, code: error.code });
    case 'DiskFull':
    case 'StoreCorrupt':
      return tillError(error.type, { file: error.path });
  }
}

function refusedRestore(error: RestoreError, dataDir: string): Outcome {
  switch (error.type) {
    case 'BackupNotRead':
      return refused(tillError(error.type, { file: error.file, code: error.code }));
    case 'BackupUnreadable':
      return refused(tillError(error.type, { file: error.file, why: error.why }));
    case 'BackupOfAnotherTill':
      return refused(tillError(error.type, { terminal: error.terminal, unsent: error.unsent }));
    case 'BackupFaulty': {
      const [first] = error.faults;
      const entry = first ? `${first.epoch}-${first.seq}` : null;
      return refused(tillError(error.type, { file: error.file, entry }), { faults: error.faults });
    }
    case 'DataFolderInUse':
      return refused(tillError(error.type, { folder: dataDir, pid: error.pid }));
    case 'DiskFull':
    case 'StoreCorrupt':
    case 'StoreTooNew':
      return refused(tillError(error.type, { file: error.path }));
  }
}
