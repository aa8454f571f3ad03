import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import { defaultSettings, type ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { previewLines } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { Acting } from '#service/acting.ts';
import { CounterDay } from '#service/counter/counter-day.ts';
import type { CounterParts } from '#service/counter/parts.ts';
import { settleCounterPrintsAfterRestart } from '#service/counter/print-counter.ts';
import type { PrintAnswer } from '#service/papers/parts.ts';
import type { Journal, Store } from '#service/store/index.ts';
import { must, newTillStore, openingDraft, type SaleFigures, saleDraft } from './till-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export const awaAtDay: Acting = { code: '1001', name: 'Awa Koné', role: 'cashier' };

/** A counter's day on a real store: the shipped use cases, without card and reader. */
export class DayCounter {
  readonly till = newTillStore();
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 23, 12));
  readonly tickets: Ticket[] = [];
  readonly defects: unknown[] = [];
  settings: ShopSettings = defaultSettings;
  /** Of a Z that only the server knows. */
  lastZ = 0;
  print: (ticket: Ticket) => Promise<PrintAnswer> = async () => ({ print: 'confirmed', why: null });
  store!: Store;
  journal!: Journal;
  day!: CounterDay;
  #parts!: CounterParts;

  constructor() {
    this.#start();
    must(this.journal.openEpoch(openingDraft(this.till)));
  }

  #start(): void {
    this.store = this.till.open();
    this.journal = this.till.journal(this.store, this.clock);
    this.#parts = {
      journal: this.journal,
      reader: this.store.reader,
      feed: { ...this.store.feed, settings: () => this.settings },
      clock: this.clock,
      timeZone: 'Africa/Lome',
      shop: () => shop,
      onDefect: (defect) => this.defects.push(defect),
      print: (ticket) => {
        this.tickets.push(ticket);
        return this.print(ticket);
      },
      training: false,
      lastZ: () => this.lastZ,
    };
    this.day = new CounterDay(this.#parts);
  }

  /** The service's process is gone, and a new one opens the same data folder and looks what it left open. */
  restart(): void {
    this.#parts.onDefect = () => undefined;
    this.store.close();
    this.#start();
    settleCounterPrintsAfterRestart(this.#parts);
  }

  /** A restored till goes on in a new epoch. */
  newEpoch(): void {
    must(this.journal.openEpoch(openingDraft(this.till, this.store.reader.head())));
  }

  sell(figures: SaleFigures & { tender?: 'cash' | 'other' } = {}): void {
    must(this.journal.append([saleDraft(figures)]));
  }

  close(countedCashMinor: number, more: { intention?: string; reason?: string | null } = {}) {
    const { intention = randomUUID(), reason = null } = more;
    return this.day.close(awaAtDay, { intention, countedCashMinor, reason, approvedBy: null });
  }

  entries(): JournalEntry[] {
    return this.store.reader.entriesAfter(null, 10_000).map(({ entry }) => entry);
  }

  kinds(): string[] {
    return this.entries().map(({ kind }) => kind);
  }

  lastTicket(): string {
    const ticket = this.tickets.at(-1);
    if (!ticket) throw new Error('nothing was printed');
    return previewLines(ticket, 42)
      .map(({ text }) => text)
      .join('\n');
  }

  remove(): void {
    this.store.close();
    this.till.remove();
  }
}

const shop = {
  name: 'Boulangerie du Port',
  address: '12 quai du Port',
  till: 'Caisse 2',
  ticketPrefix: '2',
  currency: 'XOF' as const,
  ticketLanguage: 'fr' as const,
  programme: {} as Programme,
  onCard: {} as never,
};
