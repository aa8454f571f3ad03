import { z } from 'zod';
import type { CentralError } from '#contract/central/index.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import { cardDataOf, cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CardRecord, intentionTagOf } from '#contract/loyalty/card-record.ts';
import { welcomePointsAt } from '#contract/loyalty/programme.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { Clock } from '#contract/time/index.ts';
import { networkOfTray, shopOfTray, trayOf } from '../../demo/tray-cards.ts';
import type { Store } from '../../store/index.ts';
import type { RelayAsked } from '../../sync/index.ts';
import type { CardMaking, CardWorkDone } from './card-work.ts';
import { pendingPoints, standingOf } from './ledger.ts';
import type { TrainingPins } from './pins.ts';

type CardParts = {
  setup: DemoSetup;
  store: Pick<Store, 'settings' | 'reader' | 'feed'>;
  clock: Clock;
  timeZone: string;
};
type Done = Extract<RelayStep, { state: 'done' }>;

/** The data digits of the first card that is issued in training, out of the way of those in the tray. */
const firstCardData = 4_200_001;
const setting = 'stand-in.numbers';
/** Data digits by chip. */
const Numbers = z.record(z.string(), z.int());

/** The cards that a training till's network knows: those of its tray, and those that were issued here. */
export class PracticeCards {
  readonly #parts: CardParts;
  readonly #pins: TrainingPins;

  constructor(parts: CardParts, pins: TrainingPins) {
    this.#parts = parts;
    this.#pins = pins;
  }

  isKnown(cardNumber: string): boolean {
    const inTray = trayOf(this.#parts.setup).some((card) => card.cardNumber === cardNumber && !card.isForeign);
    return inTray || Object.values(this.#numbers()).includes(cardDataOf(cardNumber));
  }

  /** What work on one card is given: its first record bears the intention of the act that makes it. */
  making({ intention }: RelayAsked): CardMaking {
    const { setup } = this.#parts;
    return {
      networkId: setup.cards.networkId,
      network: networkOfTray(setup),
      shop: shopOfTray(setup),
      numberFor: (uid, asked) => this.#numberFor(uid, asked),
      firstRecord: (cardData) => this.#firstRecord(cardData, intention),
      pinRefusal: (cardData, pin) => this.#pinRefusal(cardNumberOf(cardData), pin),
    };
  }

  /** The card has it now. @returns what the till puts into its journal */
  async finished(
    { purpose }: RelayAsked,
    { cardData, changed, newest }: CardWorkDone,
  ): Promise<Omit<Done, 'state' | 'relay' | 'cardNumber'>> {
    const cardNumber = cardNumberOf(cardData);
    if (purpose.do === 'set-pin') await this.#pins.keep(cardNumber, purpose.newPin);
    if (purpose.do === 'unblock-pin') this.#pins.unblock(cardNumber);
    const rulesVersion = this.#parts.store.feed.programme()?.version ?? 1;
    if (!newest) return { changed, points: 0, balance: 0, cardCounter: 0, rulesVersion };
    // A first record that no entry tells of: the till that had it written was cut off before it could say so.
    const isUntold = newest.counter === 0 && standingOf(this.#parts.store, cardNumber) === null;
    return {
      changed: changed || isUntold,
      points: isUntold ? newest.deltaPoints : 0,
      balance: newest.balancePoints,
      cardCounter: newest.counter,
      rulesVersion,
    };
  }

  /** The welcome bonus is for a card without an account here; one to which a balance was moved starts with what has reached it. */
  #firstRecord(cardData: number, intention: string): CardRecord {
    const { store, clock, timeZone } = this.#parts;
    const cardNumber = cardNumberOf(cardData);
    const standing = standingOf(store, cardNumber);
    const programme = store.feed.programme();
    const welcome = programme && !standing ? welcomePointsAt(programme, { wallMs: clock.wallMs(), timeZone }) : 0;
    return {
      operation: 'issue',
      counter: 0,
      balancePoints: standing ? standing.balance - pendingPoints(store, cardNumber) : welcome,
      deltaPoints: welcome,
      totalSpendMinor: standing?.totalSpendMinor ?? 0,
      timeSeconds: Math.floor(clock.wallMs() / 1000),
      cardData,
      intentionTag: intentionTagOf(intention),
    };
  }

  #numberFor(uid: string, asked: string | null): Result<number, CentralError> {
    const numbers = this.#numbers();
    const known = numbers[uid];
    if (known !== undefined) return ok(known);
    if (asked !== null && this.isKnown(asked)) return err({ type: 'CardNumberTaken', facts: { cardNumber: asked } });
    const next = asked === null ? Math.max(firstCardData - 1, ...Object.values(numbers)) + 1 : cardDataOf(asked);
    this.#parts.store.settings.set(setting, { ...numbers, [uid]: next });
    return ok(next);
  }

  #numbers(): z.infer<typeof Numbers> {
    const kept = Numbers.safeParse(this.#parts.store.settings.get(setting));
    return kept.success ? kept.data : {};
  }

  async #pinRefusal(cardNumber: string, pin: string): Promise<CentralError | null> {
    const check = await this.#pins.check(cardNumber, pin);
    if (check.pin === 'passed') return null;
    if (check.pin === 'blocked') return { type: 'PinBlocked' };
    const { triesLeft } = check;
    return triesLeft === null ? { type: 'PinWrong' } : { type: 'PinWrong', facts: { triesLeft } };
  }
}
