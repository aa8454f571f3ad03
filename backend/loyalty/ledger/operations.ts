import type { CardOperationKind } from '#backend/db/tables.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { Reward } from '#contract/journal/kinds/loyalty.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { Known } from './outcomes.ts';

/** A movement of a card in a shop, and what is known of its record on the card. */
export type Operation = {
  intention: string;
  cardNumber: string;
  kind: CardOperationKind;
  programme: string;
  points: number;
  spendMinor: number;
  /** As the office's list shows it: of a reversal negative. */
  amountMinor: number;
  currency: CurrencyCode | null;
  ticketNumber: string | null;
  reward: Reward | null;
  reverses: string | null;
  otherCard: string | null;
  /** Null: the server made it. */
  entry: { epoch: number; seq: number } | null;
  wallTime: string;
  outcome: Known;
  /** Where its record stands on the card, and the balance there; null until known. */
  cardCounter: number | null;
  cardBalance: number | null;
  /** The least counter its record can have. */
  writeFrom: number;
  /** What the card held before it, where the operation says so. */
  before: { counter: number; balance: number; spendMinor: number } | null;
};

/** What one record on a card can move: 24 bits, signed. */
const mostPoints = 8_388_607;
export const pointsOfOne = (points: number): number => Math.max(-mostPoints, Math.min(mostPoints, points));
/** A card's balance is 32 bits, so 256 moves carry any. */
export const mostMoves = 300;

const bare = {
  amountMinor: 0,
  currency: null,
  ticketNumber: null,
  reward: null,
  reverses: null,
  otherCard: null,
  outcome: null,
  cardCounter: null,
  cardBalance: null,
  before: null,
};

const placeOf = ({ intention, epoch, seq, wallTime }: JournalEntry) => ({ intention, wallTime, entry: { epoch, seq } });

/** All that an entry moves on cards; nothing for most kinds. The one place that knows it (invariant 8). */
export function operationsOf(entry: JournalEntry): Operation[] {
  switch (entry.kind) {
    case 'loyalty.sale':
      return [atTheCard(entry, 'sale', entry.body.amountMinor)];
    case 'loyalty.spend':
      return [atTheCard(entry, 'spend', 0)];
    case 'loyalty.reversal':
      return [reversal(entry)];
    case 'card.replaced':
      return replacement(entry);
    case 'card.issued':
      return [issue(entry)];
    default:
      return [];
  }
}

function atTheCard(
  entry: JournalEntry<'loyalty.sale' | 'loyalty.spend'>,
  kind: 'sale' | 'spend',
  spendMinor: number,
): Operation {
  const { cardNumber, programme, points, currency, ticketNumber, balance, totalSpendMinor, cardCounter } = entry.body;
  const reward = entry.kind === 'loyalty.spend' ? entry.body.reward : null;
  const amountMinor = reward?.kind === 'money' ? reward.amountMinor : spendMinor;
  return {
    ...bare,
    ...placeOf(entry),
    ...{ kind, cardNumber, programme, points, spendMinor, amountMinor, currency, ticketNumber, reward, cardCounter },
    cardBalance: balance,
    writeFrom: cardCounter,
    before: { counter: cardCounter, balance: balance - points, spendMinor: totalSpendMinor - spendMinor },
  };
}

function reversal(entry: JournalEntry<'loyalty.reversal'>): Operation {
  const { cardNumber, programme, points, spendMinor, amountMinor, currency, ticketNumber, reverses } = entry.body;
  const figures = { points, spendMinor, amountMinor: amountMinor === 0 ? 0 : -amountMinor, currency, ticketNumber };
  const what = { kind: 'reversal' as const, cardNumber, programme, reverses: reverses.intention };
  return { ...bare, ...placeOf(entry), ...what, ...figures, writeFrom: entry.body.cardCounter };
}

function replacement(entry: JournalEntry<'card.replaced'>): Operation[] {
  const { fromCard, toCard, programme, points, spendMinor, currency, cardCounter } = entry.body;
  if (fromCard === toCard) return [];
  return moveOf(fromCard, toCard, {
    ...placeOf(entry),
    ...{ programme, points, spendMinor, currency, writeFrom: cardCounter },
  });
}

/** A balance that goes from one card to another: two movements of one intention. Only the second has a card to be written on. */
export function moveOf(
  fromCard: string,
  toCard: string,
  move: Pick<Operation, 'intention' | 'wallTime' | 'entry' | 'programme' | 'points' | 'spendMinor' | 'writeFrom'> & {
    currency: CurrencyCode | null;
  },
): Operation[] {
  const { points, spendMinor } = move;
  const out = { cardNumber: fromCard, kind: 'moved-out' as const, otherCard: toCard };
  const taken = { points: points === 0 ? 0 : -points, spendMinor: spendMinor === 0 ? 0 : -spendMinor };
  return [
    { ...bare, ...move, ...out, ...taken },
    { ...bare, ...move, cardNumber: toCard, kind: 'moved-in', otherCard: fromCard },
  ];
}

/** Written before its entry, through the server: it stands on the card. */
function issue(entry: JournalEntry<'card.issued'>): Operation {
  const { cardNumber, programme, points, balance, cardCounter } = entry.body;
  return {
    ...bare,
    ...placeOf(entry),
    ...{ kind: 'issued', cardNumber, programme, points, spendMinor: 0, cardCounter, outcome: 'applied' },
    cardBalance: balance,
    writeFrom: cardCounter,
    before: { counter: cardCounter, balance: balance - points, spendMinor: 0 },
  };
}
