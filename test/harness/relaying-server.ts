import { type RecordedCard, replay } from '#backend/cards/relay/transcript.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import type { CardCalls, CentralFailure, RelayAsked } from '#service/sync/index.ts';
import { type CardMaking, type CardWorkDone, workOn } from '#service/training/stand-in/card-work.ts';
import { networkId, networkKeys, shopKeys } from './counter-cards.ts';

type Answer = Promise<Result<RelayStep, CentralFailure>>;
type Relay = { id: string; asked: RelayAsked; answers: Uint8Array[] };

const refused = (type: CentralError['type']): Result<never, CentralFailure> =>
  err({ type: 'CentralRefused', refusal: { type } });
const notHere = (): Promise<never> => Promise.reject(new Error('not asked of this server'));

/** The relay of a server, over the shipped drivers, in this process and without its database: what a till's relaying is tried on. */
export class RelayingServer implements CardCalls {
  /** The number of the next blank card. */
  nextCard = 4_180_001;
  welcome = 40;
  /** Answers from this step on are lost on the way, so often. */
  lost: { fromStep: number; times: number } | null = null;
  /** What was asked of it, in order. */
  readonly log: string[] = [];
  readonly #relays = new Map<string, Relay>();
  readonly #numbers = new Map<string, number>();
  readonly #done = new Map<string, RelayStep>();
  /** The first relay of a chip since one of its own was done. */
  readonly #begun = new Map<string, string>();

  show = notHere;
  operation = notHere;
  checkSpend = notHere;

  openRelay(asked: RelayAsked): Answer {
    const id = `019f0000-0000-7000-8000-${String(this.#relays.size + 1).padStart(12, '0')}`;
    this.log.push(`open ${asked.purpose.do}`);
    const done = this.#done.get(asked.intention);
    if (done) return Promise.resolve(ok(done));
    const relay = { id, asked, answers: [] };
    this.#relays.set(id, relay);
    if (!this.#begun.has(asked.uid)) this.#begun.set(asked.uid, id);
    return this.#step(relay);
  }

  nextRelayStep({ relay: id, step, answer }: { relay: string; step: number; answer: string }): Answer {
    this.log.push(`step ${step}`);
    const relay = this.#relays.get(id);
    if (!relay || step > relay.answers.length) return Promise.resolve(refused('RelayEnded'));
    if (step === relay.answers.length) relay.answers.push(new Uint8Array(Buffer.from(answer, 'hex')));
    if (this.lost && step >= this.lost.fromStep && this.lost.times > 0) {
      this.lost.times -= 1;
      return Promise.resolve(err({ type: 'CentralUnreachable', why: 'timeout', status: null }));
    }
    return this.#step(relay);
  }

  async #step(relay: Relay): Answer {
    const seed = new Uint8Array(32).fill(this.#relays.size);
    const run = await replay(seed, relay.answers, (card) => this.#work(card, relay.asked));
    const step = relay.answers.length;
    if ('next' in run) return ok({ state: 'apdu', relay: relay.id, step, apdu: Buffer.from(run.next).toString('hex') });
    if (!run.end.ok) return run.end;
    const { changed, newest, cardData: data } = run.end.value;
    const { deltaPoints: points = 0, balancePoints: balance = 0, counter: cardCounter = 0 } = newest ?? {};
    const cardNumber = cardNumberOf(data);
    const { uid, intention } = relay.asked;
    // The first time that it is known to stand there is news, also where this tap changed nothing.
    const isNews = changed || this.#begun.get(uid) !== relay.id;
    this.#begun.delete(uid);
    const told = { cardNumber, changed: isNews, points, balance, cardCounter, rulesVersion: 3 };
    this.#done.set(intention, { state: 'done', relay: relay.id, ...told });
    return ok(this.#done.get(intention)!);
  }

  async #work(
    { transport, randomBytes }: RecordedCard,
    asked: RelayAsked,
  ): Promise<Result<CardWorkDone, CentralFailure>> {
    const done = await workOn(new Desfire(transport, randomBytes), this.#making, asked);
    return done.ok ? done : refused(done.error.type);
  }

  readonly #making: CardMaking = {
    networkId,
    network: networkKeys,
    shop: { aid: shopApplication(1), masterKeys: shopKeys },
    numberFor: (uid, asked) => ok(this.#numberFor(uid, asked)),
    firstRecord: (data) => this.#first(data),
    pinRefusal: async (_cardData, pin) => (pin === '0000' ? { type: 'PinWrong' } : null),
  };

  #numberFor(uid: string, asked: string | null): number {
    const known = this.#numbers.get(uid) ?? (asked ? Number(asked.slice(0, 8)) : this.nextCard++);
    this.#numbers.set(uid, known);
    return known;
  }

  #first(data: number): CardRecord {
    return {
      operation: 'issue',
      counter: 0,
      balancePoints: this.welcome,
      deltaPoints: this.welcome,
      totalSpendMinor: 0,
      timeSeconds: 1_795_000_000,
      cardData: data,
      intentionTag: '00000000000000aa',
    };
  }
}
