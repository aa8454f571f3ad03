import { createHash } from 'node:crypto';
import type { Enrolment } from '#contract/central/index.ts';
import type { IdSource } from '#contract/ids/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { TerminalKeys } from './keys/index.ts';
import type { Journal, Store } from './store/index.ts';

type Parts = { store: Store; keys: TerminalKeys; clock: Clock; ids: IdSource; onAppend: () => void };

/** The journal of the enrolled terminal; its first entry is written at enrolment. */
export interface TerminalJournal extends Pick<Journal, 'append'> {
  /** Takes up the journal of this enrolment, and opens its first epoch where there is none. Throws when the disk refuses. */
  begin(enrolment: Enrolment): void;
}

export function createTerminalJournal({ store, keys, clock, ids, onAppend }: Parts): TerminalJournal {
  let journal: Journal | null = null;
  return {
    append(drafts) {
      if (!journal) throw new Error('no fact without an enrolled terminal');
      const appended = journal.append(drafts);
      if (appended.ok) onAppend();
      return appended;
    },
    begin(enrolment) {
      const seal = (bytes: Uint8Array) => ({
        hash: createHash('sha256').update(bytes).digest('hex'),
        signature: keys.sign(bytes),
      });
      journal = store.journal({ terminal: enrolment.terminal, seal, clock });
      if (store.reader.head()) return;
      const opened = journal.openEpoch({
        kind: 'terminal.opened',
        intention: ids.uuid(),
        staff: null,
        role: null,
        postings: [],
        body: {
          tenant: enrolment.tenant,
          place: `${enrolment.shop.name}, ${enrolment.label}`,
          publicKey: keys.publicKeySpkiBase64,
          previousHead: null,
        },
      });
      if (!opened.ok) throw new Error(`the journal cannot begin: ${opened.error.type}`);
    },
  };
}
