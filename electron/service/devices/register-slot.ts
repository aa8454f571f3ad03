import type { TillState } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';
import type { RegisterAmount } from '#native/register/body.ts';
import type { RegisterLink } from '#native/register/link.ts';
import type { RegisterFault } from '#native/register/parser.ts';
import { createChanges } from './changes.ts';
import { firstState } from './first-state.ts';

export type OpenedRegister = { link: RegisterLink; line: ByteLine };
export type OpenRegister = (events: {
  onAmount(amount: RegisterAmount): void;
  onFault(fault: RegisterFault): void;
}) => OpenedRegister;

/** How long a misunderstood frame keeps the lamp lit. */
const faultShownMs = 60_000;

/** How long an amount that no sale takes stays on offer: after this it belongs to a customer who has left. */
const offerMs = 5 * 60_000;

/** A whole frame with an amount that nothing can be sold for: the cable and the format are right. */
const refusedAmounts: ReadonlySet<string> = new Set<RegisterFault['type']>([
  'RegisterAmountZero',
  'RegisterAmountNegative',
  'RegisterAmountTooLarge',
  'RegisterAmountDecimals',
]);

/** The place of the cash register's link: the last amount it sent, until a sale uses it, the register moves on or time does. */
export class RegisterSlot {
  readonly #clock: Clock;
  readonly #uuid: () => string;
  readonly changes = createChanges();
  #opened: OpenedRegister | null = null;
  #amount: TillState['registerAmount'] = null;
  #withdraw = () => {};
  #received = false;
  #fault: { type: string; atMs: number } | null = null;

  constructor(clock: Clock, uuid: () => string) {
    this.#clock = clock;
    this.#uuid = uuid;
  }

  async change(open: OpenRegister | null): Promise<void> {
    await this.#opened?.link.close();
    this.#fault = null;
    this.#received = false;
    this.#opened = open
      ? open({ onAmount: (amount) => this.#take(amount), onFault: (fault) => this.#misunderstood(fault) })
      : null;
    this.#opened?.line.onState(this.changes.tell);
    this.changes.tell();
  }

  /** Waits, bounded, for the line to say whether it opens: until then the lamp would blame it. */
  async firstState(): Promise<void> {
    if (this.#opened) await firstState(this.#opened.line, this.#clock);
  }

  get amount(): TillState['registerAmount'] {
    return this.#amount;
  }

  /** A sale has taken the amount over, or it is for nobody any more. */
  clearAmount(): void {
    this.#withdraw();
    if (!this.#amount) return;
    this.#amount = null;
    this.changes.tell();
  }

  lamp(): { state: 'ok' | 'warn' | 'fault' | 'absent'; detail: string } {
    if (!this.#opened) return { state: 'absent', detail: 'not-set' };
    if (this.#opened.line.state() === 'absent') return { state: 'fault', detail: 'no-line' };
    const recent = this.#fault && this.#clock.monotonicMs() - this.#fault.atMs < faultShownMs;
    if (recent)
      return { state: 'warn', detail: refusedAmounts.has(this.#fault?.type ?? '') ? 'amount-refused' : 'garbage' };
    return { state: 'ok', detail: this.#received ? 'received' : 'listening' };
  }

  async close(): Promise<void> {
    this.#withdraw();
    await this.#opened?.link.close();
  }

  #take(amount: RegisterAmount): void {
    const { amountMinor, receiptNumber } = amount;
    this.#amount = { id: this.#uuid(), amountMinor, receiptNumber: receiptNumber ?? null, atMs: this.#clock.wallMs() };
    this.#withdraw();
    this.#withdraw = this.#clock.after(offerMs, () => this.clearAmount());
    this.#received = true;
    this.#fault = null;
    this.changes.tell();
  }

  #misunderstood(fault: RegisterFault): void {
    this.#fault = { type: fault.type, atMs: this.#clock.monotonicMs() };
    // The register has moved on to another sale; noise on the cable says no such thing.
    if (refusedAmounts.has(fault.type)) this.clearAmount();
    this.changes.tell();
    this.#clock.after(faultShownMs + 100, this.changes.tell);
  }
}
