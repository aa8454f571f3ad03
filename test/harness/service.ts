import { randomUUID, randomBytes as systemRandom } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV7 } from '#contract/ids/index.ts';
import type { SealedEntry } from '#contract/journal/entry.ts';
import type { EntryKind } from '#contract/journal/kinds.ts';
import type { Result } from '#contract/result/index.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { CardView, ReversalResult } from '#contract/till/loyalty.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { SimulatedReader } from '#native/simulators/reader.ts';
import type { Acting, Approve } from '#service/acting.ts';
import { fileKeyStore, keysFolderOf, openKeys, type TerminalKeys } from '#service/keys/index.ts';
import type { CentralCards } from '#service/loyalty/central-cards.ts';
import { doOnce } from '#service/loyalty/do-once.ts';
import { openWritesOf } from '#service/loyalty/open-writes.ts';
import type { LoyaltyParts } from '#service/loyalty/parts.ts';
import { Reversals, type ReverseAsked } from '#service/loyalty/reverse.ts';
import { type SaleOrder, type SaleRun, SaleRuns, type SpendOrder } from '#service/loyalty/sale-run.ts';
import { showCard } from '#service/loyalty/show-card.ts';
import { createTaps } from '#service/loyalty/taps.ts';
import type { MarkTicket } from '#service/loyalty/ticket-marks.ts';
import type { PrintAnswer } from '#service/papers/parts.ts';
import {
  type FeedChange,
  makeBackup,
  openStore,
  restoreBackup,
  type Store,
  standingOf,
  takeUp,
  verifyStore,
} from '#service/store/index.ts';
import { createTerminalJournal } from '#service/terminal-journal.ts';
import { type AskedSale, follow, usualSale, usualSpend } from './asked-sale.ts';
import { shopAtCounter, testEnrolment } from './counter-cards.ts';
import { settle, VirtualClock } from './virtual-clock.ts';

export const awa: Acting = { code: 'awa', name: 'Awa Koné', role: 'cashier' };

/** A counter that sells: the shipped use cases on a real store, real keys, a simulated reader and time that stands still. */
export class TestCounter {
  readonly folder = mkdtempSync(join(tmpdir(), 'comptoir-counter-'));
  readonly clock = new VirtualClock();
  reader = this.#newReader();
  /** Every ticket that was printed, over restarts too. */
  readonly tickets: Ticket[] = [];
  readonly defects: unknown[] = [];
  print: (ticket: Ticket) => Promise<PrintAnswer> = async () => ({ print: 'confirmed', why: null });
  ticketsByEmail = false;
  /** By how much this machine's clock is behind the server's. */
  behindServerMs = 0;
  mark: MarkTicket = () => ({ qr: null, training: false });
  /** Who may do what: everyone everything, unless a test says otherwise. */
  approve: Approve = async () => ({ ok: true, value: null });
  /** The server about cards; none, unless a test has one. */
  central: CentralCards | null = null;
  keys!: TerminalKeys;
  store!: Store;
  parts!: LoyaltyParts;
  runs!: SaleRuns;
  readonly reversals = new Reversals();
  #ids: number;

  /** @param firstId where its ids begin: those of two tills in one test must differ */
  constructor(firstId = 0) {
    this.#ids = firstId;
  }

  static async open(firstId = 0): Promise<TestCounter> {
    const counter = new TestCounter(firstId);
    mkdirSync(counter.folder, { recursive: true, mode: 0o700 });
    const keyStore = fileKeyStore(keysFolderOf(counter.folder));
    const keys = await openKeys({ dataDir: counter.folder, keyStore, randomBytes });
    if (!keys.ok) throw new Error(keys.error.type);
    counter.keys = keys.value;
    counter.start();
    const { programme } = shopAtCounter;
    counter.store.feed.apply([{ item: 'programme', programme }], 1);
    return counter;
  }

