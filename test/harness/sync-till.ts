import { randomBytes as systemRandom } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Enrolment } from '#contract/central/index.ts';
import { uuidV7 } from '#contract/ids/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { fileKeyStore, keysFolderOf, openKeys, type TerminalKeys } from '#service/keys/index.ts';
import { type EntryDraft, openStore, type Store, standingOf, takeUp } from '#service/store/index.ts';
import { createSync, type Fetch, type KeptEnrolment, loadEnrolment, type Sync } from '#service/sync/index.ts';
import { enrolmentShelfOn, syncStoreOn } from '#service/sync-store.ts';
import { createTerminalJournal, type TerminalJournal } from '#service/terminal-journal.ts';
import { saleDraft } from './till-store.ts';

const randomBytes = (count: number) => new Uint8Array(systemRandom(count));
const uuid = (clock: Clock) => uuidV7(clock.wallMs(), randomBytes(10));

/** The part of a till that writes a journal and sends it: the shipped keys, store and sync, on a data folder of its own. */
export class SyncTill {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'comptoir-sync-'));
  readonly defects: unknown[] = [];
  readonly clock: Clock;
  readonly #elapsedMs: () => number;
  readonly #fetch: Fetch;
  readonly #timeoutMs: number;
  keys!: TerminalKeys;
  store!: Store;
  sync!: Sync;
  #journal!: TerminalJournal;

  private constructor(clock: Clock, elapsedMs: () => number, fetch: Fetch, timeoutMs: number) {
    this.clock = clock;
    this.#elapsedMs = elapsedMs;
    this.#fetch = fetch;
    this.#timeoutMs = timeoutMs;
  }

  static async open(options: {
    clock: Clock;
    elapsedMs?: () => number;
    fetch: Fetch;
    timeoutMs?: number;
  }): Promise<SyncTill> {
    const { clock, elapsedMs = () => clock.monotonicMs() } = options;
    const till = new SyncTill(clock, elapsedMs, options.fetch, options.timeoutMs ?? 10_000);
    mkdirSync(till.dataDir, { recursive: true, mode: 0o700 });
    const keys = await openKeys({
      dataDir: till.dataDir,
      keyStore: fileKeyStore(keysFolderOf(till.dataDir)),
      randomBytes,
    });
    if (!keys.ok) throw new Error(keys.error.type);
    till.keys = keys.value;
    till.openStore();
    return till;
  }

  /** Opens the store and makes a sync over it; call after {@link crash} for a restart. */
  openStore(): void {
    const store = openStore({ path: join(this.dataDir, 'till.sqlite'), pid: process.pid });
    if (!store.ok) throw new Error(store.error.type);
    this.store = store.value;
    const shelf = enrolmentShelfOn(this.store);
    const kept = loadEnrolment(this.keys, shelf);
    if (!kept.ok) throw new Error(kept.error.type);
    this.sync = createSync({
      clock: this.clock,
      elapsedMs: this.#elapsedMs,
      fetch: this.#fetch,
      randomBytes,
      random: () => 0.5,
      keys: this.keys,
      store: syncStoreOn(this.store, this.keys),
      shelf,
      kept: kept.value,
      goOn: ({ usedEpoch }) => this.#journal.goOn(usedEpoch),
      onDefect: (error) => this.defects.push(error),
      timeoutMs: this.#timeoutMs,
    });
    this.#journal = createTerminalJournal({
      store: this.store,
      keys: this.keys,
      clock: this.clock,
      ids: { uuid: () => uuid(this.clock) },
      onAppend: () => this.sync.engine.wake(),
    });
    const standing = standingOf(this.store.path, this.store.settings);
    if (kept.value) this.#journal.begin(kept.value.enrolment, standing);
    const usedEpoch = Math.max(standing.usedEpoch, this.store.reader.head()?.epoch ?? 0);
    takeUp(this.store.path, this.store.settings, { usedEpoch, lastZ: standing.lastZ, token: uuid(this.clock) });
  }

  /** Enrols without a server: what a server would have answered is given. */
  enrolAs(kept: KeptEnrolment): void {
    const shelf = enrolmentShelfOn(this.store);
    const sealed = { ...kept, publicKey: this.keys.publicKeySpkiBase64 };
    shelf.save(this.keys.seal(new TextEncoder().encode(JSON.stringify(sealed)), 'enrolment'));
    this.store.close();
    this.openStore();
  }

  /** Enrols at a server, and opens the journal. */
  async enrolAt(centralUrl: string, code: string): Promise<Enrolment> {
    const enrolled = await this.sync.enrol({ centralUrl, code, name: 'caisse-1' });
    if (!enrolled.ok) throw new Error(JSON.stringify(enrolled.error));
    this.#journal.begin(enrolled.value);
    return enrolled.value;
  }

  /** Appends `count` sales in one transaction, and wakes sync, as the counter does. */
  append(count = 1): void {
    this.appendFacts(Array.from({ length: count }, () => saleDraft({ intention: uuid(this.clock) })));
  }

  /** Appends facts in one transaction, and wakes sync. */
  appendFacts(facts: readonly EntryDraft[]): void {
    const appended = this.#journal.append(facts);
    if (!appended.ok) throw new Error(appended.error.type);
  }

  /** Every entry's hash, in order. */
  hashes(): string[] {
    const entries = [];
    for (let after = null as { epoch: number; seq: number } | null; ; ) {
      const page = this.store.reader.entriesAfter(after, 1000);
      if (page.length === 0) return entries;
      entries.push(...page.map(({ hash }) => hash));
      after = page.at(-1)!.entry;
    }
  }

  /** The engine is dropped in the middle of whatever it does, and a new one opens the same store. */
  async crash(): Promise<void> {
    await this.sync.engine.stop();
    this.store.close();
    this.openStore();
  }

  async close(): Promise<void> {
    await this.sync.engine.stop();
    this.store.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** An enrolment as a server gives it, for tests without one. */
export const testEnrolment = (serverPublicKey: string): Enrolment => ({
  terminal: '019f0000-0000-7000-8000-000000000001',
  tenant: '019f0000-0000-7000-8000-00000000000a',
  roles: ['loyalty'],
  label: 'Caisse 1',
  ticketPrefix: '0001-01',
  shop: { id: '019f0000-0000-7000-8000-0000000000aa', number: 1, name: 'Boutique', address: '1 rue du Port' },
  network: { id: 1, name: 'Réseau' },
  currency: 'XOF',
  ticketLanguage: 'fr',
  cardKeys: { readWrite: '00112233445566778899aabbccddeeff', read: 'ffeeddccbbaa99887766554433221100' },
  serverPublicKey,
  offlineAllowanceMs: 7 * 24 * 3_600_000,
});
