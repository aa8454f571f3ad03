import { countersignedBytes } from '#contract/central/countersign.ts';
import type { CentralError, Enrolment } from '#contract/central/index.ts';
import type { CardAccounts } from '#contract/central/till-accounts.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import type { Link } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import { Desfire } from '#native/cards/desfire.ts';
import type { TerminalKeys } from '../../keys/index.ts';
import type { Store } from '../../store/index.ts';
import { type AccountCalls, type CardCalls, type CentralFailure, outboxOf, type RelayAsked } from '../../sync/index.ts';
import { type CardWorkDone, workOn } from './card-work.ts';
import { PracticeCards } from './cards.ts';
import { figureOf, type LedgerParts, ledgerOf, statusOf } from './ledger.ts';
import { type PinAnswer, TrainingPins } from './pins.ts';
import { RelayedCard } from './relayed-card.ts';

export type StandInParts = {
  setup: DemoSetup;
  store: Store;
  keys: Pick<TerminalKeys, 'seal' | 'open'>;
  clock: Clock;
  ids: IdSource;
  randomBytes: (length: number) => Uint8Array;
  timeZone: string;
  enrolment: () => Enrolment | null;
  /** ES256 by the stand-in's own key. */
  sign: (bytes: Uint8Array) => string;
};

/** What a customer may owe in training: enough to draw on, little enough to reach. */
const creditLimitMinor = 20_000;

type Answer<T> = Promise<Result<T, CentralFailure>>;
type Relay = { id: string; asked: RelayAsked; steps: number; card: RelayedCard<Result<CardWorkDone, CentralError>> };

const refused = (refusal: CentralError): Result<never, CentralFailure> => err({ type: 'CentralRefused', refusal });

/**
 * The server of a training till, in the same process: for one till of one shop, whose journal it reads instead of being sent it.
 * It knows no rule of its own: cards are made by their drivers, points by the programme, accounts by the journal's entries.
 */
export class StandIn implements CardCalls, AccountCalls {
  readonly #parts: StandInParts;
  readonly #ledger: LedgerParts;
  readonly #cards: PracticeCards;
  readonly #pins: TrainingPins;
  #cutAtMs: number | null = null;
  #relay: Relay | null = null;

  constructor(parts: StandInParts) {
    const { store, keys, enrolment } = parts;
    this.#parts = parts;
    this.#ledger = { reader: store.reader, feed: store.feed, till: () => enrolment()?.label ?? '' };
    this.#pins = new TrainingPins(store, keys);
    this.#cards = new PracticeCards(parts, this.#pins);
  }

  /** Null while the cable is pulled, which is practised too. */
  reached(): StandIn | null {
    return this.#cutAtMs === null ? this : null;
  }

  setCut(cut: boolean): void {
    this.#cutAtMs = cut ? (this.#cutAtMs ?? this.#parts.clock.wallMs()) : null;
    this.hear();
  }