  /** Opens the store and wires the use cases as `compose.ts` does. */
  start(): void {
    const store = openStore({ path: this.storePath, pid: process.pid });
    if (!store.ok) throw new Error(JSON.stringify(store.error));
    this.store = store.value;
    const ids = { uuid: () => this.uuid() };
    const { clock, keys } = this;
    const journal = createTerminalJournal({ store: this.store, keys, clock, ids, onAppend: () => undefined });
    const standing = standingOf(this.storePath, this.store.settings);
    journal.begin(testEnrolment, standing);
    const usedEpoch = Math.max(standing.usedEpoch, this.store.reader.head()?.epoch ?? 0);
    takeUp(this.storePath, this.store.settings, { usedEpoch, lastZ: 0, token: randomUUID() });
    this.parts = {
      journal,
      reader: this.store.reader,
      feed: this.store.feed,
      clock,
      rulesMs: () => this.clock.wallMs() + this.behindServerMs,
      ids,
      randomBytes,
      timeZone: 'Africa/Lome',
      shop: () => shopAtCounter,
      cards: this.reader,
      taps: createTaps(this.reader),
      log: () => undefined,
      onDefect: (defect) => this.defects.push(defect),
      mark: (facts) => this.mark(facts),
      ticketsByEmail: () => this.ticketsByEmail,
      print: (ticket) => {
        this.tickets.push(ticket);
        return this.print(ticket);
      },
      approve: (...asked) => this.approve(...asked),
      central: () => this.central,
      hotListAtMs: () => null,
      joinShop: null,
      afterOperation: null,
    };
    this.runs = new SaleRuns(() => false);
  }

  /** The service's process is gone, and a new one opens the same data folder. A card that lies on the reader stays there. */
  async restart(): Promise<void> {
    await settle();
    const { card } = this.reader;
    // What the old process was about still runs in this one: it finds no reader and no store, and nobody listens.
    this.parts.onDefect = () => undefined;
    this.reader = this.#newReader();
    if (card) this.reader.present(card);
    this.store.close();
    this.start();
  }

  backup(file: string): void {
    const made = makeBackup(this.storePath, file, this.clock);
    if (!made.ok) throw new Error(made.error.type);
  }

  /** The service ends, a backup is put in the store's place, and the service starts again. */
  async restore(file: string): Promise<void> {
    await settle();
    this.parts.onDefect = () => undefined;
    this.reader = this.#newReader();
    this.store.close();
    const { storePath: path, clock } = this;
    const publicKey = this.keys.publicKeySpkiBase64;
    const restored = await restoreBackup({ path, file, pid: process.pid, publicKey, clock });
    if (!restored.ok) throw new Error(restored.error.type);
    this.start();
  }

  get storePath(): string {
    return join(this.folder, 'till.db');
  }

