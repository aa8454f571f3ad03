import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { JournalEntry, SealedEntry } from '#contract/journal/entry.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { SimulatedReader } from '#native/simulators/reader.ts';
import { composeService } from '#service/compose.ts';
import { connectionContext, type TillRouter } from '#service/doors/context.ts';
import { tillRouter } from '#service/doors/router.ts';
import type { Service } from '#service/service.ts';
import type { Fetch } from '#service/sync/index.ts';
import { bytes, type MonthRandom } from './month-random.ts';
import type { MonthTime } from './month-time.ts';
import { settle } from './virtual-clock.ts';

export type Told<E> = { events: E[]; refusal: TillError | null; killed: boolean };
/** What a card does while it is wanted. `back`: whether the card that was torn off returns, or the till dies at that moment. */
export type AtReader = { card: VirtualDesfire | null; back?: 'returns' | 'stays-away' | 'till-dies' };

const cutOff = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));

/** Of this machine's time: what needs no moment to come is done long before, or its answer is still on its way. */
const standsStillMs = 700;

/** A till as its PC runs it: the service as `compose.ts` wires it, called by its doors' routes, on a data folder that outlives it. */
export class MonthTill {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'comptoir-month-'));
  readonly defects: string[] = [];
  /** Its line to the server. */
  isCut = false;
  /** The next so many answers are lost on their way here: the server has heard. */
  answersToLose = 0;
  service!: Service;
  calls!: RouterClient<TillRouter>;
  #reader!: SimulatedReader;
  #boot = 0;
  #killed: (() => void) | null = null;
  #underWay = 0;
  readonly #setup: DemoSetup;
  readonly #time: MonthTime;
  readonly #random: MonthRandom;
  readonly #timeZone: string;

  constructor(parts: { setup: DemoSetup; time: MonthTime; random: MonthRandom; timeZone: string }) {
    this.#setup = parts.setup;
    this.#time = parts.time;
    this.#random = parts.random;
    this.#timeZone = parts.timeZone;
  }

  get #bootId(): string {
    const { enrolmentCode } = this.#setup;
    const till = enrolmentCode.charCodeAt(0) * 256 + enrolmentCode.charCodeAt(1);
    return `019f0000-0000-7000-8000-${String(till * 10_000 + this.#boot).padStart(12, '0')}`;
  }

  /** The PC is switched on, and somebody signs in. */
  async switchOn(code: string): Promise<void> {
    this.#boot += 1;
    const clock = this.#time.boot(this.#bootId);
    const composed = await composeService({
      ...{ dataDir: this.dataDir, pid: process.pid, clock, randomBytes: bytes, fetch: this.#fetch },
      ...{ timeZone: this.#timeZone, keyStore: null, version: '0.0.0-test', demo: this.#setup },
      log: (_level, event, facts) => {
        if (event === 'defect') this.defects.push(JSON.stringify(facts));
      },
    });
    if (!composed.ok) throw new Error(JSON.stringify(composed.error));
    this.service = composed.value;
    await this.service.simulated!.trayFilled();
    this.#reader = new SimulatedReader({ after: (delayMs, task) => clock.after(delayMs, task) });
    this.service.simulated!.openReader = () => this.#reader;
    const set = await this.service.desk.set('reader', { address: 'simulated:', profile: null });
    if (!set.ok) throw new Error(set.error.type);
    await this.service.desk.clear('register');
    await this.service.desk.clear('printer');
    this.calls = createRouterClient(tillRouter(this.service), { context: connectionContext('screens') });
    await this.quiet();
    const { pin } = this.#setup.staff.find((person) => person.code === code)!;
    await this.calls.staff.signIn({ intention: this.#random.uuid(this.#time.nowMs), code, pin });
  }

  async switchOff(): Promise<void> {
    await this.quiet();
    await this.service.close();
    this.#time.forget(this.#bootId);
  }

  /** The till's program is gone, whatever it was about; what it would still have done finds no disk. */
  async #kill(): Promise<void> {
    this.#time.forget(this.#bootId);
    const before = this.defects.length;
    await this.service.close();
    await settle();
    this.defects.length = before;
    this.#killed?.();
  }

  readonly #fetch: Fetch = async (url, init) => {
    if (this.isCut) return cutOff();
    this.#underWay += 1;
    try {
      const answer = await fetch(url, init);
      const body = await answer.arrayBuffer();
      if (this.isCut) return await cutOff();
      if (this.answersToLose > 0) {
        this.answersToLose -= 1;
        return await cutOff();
      }
      return new Response(body, { status: answer.status, headers: answer.headers });
    } finally {
      this.#underWay -= 1;
    }
  };

  /** Nothing of this till is on its way any more. */
  async quiet(): Promise<void> {
    for (let still = 0; still < 2; ) {
      await settle();
      still = this.#underWay === 0 ? still + 1 : 0;
      if (this.#underWay > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Waits for what waits for a moment to come, as after an answer that was lost: seconds pass when all else stands still. */
  async #inTime<T>(work: Promise<T>): Promise<T> {
    const ended = work.then(
      () => true,
      () => true,
    );
    const patience = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), standsStillMs));
    while (!(await Promise.race([ended, patience()]))) {
      await this.quiet();
      await this.#time.pass(5_000);
    }
    return work;
  }

  /** Sends and hears all there is; what is left unsent. */
  async synced(): Promise<number> {
    if (this.isCut) return this.calls.till.status().then(({ unsent }) => unsent);
    for (let round = 0; round < 5; round += 1) {
      const { unsent } = await this.#inTime(this.calls.sync.now({ waitMs: 60_000 }));
      await this.quiet();
      if (unsent === 0) return 0;
    }
    return (await this.calls.till.status()).unsent;
  }

  /** Follows what was asked for to its end, with a card in somebody's hand. */
  async told<E extends { stage: string }>(
    begin: () => Promise<AsyncIterable<E>>,
    { card, back = 'returns' }: AtReader,
  ): Promise<Told<E>> {
    const events: E[] = [];
    const heard: Told<E> = { events, refusal: null, killed: false };
    const death = new Promise<'dead'>((resolve) => {
      this.#killed = () => resolve('dead');
    });
    const follow = async () => {
      for await (const event of await begin()) {
        events.push(event);
        if (event.stage === 'remove-card') this.#reader.remove();
        if (event.stage === 'present-card' && card) this.#reader.present(card);
        if (event.stage === 'present-card-again') await this.#again(card, back);
      }
      return 'told' as const;
    };
    const asked = refusalIn(follow());
    let ended = await this.#inTime(Promise.race([asked, death]));
    // Closing the till ends what it was about, as far as anybody still listens: nobody does.
    if (back === 'till-dies' && events.at(-1)?.stage === 'present-card-again') ended = await death;
    heard.killed = ended === 'dead';
    if (typeof ended === 'object') heard.refusal = ended;
    if (!heard.killed) this.#reader.remove();
    return heard;
  }

  /** Does something while a card lies there, or none. */
  async beside<T>(card: VirtualDesfire | null, act: () => Promise<T>): Promise<T> {
    if (card) this.#reader.present(card);
    await settle();
    try {
      return await act();
    } finally {
      this.#reader.remove();
    }
  }

  async #again(card: VirtualDesfire | null, back: NonNullable<AtReader['back']>): Promise<void> {
    if (back === 'returns' && card) return this.#reader.present(card);
    await this.quiet();
    if (back === 'till-dies') return this.#kill();
    // Passed while the wait goes on, which is gone on with as soon as this is heard.
    setImmediate(() => void this.#time.pass(31_000));
  }

  /** The whole journal, oldest first. */
  journal(): JournalEntry[] {
    const entries: JournalEntry[] = [];
    for (let after: { epoch: number; seq: number } | null = null; ; after = entries.at(-1)!) {
      const page: SealedEntry[] = this.service.loyalty.reader.entriesAfter(after, 500);
      if (page.length === 0) return entries;
      entries.push(...page.map(({ entry }) => entry));
    }
  }

  remove(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** The typed refusal of a call; a defect is thrown on. */
export async function refusalIn<T>(asked: Promise<T>): Promise<T | TillError> {
  try {
    return await asked;
  } catch (cause) {
    const { data } = cause as { data?: TillError };
    if (typeof data?.type === 'string') return data;
    throw cause;
  }
}
