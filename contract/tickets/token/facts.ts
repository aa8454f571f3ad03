import type { CurrencyCode } from '#contract/money/index.ts';
import { TokenMalformed, type TokenReader, TokenWriter } from './bytes.ts';

/** What a ticket says, in the few bytes of its QR. */
export type TicketFacts = {
  operation: TicketOperation;
  /** Printed by a till in training: it says FACTICE, and is worth nothing. */
  training: boolean;
  ticketNumber: string;
  /** What the till's clock showed, in seconds since 1 January 1970. */
  wallSeconds: number;
  amountMinor: number;
  currency: CurrencyCode;
  /** The change of the card's points. */
  points: number;
  /** In points; of a purse or credit what is in it or owed, in minor units. Null where the till did not know it. */
  balance: number | null;
  /** Of the card's number: enough to tell one's own card, too little to use it. */
  cardLastDigits: string;
  /** 0 for the first print, else which copy. */
  copy: number;
};

/** Numbered for ever: what is new is added at the end. The last five move a card's purse or credit. */
const operations = ['sale', 'spend', 'reversal', 'top-up', 'pay', 'refund', 'draw', 'repay'] as const;
export type TicketOperation = (typeof operations)[number];

/** Numbered for ever: a code is only ever added at the end. */
const currencyCodes = ['XOF', 'XAF', 'XPF', 'EUR', 'TND'] as const satisfies CurrencyCode[];

/** Bits of the second byte, above the two lowest of the operation, whose third stands above them. */
const isTraining = 4;
const hasBalance = 8;
const operationAbove = 16;

export const tokenVersion = 1;

export const encodeFacts = (facts: TicketFacts): Uint8Array<ArrayBuffer> =>
  new TokenWriter()
    .uint(tokenVersion, 1)
    .uint(
      operationBits(facts.operation) + (facts.training ? isTraining : 0) + (facts.balance === null ? 0 : hasBalance),
      1,
    )
    .text(facts.ticketNumber)
    .uint(facts.wallSeconds, 4)
    .uint(currencyCodes.indexOf(facts.currency), 1)
    .varint(facts.amountMinor)
    .signed(facts.points)
    .signed(facts.balance ?? 0)
    .uint(Number(facts.cardLastDigits), 2)
    .varint(facts.copy)
    .done();

function operationBits(operation: TicketOperation): number {
  const number = operations.indexOf(operation);
  return (number % 4) + (number < 4 ? 0 : operationAbove);
}

/** Reads the facts back. @throws TokenMalformed */
export function readFacts(reader: TokenReader): TicketFacts {
  if (reader.uint(1) !== tokenVersion) throw new TokenMalformed('another version');
  const bits = reader.uint(1);
  const operation = operations[(bits % 4) + (bits < operationAbove ? 0 : 4)];
  const ticketNumber = reader.text();
  const wallSeconds = reader.uint(4);
  const currency = currencyCodes[reader.uint(1)];
  if (!operation || !currency || bits >= 2 * operationAbove) throw new TokenMalformed('an unknown word');
  const amountMinor = reader.varint();
  const points = reader.signed();
  const balance = reader.signed();
  const lastDigits = reader.uint(2);
  if (lastDigits > 9_999) throw new TokenMalformed('not four digits');
  return {
    operation,
    training: (bits & isTraining) !== 0,
    ticketNumber,
    wallSeconds,
    amountMinor,
    currency,
    points,
    balance: (bits & hasBalance) === 0 ? null : balance,
    cardLastDigits: String(lastDigits).padStart(4, '0'),
    copy: reader.varint(),
  };
}
