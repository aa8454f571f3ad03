import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldProjection } from '#contract/journal/projection.ts';
import {
  cardOutcomeDraft,
  customer,
  must,
  newTillStore,
  openingDraft,
  saleDraft,
  type TillStore,
  ticketOutcomeDraft,
} from '#test/harness/till-store.ts';
import { type EntryDraft, type Store, verifyStore } from './index.ts';

/** One thing that happens at a counter. Numbers pick among the sales and cards there are. */
const happening = fc.oneof(
  fc.record({ what: fc.constant('sale' as const), card: fc.nat(3), points: fc.integer({ min: -50, max: 500 }) }),
  fc.record({
    what: fc.constant('card' as const),
    sale: fc.nat(20),
    outcome: fc.constantFrom('applied', 'not-applied', 'unknown', 'quarantined'),
    ms: fc.option(fc.nat(900)),
  }),
  fc.record({
    what: fc.constant('ticket' as const),
    sale: fc.nat(20),
    outcome: fc.constantFrom('confirmed', 'failed', 'unknown', 'sent', 'no-printer'),
    copy: fc.nat(3),
  }),
  fc.record({ what: fc.constant('repeat' as const), sale: fc.nat(20) }),
  fc.record({ what: fc.constant('restart' as const) }),
  fc.record({ what: fc.constant('acknowledge' as const), back: fc.nat(5) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** A ledger kept the plain way, beside the store: what its answers must come to. */
class Counter {
  readonly till: TillStore = newTillStore();
  store: Store = this.till.open();
  journal = this.till.journal(this.store);
  readonly sales: EntryDraft<'loyalty.sale'>[] = [];
  readonly balances = new Map<string, number>();
  entries = must(this.journal.append([openingDraft(this.till)])).length;
  acknowledged = 0;

  live(event: Happening): void {
    if (event.what === 'restart') this.#restart();
    else if (event.what === 'acknowledge') this.#acknowledge(event.back);
    else if (event.what === 'sale') this.#sell(customer(event.card), event.points);
    else {
      const sale = this.sales[event.sale % Math.max(this.sales.length, 1)];
      if (sale) this.#settle(sale, event);
    }
  }

  #settle(sale: EntryDraft<'loyalty.sale'>, event: Extract<Happening, { sale: number }>): void {
    const { intention, body } = sale;
    if (event.what === 'repeat') {
      must(this.journal.append([sale]));
      return;
    }
    const draft =
      event.what === 'card'
        ? cardOutcomeDraft(intention, event.outcome, event.ms, body.cardNumber)
        : ticketOutcomeDraft(intention, body.ticketNumber, event.outcome, event.copy);
    this.entries += must(this.journal.append([draft])).length;
  }

  #sell(cardNumber: string, points: number): void {
    const balance = (this.balances.get(cardNumber) ?? 0) + points;
    const ticketNumber = `P1-${this.sales.length}`;
    const sale = saleDraft({ cardNumber, points, balance, ticketNumber });
    this.entries += must(this.journal.append([sale])).length;
    this.sales.push(sale);
    this.balances.set(cardNumber, balance);
  }

  #restart(): void {
    this.store.close();
    this.store = this.till.open();
    this.journal = this.till.journal(this.store);
  }

  #acknowledge(back: number): void {
    const seq = Math.max(this.entries - back, this.acknowledged, 1);
    const { hash } = this.store.reader.entry(1, seq)!;
    const head = { epoch: 1, seq, hash };
    must(this.store.acknowledge({ terminal: this.till.terminal, head, atMs: 1, signature: 's' }));
    this.acknowledged = seq;
  }
}

it('[T17][T37] whatever happens at the counter, projections are the fold of the journal and the unsent ones are counted (invariant 8)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (events) => {
      const counter = new Counter();
      try {
        for (const event of events) counter.live(event);
        const { reader } = counter.store;
        const entries = reader.entriesAfter(null, 1000);
        const folded = foldProjection(entries.map(({ entry }) => entry));
        for (const [cardNumber, balance] of counter.balances) {
          expect(reader.card(cardNumber)).toMatchObject({ balance });
          expect(folded.cards.get(cardNumber)).toMatchObject({ balance });
        }
        for (const sale of counter.sales) {
          expect(reader.sale(sale.intention)?.facts).toEqual(folded.operations.get(sale.intention));
        }
        expect(entries).toHaveLength(counter.entries);
        expect(reader.unsent().count).toBe(counter.entries - counter.acknowledged);
        expect(must(await verifyStore(counter.till.path)).faults).toEqual([]);
      } finally {
        counter.store.close();
        rmSync(counter.till.folder, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
