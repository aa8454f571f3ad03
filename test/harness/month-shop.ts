import { expect } from 'vitest';
import type { Programme } from '#contract/loyalty/programme.ts';
import type { TillErrorType } from '#contract/till/errors.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { CentralClient, RunningCentral } from './central.ts';
import { type CardNote, MonthModel } from './month-model.ts';
import type { MonthRandom } from './month-random.ts';
import type { MonthTill } from './month-till.ts';
import type { MonthTime } from './month-time.ts';

/** Refusals that are on record with the card that was refused. */
const onRecord: readonly TillErrorType[] = [
  ...(['CardBlocked', 'CardReplaced', 'NotEnoughPoints', 'OfflineCapExceeded', 'PurseTooLow', 'CreditLimit'] as const),
];
type Parts = { central: RunningCentral; tills: readonly [MonthTill, MonthTill]; time: MonthTime; random: MonthRandom };

/** A shop with its notebook: who knows what, and what every act at its counters has in common. */
export class MonthShop {
  readonly central: RunningCentral;
  readonly tills: readonly [MonthTill, MonthTill];
  readonly time: MonthTime;
  readonly random: MonthRandom;
  readonly model: MonthModel;
  readonly chips = new Map<CardNote, VirtualDesfire>();
  readonly done = new Map<string, number>();
  /** Per till: cards that the server has perhaps not heard all about, and points spent on them meanwhile. */
  readonly unheard = [new Map<CardNote, number>(), new Map<CardNote, number>()] as const;
  /** Cards of which a till may not know what the other did. */
  readonly news = [new Set<CardNote>(), new Set<CardNote>()] as const;
  readonly versions = [0, 0];
  version = 0;
  #office: { client: CentralClient; untilMs: number } | null = null;
  uids = 0;

  constructor({ central, tills, time, random }: Parts, timeZone: string) {
    this.central = central;
    this.tills = tills;
    this.time = time;
    this.random = random;
    this.model = new MonthModel(timeZone);
  }

  count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }

  get nowMs(): number {
    return this.time.nowMs;
  }

  intention = (): string => this.random.uuid(this.nowMs);

  /** Does nothing where the till's staff need nobody's leave. */
  approval(till: number) {
    if (till === 0) return null;
    const { code, pin } = this.central.seed.staff.find(({ code }) => code === 'manager')!;
    return { code, pin };
  }

  async office(): Promise<CentralClient> {
    if (!this.#office || this.#office.untilMs < this.nowMs + 60_000) {
      const { code, pin } = this.central.seed.staff.find((person) => person.code === 'manager')!;
      const { token, expiresAtMs } = await this.central.client().office.signIn({ code, password: pin });
      this.#office = { client: this.central.client({ authorization: `Bearer ${token}` }), untilMs: expiresAtMs };
    }
    return this.#office.client;
  }

  /** Both say the same of this card, whoever is asked. */
  isSure = (card: CardNote): boolean =>
    card.pending.length === 0 && !card.torn && ![...this.unheard, ...this.news].some((cards) => cards.has(card));

  /** A till did something to a card. */
  touched(till: number, card: CardNote, spentPoints = 0): void {
    this.unheard[till]!.set(card, (this.unheard[till]!.get(card) ?? 0) + spentPoints);
    this.news[1 - till]!.add(card);
  }

  /** A till with a link sends and hears; then it and the server know the same. */
  async sync(till: number): Promise<void> {
    if (this.tills[till]!.isCut) return;
    expect(await this.tills[till]!.synced()).toBe(0);
    this.unheard[till]!.clear();
    for (const card of [...this.news[till]!]) if (!this.unheard[1 - till]!.has(card)) this.news[till]!.delete(card);
    this.versions[till] = this.version;
  }

  async syncAll(): Promise<void> {
    for (const till of [0, 1, 0, 1]) await this.sync(till);
  }

  async publish(
    change: (programme: Programme) => Programme,
    rules: { perMinor: number; points: number; sundayPercent: number },
  ) {
    const office = await this.office();
    const { current } = await office.office.programme.show();
    const published = await office.office.programme.publish({ programme: change(current), basedOn: current.version });
    this.version = published.programme.version;
    this.model.rules.set(this.version, rules);
    this.count('programme published');
  }

  /** An answer was lost on the way, and the till took its link for gone: once it is back the person asks the same again. */
  async withLink<T extends object>(till: number, ask: () => Promise<T>): Promise<T> {
    const first = await ask();
    const { type } = (('refusal' in first ? first.refusal : first) as { type?: string } | null) ?? {};
    if (type !== 'NeedsLink' || this.tills[till]!.isCut) return first;
    this.count('asked again');
    await this.sync(till);
    return ask();
  }

  async switchOn(till: number): Promise<void> {
    await this.tills[till]!.switchOn(till === 0 ? 'manager' : 'cashier');
  }

  /** The newest record of the chip is of this moment, and nothing has still to reach it, as far as this till knows. */
  written(card: CardNote, atMs: number): void {
    card.lastVisitMs = Math.max(card.lastVisitMs, atMs);
  }

  tapped(till: number, card: CardNote): void {
    this.model.tapped(card, till, this.nowMs);
    if (this.news[till]!.has(card)) return;
    for (const { atMs } of card.pending) this.written(card, atMs);
    card.pending = [];
  }

  refused(till: number, card: CardNote, type: TillErrorType, what: string): void {
    const { state } = card;
    const inUse = state === 'in-use';
    const why = { what, card: card.cardNumber, type, state, points: card.points, sure: this.isSure(card) };
    const isDue =
      (type === 'CardBlocked' && (state === 'blocked' || this.news[till]!.has(card))) ||
      (type === 'CardReplaced' && state === 'gone') ||
      (inUse && ['NotEnoughPoints', 'OfflineCapExceeded', 'PurseTooLow', 'CreditLimit', 'NeedsLink'].includes(type));
    expect({ ...why, isDue }).toEqual({ ...why, isDue: true });
    if (onRecord.includes(type)) {
      this.model.note(till, 'refused', {}, this.nowMs, false);
      this.count('refused');
    }
    if (inUse && (type === 'NotEnoughPoints' || type === 'OfflineCapExceeded')) this.tapped(till, card);
  }
}