  #newReader(): SimulatedReader {
    return new SimulatedReader({ after: (delayMs, task) => this.clock.after(delayMs, task) });
  }

  /** A new id, another one for each call, the same in each run. */
  uuid(): string {
    this.#ids += 1;
    const random = new Uint8Array(10);
    new DataView(random.buffer).setUint32(6, this.#ids);
    return uuidV7(this.clock.wallMs(), random);
  }

  /** Asks for a sale and gives it time to come to its first wait. Throws when it is refused at once. */
  async sell(order: Partial<SaleOrder> = {}): Promise<AskedSale> {
    const asked = this.ask(order);
    if (!asked.ok) throw new Error(asked.error.type);
    const followed = follow(asked.value);
    await settle();
    return followed;
  }

  /** Asks for a spending and gives it time to come to its first wait. Throws when it is refused at once. */
  async spend(order: Partial<SpendOrder> = {}): Promise<AskedSale> {
    const asked = doOnce(this.parts, this.runs, awa, { ...usualSpend, intention: this.uuid(), ...order });
    if (!asked.ok) throw new Error(asked.error.type);
    const followed = follow(asked.value);
    await settle();
    return followed;
  }

  /** A whole spending in one go: asked, tapped, lifted. */
  async spent(card: VirtualDesfire, order: Partial<SpendOrder> = {}): Promise<AskedSale> {
    const spending = await this.spend(order);
    await this.tap(card);
    await this.lift();
    return spending;
  }

  reverse(entry: string, more: Partial<ReverseAsked> = {}): Promise<Result<ReversalResult, TillError>> {
    const asked = { intention: this.uuid(), entry, amountMinor: null, reason: 'Erreur de caisse', approval: null };
    return this.reversals.reverse(this.parts, awa, { ...asked, ...more });
  }

  /** The server has heard of all that stands in the journal. */
  acknowledgeAll(): void {
    const head = this.parts.reader.head()!;
    const acknowledged = this.store.acknowledge({ terminal: testEnrolment.terminal, head, atMs: 1, signature: 's' });
    if (!acknowledged.ok) throw new Error(acknowledged.error.type);
  }

  /** What the server tells the shop's other tills: the writes of this one that are still open. */
  openWrites(): FeedChange[] {
    return this.parts.reader.openCardIntents().map(({ facts }) => {
      const write = openWritesOf(this.parts, facts.cardNumber).find(({ intention }) => intention === facts.intention)!;
      const { own: _, ...open } = write;
      return { item: 'open-write', write: { ...open, cardNumber: facts.cardNumber }, settled: false };
    });
  }

  ask(order: Partial<SaleOrder> = {}): Result<SaleRun, TillError> {
    return doOnce(this.parts, this.runs, awa, { ...usualSale, intention: order.intention ?? this.uuid(), ...order });
  }

  /** Lays a card down, and lets everything run that needs no time to pass. */
  async tap(card: VirtualDesfire): Promise<void> {
    this.reader.present(card);
    await settle();
  }

  async lift(): Promise<void> {
    this.reader.remove();
    await settle();
  }

  /** A whole sale in one go: asked, tapped, lifted. */
  async sold(card: VirtualDesfire, order: Partial<SaleOrder> = {}): Promise<AskedSale> {
    const sale = await this.sell(order);
    await this.tap(card);
    await this.lift();
    return sale;
  }

  /** Reads a card through the use case; the card is laid down for it, and lifted again unless it stays. */
  async show(card: VirtualDesfire, stays = false): Promise<Result<CardView, TillError>> {
    const shown = showCard(this.parts, 5_000, new AbortController().signal);
    this.reader.present(card);
    for (;;) {
      const step = await shown.next();
      if (!step.done && step.value.stage !== 'result') continue;
      if (!stays) this.reader.remove();
      if (!step.done && step.value.stage === 'result') return { ok: true, value: step.value.card };
      if (step.done && !step.value.ok) return step.value;
      throw new Error('no card was shown');
    }
  }

  /** Entries of the journal, oldest first, without its first, which opens the terminal. */
  entries(): SealedEntry['entry'][] {
    return this.parts.reader.entriesAfter({ epoch: 1, seq: 1 }, 1000).map(({ entry }) => entry);
  }

  kinds(): EntryKind[] {
    return this.entries().map(({ kind }) => kind);
  }

  /** Card outcomes on record for a sale, oldest first. */
  cardOutcomes(intention: string): string[] {
    return this.entries().flatMap((entry) =>
      entry.kind === 'card.outcome' && entry.intention === intention ? [entry.body.outcome] : [],
    );
  }

  /** Faults of the whole journal: hashes, signatures, links, postings, projections (invariants 7 to 10). */
  async faults(): Promise<unknown[]> {
    const report = await verifyStore(this.storePath);
    if (!report.ok) return [report.error];
    return report.value.faults;
  }

  close(): void {
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const randomBytes = (length: number): Uint8Array => new Uint8Array(systemRandom(length));

/** Points that the ledger says were credited to a card, by the postings of its sales; and how many sales there were. */
export function credited(counter: TestCounter, cardNumber: string): { points: number; sales: number } {
  const postings = counter.entries().flatMap((entry) => entry.postings);
  const ofCard = postings.filter(
    ({ account, commodity }) => account === `card:${cardNumber}` && commodity.startsWith('points:'),
  );
  return { points: ofCard.reduce((sum, { amount }) => sum + amount, 0), sales: ofCard.length };
}
