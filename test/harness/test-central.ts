import { err, ok } from '#contract/result/index.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import type { CentralCards, CentralOperation } from '#service/loyalty/central-cards.ts';
import type { CentralFailure } from '#service/sync/index.ts';

type Held = Omit<CardLedger, 'pin'> & { pin: string | null; triesLeft: number; keyBehind?: boolean };

/** What a server would say of cards: as much of it as a till can ask. The real one is asked in the integration tests. */
export class TestCentral implements CentralCards {
  readonly #cards = new Map<string, Held>();
  readonly #operations = new Map<string, CentralOperation>();
  /** Nobody answers. */
  silent = false;
  /** Times it was asked for anything. */
  asked = 0;

  /** Puts a card there, or changes what is held of it. */
  put(cardNumber: string, changes: Partial<Held>): void {
    const blank: Held = {
      balance: 0,
      totalSpendMinor: 0,
      status: 'active',
      pin: null,
      holder: null,
      pendingPoints: 0,
      history: [],
      triesLeft: 3,
    };
    this.#cards.set(cardNumber, { ...(this.#cards.get(cardNumber) ?? blank), ...changes });
  }

  isKeyBehind = (cardNumber: string): boolean => this.#cards.get(cardNumber)?.keyBehind === true;

  putOperation(operation: CentralOperation): void {
    this.#operations.set(operation.intention, operation);
    this.#operations.set(operation.ticketNumber, operation);
  }

  show: CentralCards['show'] = async (cardNumber) => {
    const held = this.#answer(this.#cards.get(cardNumber));
    if (!held.ok) return held;
    const { pin, triesLeft, ...ledger } = held.value;
    return ok({ ...ledger, pin: pin === null ? 'not-set' : triesLeft > 0 ? 'set' : 'blocked' });
  };

  operation: CentralCards['operation'] = async (key) => this.#answer(this.#operations.get(key));

  checkSpend: CentralCards['checkSpend'] = async ({ cardNumber, pin }) => {
    const held = this.#answer(this.#cards.get(cardNumber));
    if (!held.ok) return held;
    const card = held.value;
    const told = { status: card.status, ledgerBalance: card.balance };
    if (card.pin === null) {
      return ok({ ...told, pin: 'not-set', triesLeft: null, keyBehind: card.keyBehind === true });
    }
    if (card.triesLeft === 0) return ok({ ...told, pin: 'blocked', triesLeft: 0 });
    if (pin === null) return ok({ ...told, pin: 'required', triesLeft: card.triesLeft });
    card.triesLeft = pin === card.pin ? 3 : card.triesLeft - 1;
    const keyBehind = pin === card.pin && card.keyBehind === true;
    return ok({ ...told, pin: pin === card.pin ? 'passed' : 'wrong', triesLeft: card.triesLeft, keyBehind });
  };

  #answer<T>(value: T | undefined) {
    this.asked += 1;
    if (this.silent) {
      return err<CentralFailure>({ type: 'CentralUnreachable', why: 'timeout', status: null });
    }
    if (value === undefined) return err<CentralFailure>({ type: 'CentralRefused', refusal: { type: 'NotFound' } });
    return ok(value);
  }
}
