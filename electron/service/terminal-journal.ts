import { createHash } from 'node:crypto';
import type { Enrolment } from '#contract/central/index.ts';
import type { IdSource } from '#contract/ids/index.ts';
import type { Head } from '#contract/journal/entry.ts';
import { ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { TerminalKeys } from './keys/index.ts';
import type { AppendError, EntryDraft, Journal, Standing, Store } from './store/index.ts';

type Parts = { store: Store; keys: TerminalKeys; clock: Clock; ids: IdSource; onAppend: () => void };

/** The journal of the enrolled terminal; its first entry is written at enrolment. */
export interface TerminalJournal extends Pick<Journal, 'append'> {
  /**
   * Takes up the journal of this enrolment. Opens its first epoch where there is none, and a new one where the store is a restored
   * copy: what it wrote after it was copied may be at the server. Throws when the disk refuses.
   */
  begin(enrolment: Enrolment, standing?: Pick<Standing, 'restored' | 'usedEpoch'>): void;
  /**
   * The server holds other entries behind the last acknowledged one: what was written there here is stated again in a new epoch.
   * Where a new epoch stands there already, or nothing does, there is nothing to state again.
   * @param usedEpoch the highest epoch that the server has of this terminal
   */
  goOn(usedEpoch: number): Result<unknown, AppendError>;
}

export function createTerminalJournal({ store, keys, clock, ids, onAppend }: Parts): TerminalJournal {
  let journal: Journal | null = null;
  let enrolled: Enrolment | null = null;
  return {
    append(drafts) {
      if (!journal) throw new Error('no fact without an enrolled terminal');
      const appended = journal.append(drafts);
      if (appended.ok) onAppend();
      return appended;
    },
    begin(enrolment, { restored, usedEpoch } = { restored: false, usedEpoch: 0 }) {
      const seal = (bytes: Uint8Array) => ({
        hash: createHash('sha256').update(bytes).digest('hex'),
        signature: keys.sign(bytes),
      });
      journal = store.journal({ terminal: enrolment.terminal, seal, clock });
      enrolled = enrolment;
      const head = store.reader.head();
      if (head && !restored) return;
      const opened = journal.openEpoch(openingOf(enrolment, head), usedEpoch);
      if (!opened.ok) throw new Error(`the journal cannot begin: ${opened.error.type}`);
    },
    goOn(usedEpoch) {
      const common = store.reader.acknowledged()?.head;
      if (!journal || !enrolled || !common) throw new Error('nothing to go on from');
      const [next] = store.reader.entriesAfter(common, 1);
      if (next && next.entry.epoch > usedEpoch) return ok(null);
      const opening = openingOf(enrolled, common);
      const gone = next ? journal.reissue(opening, usedEpoch) : journal.openEpoch(opening, usedEpoch);
      if (gone.ok) onAppend();
      return gone;
    },
  };

  function openingOf(enrolment: Enrolment, previousHead: Head | null): EntryDraft<'terminal.opened'> {
    return {
      kind: 'terminal.opened',
      intention: ids.uuid(),
      staff: null,
      role: null,
      postings: [],
      body: {
        tenant: enrolment.tenant,
        place: `${enrolment.shop.name}, ${enrolment.label}`,
        publicKey: keys.publicKeySpkiBase64,
        previousHead,
      },
    };
  }
}
