import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkFaults } from '#contract/journal/chain.ts';
import type { SealedEntry } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { settleAfterRestart } from '#service/loyalty/after-restart.ts';
import type { FeedChange } from '#service/store/index.ts';
import { historyOf, newestOn, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';

/** What a server accepts of a terminal's journal, held to its rules: one hash a place, one act an intention, no gap (invariants 9, 10, 12). */
class Accepted {
  readonly entries: SealedEntry[] = [];
  readonly #hashes = new Map<string, string>();
  readonly #acts = new Map<string, string>();
  readonly #writes = new Map<string, Extract<FeedChange, { item: 'open-write' }>>();

  hear(till: TestCounter): void {
    for (const item of till.openWrites()) if (item.item === 'open-write') this.#writes.set(item.write.intention, item);
    for (const sealed of till.parts.reader.entriesAfter(null, 1000)) this.#take(sealed);
  }

  #take(sealed: SealedEntry): void {
    const { entry, hash } = sealed;
    const place = `${entry.epoch}/${entry.seq}`;
    const held = this.#hashes.get(place);
    if (held !== undefined) {
      expect(hash).toBe(held);
      return;
    }
    const last = this.entries.at(-1);
    expect(linkFaults(entry, last ? { ...last.entry, hash: last.hash } : null)).toEqual([]);
    if (entryKinds[entry.kind].acts) {
      expect(this.#acts.get(entry.intention)).toBeUndefined();
      this.#acts.set(entry.intention, place);
    }
    this.#hashes.set(place, hash);
    this.entries.push(sealed);
  }

  /** The open writes of all it has heard of, as its feed tells them to the till. */
  tell(till: TestCounter, cursor: number): void {
    const settled = new Map<string, string>();
    for (const { entry } of this.entries) {
      if (entry.kind === 'card.outcome' && entry.body.outcome !== 'unknown')
        settled.set(entry.intention, entry.body.outcome);
    }
    const items = [...this.#writes.values()]
      .filter(({ write: { operation, intention } }) => operation !== 'spend' || this.#isUnknown(intention))
      .map((item) => ({ ...item, settled: settled.has(item.write.intention) }));
    till.store.feed.apply(items, cursor);
  }

  #isUnknown = (intention: string): boolean =>
    this.entries.some(({ entry }) => entry.kind === 'card.outcome' && entry.intention === intention);

  balanceOf(cardNumber: string): number {
    const notTaken = new Set(
      this.entries.flatMap(({ entry }) =>
        entry.kind === 'card.outcome' && entry.body.outcome === 'not-applied' ? [entry.intention] : [],
      ),
    );
    return this.entries
      .filter(({ entry }) => !(entry.kind === 'loyalty.spend' && notTaken.has(entry.intention)))
      .flatMap(({ entry }) => entry.postings)
      .filter(({ account, commodity }) => account === `card:${cardNumber}` && commodity.startsWith('points:'))
      .reduce((sum, { amount }) => sum + amount, startBalance);
  }
}

const never = 1_000_000;
let folder: string;
let customers = 3_000;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-backups-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Step = (till: TestCounter, card: VirtualDesfire, done: string[]) => Promise<void>;
const steps: Record<string, Step> = {
  async sale(till, card, done) {
    done.push((await till.sold(card)).intention);
  },
  async torn(till, card) {
    await till.sell();
    await till.tap(card);
    await till.lift();
    await till.clock.advance(31_000);
  },
  async reversal(till, _card, done) {
    const sale = done.pop();
    if (sale !== undefined) await till.reverse(sale);
  },
  async spend(till, card) {
    await till.spent(card);
    await till.clock.advance(31_000);
  },
};

/** One day: at `backupAt` a backup is made, at `restoreAt` it is put back; the server hears of each step at once. */
async function day(
  order: readonly string[],
  tear: { exchange: number; moment: 'before' | 'after' },
  backupAt: number,
  restoreAt: number,
): Promise<void> {
  const till = await TestCounter.open(++customers * 1_000);
  const server = new Accepted();
  const card = await shopCard(customers);
  const cardNumber = cardNumberOf(customers);
  const file = join(folder, `${customers}.backup`);
  const done: string[] = [];
  let cursor = 10;
  const meet = () => {
    server.hear(till);
    server.tell(till, ++cursor);
  };
  try {
    for (let at = 0; at <= order.length; at += 1) {
      if (at === backupAt) till.backup(file);
      if (at === restoreAt) {
        await till.restore(file);
        settleAfterRestart(till.parts);
        meet();
      }
      const name = order[at];
      if (name === undefined) continue;
      card.tearAt(name === 'torn' ? tear.exchange : never, tear.moment);
      await steps[name]!(till, card, done);
      card.tearAt(never);
      meet();
    }
    // A sale works on a card that is ahead of what the till knows, and the customer comes once more.
    await steps.sale!(till, card, done);
    expect((await till.show(card)).ok).toBe(true);
    meet();
    const newest = await newestOn(card);
    expect(newest.balancePoints).toBe(server.balanceOf(cardNumber));
    const tags = (await historyOf(card)).map(({ intentionTag }) => intentionTag);
    expect(new Set(tags).size).toBe(tags.length);
    const tickets = server.entries.flatMap(({ entry }) =>
      entry.kind === 'loyalty.sale' || entry.kind === 'loyalty.spend' ? [entry.body.ticketNumber] : [],
    );
    expect(new Set(tickets).size).toBe(tickets.length);
    expect(till.parts.reader.openCardIntents(cardNumber)).toEqual([]);
    expect(till.store.feed.openWrites(cardNumber)).toEqual([]);
    expect(till.parts.reader.head()!.epoch).toBe(2);
    expect(await till.faults()).toEqual([]);
    expect(till.defects).toEqual([]);
  } finally {
    till.close();
  }
}

const orders = [
  ['sale', 'torn', 'reversal', 'spend'],
  ['torn', 'sale', 'spend', 'reversal'],
  ['sale', 'spend', 'torn', 'reversal'],
];
/** The commit of a sale, which the reader reports in the same way whether the card did it or not. */
const commit = 6;
const tears = [
  { exchange: commit, moment: 'before' as const },
  { exchange: commit, moment: 'after' as const },
];

it.each(orders)(
  '[T17] [T27] [T37] [N2] %s, %s, %s, %s: backed up and restored anywhere, the card holds what the server’s ledger says, each intention once (invariants 9, 10, 12, 18)',
  async (...order) => {
    let days = 0;
    for (const tear of tears) {
      for (let backupAt = 0; backupAt <= order.length; backupAt += 1) {
        for (let restoreAt = backupAt; restoreAt <= order.length; restoreAt += 1) {
          await day(order, tear, backupAt, restoreAt);
          days += 1;
        }
      }
    }
    expect(days).toBe(30);
  },
  180_000,
);
