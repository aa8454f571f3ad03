import type { Reward } from '#contract/journal/kinds/loyalty.ts';
import type { EntryBody } from '#contract/journal/kinds.ts';
import type { CentralTill } from './central-till.ts';

const programme = 'akwaba';
const currency = 'XOF' as const;
const soap: Reward = { kind: 'gift', id: 'savon', name: { fr: 'Savon', en: 'Soap' } };
type Outcome = EntryBody<'card.outcome'>['outcome'];

/** A card as it lies on a reader: what its newest record says. A copy of it is a cloned card. */
export type LaidCard = { cardNumber: string; balance: number; spendMinor: number; counter: number };

export const laidCard = (cardNumber: string, balance = 0): LaidCard => ({
  cardNumber,
  balance,
  spendMinor: 0,
  counter: 1,
});

/** Puts a record on the card. */
function write(card: LaidCard, points: number, spendMinor: number) {
  card.balance += points;
  card.spendMinor += spendMinor;
  card.counter += 1;
}

/** What tills write of cards into their journals, as the server takes it: bodies that agree with the card that lay there. */
export class LedgerTill {
  readonly till: CentralTill;
  constructor(till: CentralTill) {
    this.till = till;
  }

  get #ticketNumber() {
    return `${this.till.enrolment.ticketPrefix}-${this.till.entries.length + 1}`;
  }

  /** @param how `joined`: it is another shop's card */
  issue(cardNumber: string, points = 0, how: 'issued' | 'joined' = 'issued'): LaidCard {
    const uid = `04${cardNumber}00`;
    const body = { cardNumber, uid, programme, rulesVersion: 1, how, points, balance: points };
    this.till.append('card.issued', { body: { ...body, cardCounter: 1, exchanges: 20 } });
    return laidCard(cardNumber, points);
  }

  /** @param outcome null: nothing is on record; a torn write leaves the card as it was unless `applied` */
  sell(
    card: LaidCard,
    amountMinor: number,
    outcome: Outcome | null = 'applied',
    extras?: EntryBody<'loyalty.sale'>['extras'],
  ) {
    const points = Math.floor(amountMinor / 100) + (extras ?? []).reduce((sum, extra) => sum + extra.points, 0);
    const body: EntryBody<'loyalty.sale'> = {
      ...{ cardNumber: card.cardNumber, programme, rulesVersion: 1, amountMinor, currency, points, checks: [] },
      balance: card.balance + points,
      totalSpendMinor: card.spendMinor + amountMinor,
      cardCounter: card.counter + 1,
      ...{
        lastVisitMs: null,
        nextGift: null,
        source: 'keyboard',
        receiptNumber: null,
        ticketNumber: this.#ticketNumber,
      },
      ...(extras ? { extras } : {}),
    };
    const sale = this.till.append('loyalty.sale', { body });
    this.#end(card, sale.entry.intention, outcome, { points, spendMinor: amountMinor });
    return sale.entry;
  }

  spend(card: LaidCard, points: number, outcome: Outcome | null = 'applied', reward: Reward = soap) {
    const body: EntryBody<'loyalty.spend'> = {
      ...{ cardNumber: card.cardNumber, programme, rulesVersion: 1, currency, points: -points, checks: [] },
      reward,
      balance: card.balance - points,
      totalSpendMinor: card.spendMinor,
      cardCounter: card.counter + 1,
      ...{ nextGift: null, pin: 'not-set', source: 'keyboard', ticketNumber: this.#ticketNumber, approvedBy: null },
    };
    const spend = this.till.append('loyalty.spend', { body });
    this.#end(card, spend.entry.intention, outcome, { points: -points, spendMinor: 0 });
    return spend.entry;
  }

  /** Takes back a sale, or a spending; the card is not there. */
  reverse(
    of: ReturnType<LedgerTill['sell']> | ReturnType<LedgerTill['spend']>,
    {
      amountMinor,
      points,
      counter,
      ...more
    }: { amountMinor: number; points: number; counter: number; moneyOffMinor?: number },
  ) {
    if (of.kind !== 'loyalty.sale' && of.kind !== 'loyalty.spend') throw new Error(of.kind);
    const { terminal, epoch, seq, intention, kind } = of;
    const { cardNumber, ticketNumber } = of.body;
    const reverses = { terminal, epoch, seq, intention, kind, ticketNumber };
    const spendMinor = kind === 'loyalty.sale' ? 0 - amountMinor : 0;
    const { entry } = this.till.append('loyalty.reversal', {
      body: {
        ...{ reverses, cardNumber, programme, currency, amountMinor, points, spendMinor, whole: true, reason: 'test' },
        ...{ cardCounter: counter + 1, ticketNumber: this.#ticketNumber, approvedBy: null, ...more },
      },
    });
    return { intention: entry.intention, points, spendMinor };
  }

  replace(
    from: LaidCard,
    to: LaidCard,
    move: { points: number; spendMinor: number },
    how: 'replace' | 'merge' = 'replace',
  ) {
    const cards = { fromCard: from.cardNumber, toCard: to.cardNumber };
    const body = { how, ...cards, programme, currency, ...move, cardCounter: to.counter + 1, approvedBy: null };
    return { intention: this.till.append('card.replaced', { body }).entry.intention, ...move };
  }

  block(cardNumber: string, blocked = true) {
    const reason = blocked ? ('lost' as const) : ('found' as const);
    return this.till.append('card.blocked', { body: { cardNumber, blocked, reason, approvedBy: null } });
  }

  /** The card comes by, and a write that was still to reach it does. */
  heal(card: LaidCard, { intention, points, spendMinor }: { intention: string; points: number; spendMinor: number }) {
    this.#end(card, intention, 'applied', { points, spendMinor });
  }

  outcome(card: LaidCard, intention: string, outcome: Outcome, at: { cardCounter?: number; balance?: number } = {}) {
    const body = { cardNumber: card.cardNumber, outcome, exchanges: 6, tapToResultMs: null, ...at };
    return this.till.append('card.outcome', { body, intention });
  }

  #end(card: LaidCard, intention: string, outcome: Outcome | null, change: { points: number; spendMinor: number }) {
    if (outcome === null) return;
    if (outcome === 'applied') write(card, change.points, change.spendMinor);
    const at = outcome === 'applied' ? { cardCounter: card.counter, balance: card.balance } : {};
    this.outcome(card, intention, outcome, at);
  }

  push = () => this.till.push();
}
