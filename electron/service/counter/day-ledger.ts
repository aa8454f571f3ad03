import { addTotals, noTotals } from '#contract/counter/add-totals.ts';
import { totalsOf } from '#contract/counter/day.ts';
import { type LocalDayOf, localDayIn } from '#contract/counter/local-day.ts';
import type { Head, JournalEntry } from '#contract/journal/entry.ts';
import type { DayTotals } from '#contract/journal/kinds/day.ts';
import type { JournalReader } from '../store/index.ts';

/** Where a counter stands: since its last Z. */
export type DayStanding = {
  totals: DayTotals;
  lastZ: JournalEntry<'day.closed'> | null;
};

type Reader = Pick<JournalReader, 'entriesAfter' | 'entry' | 'list'>;

const entriesPerPage = 500;

/**
 * The totals since the last Z, kept as the journal grows: a look reads only what is new. Nothing of it is stored, for the journal
 * says it all.
 */
export class DayLedger {
  readonly #reader: Reader;
  readonly #localDay: LocalDayOf;
  #at: Head | null = null;
  #standing: DayStanding | null = null;

  constructor(reader: Reader, timeZone: string) {
    this.#reader = reader;
    this.#localDay = localDayIn(timeZone);
  }

  /** Reads on to the end of the journal as it is now, and lets other work pass between the pages of a long one. */
  async catchUp(): Promise<void> {
    while (this.#readPage()) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Where the counter stands at this very instant: an entry appended in the same turn comes right behind it. */
  now(): DayStanding {
    while (this.#readPage());
    return this.#begun();
  }

  /** True: there may be more. */
  #readPage(): boolean {
    const standing = this.#begun();
    const page = this.#reader.entriesAfter(this.#at, entriesPerPage);
    for (const { entry, hash } of page) this.#take(standing, entry, hash);
    return page.length === entriesPerPage;
  }

  #take(standing: DayStanding, entry: JournalEntry, hash: string): void {
    this.#at = { epoch: entry.epoch, seq: entry.seq, hash };
    if (entry.kind !== 'day.closed') {
      standing.totals = addTotals(standing.totals, totalsOf(entry, this.#localDay));
      return;
    }
    standing.lastZ = entry;
    standing.totals = noTotals;
  }

  /** Begins behind the last Z on record, wherever it lies. */
  #begun(): DayStanding {
    if (this.#standing && this.#isStillThere()) return this.#standing;
    const last = this.#reader.list({ before: null, limit: 1, kinds: ['day.closed'] })[0];
    const entry = last?.entry;
    const lastZ = entry?.kind === 'day.closed' ? entry : null;
    this.#at = lastZ && { epoch: lastZ.epoch, seq: lastZ.seq, hash: last!.hash };
    this.#standing = { totals: noTotals, lastZ };
    return this.#standing;
  }

  /** The end of a store that was put back from an old copy may have been set aside, and stated again elsewhere. */
  #isStillThere(): boolean {
    return this.#at === null || this.#reader.entry(this.#at.epoch, this.#at.seq)?.hash === this.#at.hash;
  }
}
