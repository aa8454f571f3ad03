import type { Elsewhere } from '#backend/cards/relay/plan.ts';
import { settleElsewhere } from '#backend/cards/relay/settle-elsewhere.ts';
import { type Replay, replay } from '#backend/cards/relay/transcript.ts';
import type { SettledElsewhere } from '#backend/cards/relay/work.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { ShopMasterKeys } from '#native/cards/card-keys.ts';
import { shopApplication } from '#native/cards/layout.ts';
import type { CardCalls, CentralFailure, RelayAsked } from '#service/sync/index.ts';
import { networkId, networkKeys, shopKeys } from './counter-cards.ts';

type Answer = Promise<Result<RelayStep, CentralFailure>>;
type Ended = Awaited<ReturnType<typeof settleElsewhere>>;
const notHere = (): Promise<never> => Promise.reject(new Error('not asked of this server'));

/** The server's relay of what other shops have still to write on one card, with its shipped card work and without its database. */
export class SettlingServer implements CardCalls {
  /** What waits; settled once the card's last answer has been seen. */
  elsewhere: Elsewhere[] = [];
  readonly settled: SettledElsewhere[] = [];
  /** Answers from this step on are lost on the way. */
  lostFromStep = Number.POSITIVE_INFINITY;
  readonly opened: RelayAsked[] = [];
  readonly #cardData: number;
  readonly #keysOf: (shop: number) => ShopMasterKeys;
  #answers: Uint8Array[] = [];

  constructor(cardData: number, keysOf: (shop: number) => ShopMasterKeys) {
    this.#cardData = cardData;
    this.#keysOf = keysOf;
  }

  show = notHere;
  operation = notHere;
  checkSpend = notHere;

  openRelay(asked: RelayAsked): Answer {
    this.opened.push(asked);
    this.#answers = [];
    return this.#step(asked);
  }

  nextRelayStep({ step, answer }: { relay: string; step: number; answer: string }): Answer {
    this.#answers[step] = new Uint8Array(Buffer.from(answer, 'hex'));
    const lost = step >= this.lostFromStep;
    return lost
      ? Promise.resolve(err({ type: 'CentralUnreachable', why: 'timeout', status: null }))
      : this.#step(this.opened.at(-1)!);
  }

  async #step(asked: RelayAsked): Answer {
    const relay = asked.intention;
    const run = await this.#run(asked);
    if ('next' in run) {
      return ok({ state: 'apdu', relay, step: this.#answers.length, apdu: Buffer.from(run.next).toString('hex') });
    }
    if (!run.end.ok) return err({ type: 'CentralRefused', refusal: run.end.error });
    if (run.end.value.type !== 'settled-elsewhere') throw new Error(run.end.value.type);
    const { settled } = run.end.value;
    this.settled.push(...settled);
    const isOpen = (intention: string) => !settled.some((each) => each.intention === intention);
    this.elsewhere = this.elsewhere.map((shop) => ({
      ...shop,
      writes: shop.writes.filter((write) => isOpen(write.intention)),
    }));
    const nothing = { points: 0, balance: 0, cardCounter: 0, rulesVersion: 0 };
    const cardNumber = cardNumberOf(this.#cardData);
    return ok({ state: 'done', relay, cardNumber, changed: settled.length > 0, ...nothing });
  }

  #run({ uid, purpose, intention }: RelayAsked): Promise<Replay<Ended>> {
    const seed = new TextEncoder().encode(intention);
    const ofShop = (shop: number) => ({ aid: shopApplication(shop), masterKeys: this.#keysOf(shop) });
    const shop = { aid: shopApplication(1), masterKeys: shopKeys };
    const secrets = { networkId, mayPrepare: false, network: networkKeys, shop, ofShop };
    const settled = { cardNumber: cardNumberOf(this.#cardData), opening: null, elsewhere: this.elsewhere };
    const facts = { seed: '', purpose, timeSeconds: 0, known: true, mayPrepare: false };
    const work = { uid: new Uint8Array(Buffer.from(uid, 'hex')), secrets, plan: { ...facts, settled } };
    return replay(seed, this.#answers, (card) => settleElsewhere(card, work));
  }
}
