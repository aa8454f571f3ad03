import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { checkAmount } from '#contract/money/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { PrintState, SaleEvent, SaleResult } from '#contract/till/loyalty.ts';

/** Where the amount in the field came from; the screen names it. */
export type AmountSource = 'keyboard' | 'pad' | 'register';

/** The one field that keyboard, pad and register feed: digits in minor units. `tender`: whether the money goes into the drawer. */
export type Entry = { digits: string; source: AmountSource | null; receiptNumber: string | null; tender: Tender };

/** What a customer takes for points, as chosen on the screen. */
export type Choice = {
  what: { kind: 'gift'; gift: string } | { kind: 'points'; points: number };
  points: number;
  /** The gift's name; null for money off, which is `amountMinor`. */
  name: { fr: string; en: string } | null;
  amountMinor: number;
};

/** What a person meant when they asked for the card. Frozen then: a retry is the same intention. */
export type Intention = {
  id: string;
  amountMinor: number;
  source: 'keyboard' | 'register';
  receiptNumber: string | null;
  tender: Tender;
  /** Null: a purchase, which earns points. */
  choice: Choice | null;
};

/** The one order the screen gives while it waits. */
export type Prompt =
  | { kind: 'starting' }
  | { kind: 'present' }
  | { kind: 'remove' }
  | { kind: 'reading' }
  | { kind: 'keep'; why: 'joining' | 'checking' }
  | { kind: 'again'; cardNumber: string }
  | { kind: 'other'; cardNumber: string };

export type Sale =
  | { stage: 'amount'; entry: Entry }
  | { stage: 'waiting'; entry: Entry; intention: Intention; prompt: Prompt; cancelling: boolean }
  | { stage: 'interrupted'; entry: Entry; intention: Intention }
  /** The cardholder's PIN is asked for: `error` is how the one before was refused. */
  | { stage: 'pin'; entry: Entry; intention: Intention; error: TillError }
  | { stage: 'refused'; entry: Entry; choice: Choice | null; error: TillError }
  | {
      stage: 'result';
      intention: Intention;
      result: SaleResult;
      print: PrintState;
      why: TillError | null;
      reprinting: boolean;
      copy: number;
      /** Someone said whether an unconfirmed ticket came out. */
      answered: boolean;
    };

/** A sale that stands. */
export type DoneSale = Extract<Sale, { stage: 'result' }>;

export type SaleAction =
  | { act: 'digits'; digits: string; source: 'keyboard' | 'pad' }
  | { act: 'erase'; source: 'keyboard' | 'pad' }
  /** Paid in cash, or otherwise: the other of the two. */
  | { act: 'tender' }
  | { act: 'register'; amountMinor: number; receiptNumber: string | null }
  /** The primary button: `id` is used only when this makes a new intention. */
  | { act: 'ask'; id: string; currency: CurrencyCode }
  /** Points are taken for what was chosen. */
  | { act: 'spend'; id: string; choice: Choice }
  /** The PIN was typed: the same intention is asked again. */
  | { act: 'pin' }
  | { act: 'event'; intention: string; event: SaleEvent }
  | { act: 'ended'; intention: string; error: TillError }
  | { act: 'lost'; intention: string }
  | { act: 'cancel' }
  | { act: 'clear' }
  | { act: 'reprint' }
  | { act: 'reprinted'; print: PrintState; why: TillError | null; copy: number }
  | { act: 'answered' };

const emptyEntry: Entry = { digits: '', source: null, receiptNumber: null, tender: 'cash' };
export const newSale: Sale = { stage: 'amount', entry: emptyEntry };

/** A tenth digit would pass every limit of an operation: the field stops there. */
const mostDigits = 10;

export const amountMinorOf = (entry: Entry): number => Number(entry.digits === '' ? '0' : entry.digits);

export const otherTender = (tender: Tender): Tender => (tender === 'cash' ? 'other' : 'cash');

const typed = (entry: Entry, digits: string, source: AmountSource): Entry => ({
  digits: (entry.digits + digits).replace(/^0+/, '').slice(0, mostDigits),
  source,
  receiptNumber: null,
  tender: entry.tender,
});

function withEntry(sale: Sale, entry: Entry): Sale {
  return entry.digits === '' ? newSale : { ...sale, stage: 'amount', entry };
}

/** The same intention, once more. */
const waitAgain = ({ entry, intention }: { entry: Entry; intention: Intention }): Sale => ({
  stage: 'waiting',
  entry,
  intention,
  prompt: { kind: 'starting' },
  cancelling: false,
});

function ask(sale: Sale, id: string, currency: CurrencyCode): Sale {
  if (sale.stage === 'interrupted') return waitAgain(sale);
  if (sale.stage !== 'amount' && sale.stage !== 'refused') return sale;
  if (sale.stage === 'refused' && sale.choice) return spend(sale, id, sale.choice);
  const { entry } = sale;
  const amount = checkAmount(amountMinorOf(entry), currency);
  if (!amount.ok) return { stage: 'refused', entry, choice: null, error: amountRefusal(amount.error) };
  const source = entry.source === 'register' ? 'register' : 'keyboard';
  const intention = {
    id,
    amountMinor: amount.value,
    source,
    receiptNumber: entry.receiptNumber,
    tender: entry.tender,
    choice: null,
  } as const;
  return { stage: 'waiting', entry, intention, prompt: { kind: 'starting' }, cancelling: false };
}