  link(): Link {
    const state = this.#cutAtMs === null ? 'online' : 'offline';
    const waiting = outboxOf(this.#parts.store.reader.unsent());
    return { state, ...waiting, offlineSinceMs: this.#cutAtMs, offlineUntilMs: null, centralUrl: null };
  }

  /** Takes note of what the journal has by now, and countersigns it as a server does. */
  hear(): void {
    const { store, enrolment, sign, clock } = this.#parts;
    const head = store.reader.head();
    const terminal = enrolment()?.terminal;
    if (this.#cutAtMs !== null || !head || !terminal) return;
    const signature = sign(countersignedBytes({ terminal, head }));
    // A disk that refuses shows at the entry after this one.
    store.acknowledge({ terminal, head, atMs: Math.trunc(clock.wallMs()), signature });
  }

  async show(cardNumber: string): Answer<CardLedger> {
    if (!this.#cards.isKnown(cardNumber)) return refused({ type: 'NotFound' });
    const pin = standingOf((await this.#pins.check(cardNumber, null)).pin);
    return ok({ ...ledgerOf(this.#ledger, cardNumber), pin });
  }

  /** What other tills did: there are none. */
  async operation(): Answer<never> {
    return refused({ type: 'NotFound' });
  }

  async checkSpend({ cardNumber, pin }: Parameters<CardCalls['checkSpend']>[0]): ReturnType<CardCalls['checkSpend']> {
    if (!this.#cards.isKnown(cardNumber)) return refused({ type: 'CardUnknown', facts: { cardNumber } });
    const { status, balance: ledgerBalance } = ledgerOf(this.#ledger, cardNumber);
    const check = await this.#pins.check(cardNumber, status === 'active' ? pin : null);
    return ok({ ...check, status, ledgerBalance });
  }

  async accounts(cardNumber: string): Answer<CardAccounts> {
    if (!this.#cards.isKnown(cardNumber)) return refused({ type: 'NotFound' });
    return ok({
      cardNumber,
      status: statusOf(this.#ledger, cardNumber),
      pin: standingOf((await this.#pins.check(cardNumber, null)).pin),
      currency: this.#parts.enrolment()?.currency ?? 'XOF',
      purse: { balanceMinor: figureOf(this.#ledger, cardNumber, 'purse'), heldMinor: 0 },
      credit: {
        owedMinor: figureOf(this.#ledger, cardNumber, 'credit'),
        heldMinor: 0,
        limitMinor: creditLimitMinor,
      },
    });
  }

  /** Nothing is held: the one till that asks writes its entry before it asks again. */
  async authorise(asked: Parameters<AccountCalls['authorise']>[0]): ReturnType<AccountCalls['authorise']> {
    const { cardNumber, account, amountMinor } = asked;
    if (!this.#cards.isKnown(cardNumber)) return refused({ type: 'CardUnknown', facts: { cardNumber } });
    const isActive = statusOf(this.#ledger, cardNumber) === 'active';
    if (!isActive) return refused({ type: 'CardBlocked', facts: { cardNumber } });
    const check = await this.#pins.check(cardNumber, asked.pin);
    const figure = figureOf(this.#ledger, cardNumber, account);
    if (check.pin !== 'not-set' && check.pin !== 'passed') return refused(pinRefusal(cardNumber, check));
    if (account === 'purse' && amountMinor > figure) {
      return refused({ type: 'PurseTooLow', facts: { balanceMinor: figure, missingMinor: amountMinor - figure } });
    }
    if (account === 'credit' && figure + amountMinor > creditLimitMinor) {
      return refused({ type: 'CreditLimit', facts: { limitMinor: creditLimitMinor, owedMinor: figure } });
    }
    const balanceMinor = account === 'purse' ? figure - amountMinor : figure + amountMinor;
    return ok({ balanceMinor, pin: check.pin });
  }

  /** One work at a time: an earlier one ends here, and a card that was pulled goes on from what stands on it. */
  async openRelay(asked: RelayAsked): Answer<RelayStep> {
    const card = new RelayedCard((transport) =>
      workOn(new Desfire(transport, this.#parts.randomBytes), this.#cards.making(asked), asked),
    );
    const relay = { id: this.#parts.ids.uuid(), asked, steps: 0, card };
    this.#relay = relay;
    return this.#step(relay, await card.begun());
  }

  async nextRelayStep({ relay: id, step, answer }: { relay: string; step: number; answer: string }): Answer<RelayStep> {
    const relay = this.#relay;
    if (this.#cutAtMs !== null) return err({ type: 'CentralUnreachable', why: 'cut', status: null });
    if (relay?.id !== id || relay.steps !== step) return refused({ type: 'RelayEnded' });
    relay.steps += 1;
    return this.#step(relay, await relay.card.answered(new Uint8Array(Buffer.from(answer, 'hex'))));
  }

  async #step(relay: Relay, come: Awaited<ReturnType<Relay['card']['begun']>>): Answer<RelayStep> {
    const { id, asked, steps } = relay;
    if ('next' in come) {
      return ok({ state: 'apdu', relay: id, step: steps, apdu: Buffer.from(come.next).toString('hex') });
    }
    this.#relay = null;
    if (!come.end.ok) return refused(come.end.error);
    const done = await this.#cards.finished(asked, come.end.value);
    return ok({ state: 'done', relay: id, cardNumber: cardNumberOf(come.end.value.cardData), ...done });
  }
}

const standingOf = (pin: PinAnswer['pin']): CardLedger['pin'] => (pin === 'not-set' || pin === 'blocked' ? pin : 'set');

const pinRefusal = (cardNumber: string, { pin, triesLeft }: PinAnswer): CentralError => {
  if (pin === 'blocked') return { type: 'PinBlocked', facts: { cardNumber } };
  return pin === 'required'
    ? { type: 'PinRequired', facts: { cardNumber } }
    : { type: 'PinWrong', facts: { cardNumber, triesLeft } };
};