function spend(sale: Sale, id: string, choice: Choice): Sale {
  if (sale.stage === 'waiting' || sale.stage === 'interrupted' || sale.stage === 'pin') return sale;
  const { amountMinor } = choice;
  const intention = { id, amountMinor, source: 'keyboard', receiptNumber: null, tender: 'cash', choice } as const;
  return { stage: 'waiting', entry: emptyEntry, intention, prompt: { kind: 'starting' }, cancelling: false };
}

/** How the service refused. A PIN that is asked for is no end: the customer types it, and the same intention goes on. */
function ended(sale: Extract<Sale, { stage: 'waiting' }>, error: TillError): Sale {
  const { entry, intention } = sale;
  if (error.type === 'Cancelled') return newSale;
  if (error.type === 'PinRequired' || error.type === 'PinWrong') return { stage: 'pin', entry, intention, error };
  return { stage: 'refused', entry, choice: intention.choice, error };
}

function amountRefusal({ type, ...facts }: { type: TillError['type'] } & Record<string, string | number>): TillError {
  return { type, facts };
}

function onEvent(sale: Sale, event: SaleEvent): Sale {
  if (sale.stage === 'result' && event.stage === 'printed') return { ...sale, print: event.print, why: event.why };
  if (sale.stage !== 'waiting') return sale;
  switch (event.stage) {
    case 'present-card':
      return { ...sale, prompt: { kind: 'present' } };
    case 'remove-card':
      return { ...sale, prompt: { kind: 'remove' } };
    case 'reading':
      return { ...sale, prompt: { kind: 'reading' } };
    case 'keep-card':
      return { ...sale, prompt: { kind: 'keep', why: event.why } };
    case 'present-card-again':
      // At once after another card: that it was another one stays said, now with the number of the one to lay.
      return {
        ...sale,
        prompt: { kind: sale.prompt.kind === 'other' ? 'other' : 'again', cardNumber: event.cardNumber },
      };
    case 'other-card':
      return { ...sale, prompt: { kind: 'other', cardNumber: event.cardNumber } };
    case 'result': {
      const { intention } = sale;
      const { result } = event;
      return {
        stage: 'result',
        intention,
        result,
        print: 'printing',
        why: null,
        reprinting: false,
        copy: 0,
        answered: false,
      };
    }
    case 'printed':
      return sale;
  }
}

/** The intention a stage holds, if any. */
export const intentionOf = (sale: Sale): Intention | null => ('intention' in sale ? sale.intention : null);

/** What a key, a press or an event of the service does to the sale. Pure; what has no meaning now changes nothing. */
export function step(sale: Sale, action: SaleAction): Sale {
  switch (action.act) {
    case 'digits': {
      const { digits, source } = action;
      if (sale.stage === 'amount') {
        // Digits after the register's amount are another amount, not its end.
        const { tender } = sale.entry;
        const from = sale.entry.source === 'register' ? { ...emptyEntry, tender } : sale.entry;
        return withEntry(sale, typed(from, digits, source));
      }
      if (sale.stage === 'refused' || sale.stage === 'result')
        return withEntry(newSale, typed(emptyEntry, digits, source));
      return sale;
    }
    case 'erase':
      if (sale.stage !== 'amount' && sale.stage !== 'refused') return sale;
      return withEntry(newSale, typed({ ...sale.entry, digits: sale.entry.digits.slice(0, -1) }, '', action.source));
    case 'register': {
      if (sale.stage !== 'amount') return sale;
      const { amountMinor, receiptNumber } = action;
      const { tender } = sale.entry;
      return { stage: 'amount', entry: { digits: String(amountMinor), source: 'register', receiptNumber, tender } };
    }
    case 'tender': {
      if (sale.stage !== 'amount') return sale;
      const tender = otherTender(sale.entry.tender);
      return { stage: 'amount', entry: { ...sale.entry, tender } };
    }
    case 'ask':
      return ask(sale, action.id, action.currency);
    case 'spend':
      return spend(sale, action.id, action.choice);
    case 'pin':
      if (sale.stage !== 'pin') return sale;
      return waitAgain(sale);
    case 'event':
      return intentionOf(sale)?.id === action.intention ? onEvent(sale, action.event) : sale;
    case 'ended':
      if (sale.stage !== 'waiting' || sale.intention.id !== action.intention) return sale;
      return ended(sale, action.error);
    case 'lost':
      if (sale.stage !== 'waiting' || sale.intention.id !== action.intention) return sale;
      return { stage: 'interrupted', entry: sale.entry, intention: sale.intention };
    case 'cancel':
      return sale.stage === 'waiting' ? { ...sale, cancelling: true } : sale;
    case 'clear':
      return sale.stage === 'waiting' ? sale : newSale;
    case 'reprint':
      return sale.stage === 'result' && !sale.reprinting ? { ...sale, reprinting: true, print: 'printing' } : sale;
    case 'reprinted':
      if (sale.stage !== 'result') return sale;
      return {
        ...sale,
        reprinting: false,
        print: action.print,
        why: action.why,
        copy: action.copy,
        answered: false,
      };
    case 'answered':
      return sale.stage === 'result' ? { ...sale, answered: true } : sale;
  }
}

/** An unconfirmed print is a question, and nothing else is offered until someone answers it. */
export const asksAboutPrint = (sale: Sale): boolean =>
  sale.stage === 'result' && sale.print === 'unknown' && !sale.answered;
