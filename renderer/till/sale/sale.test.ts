import { describe, expect, it } from 'vitest';
import { type TillErrorType, tillErrors } from '#contract/till/errors.ts';
import type { SaleEvent, SaleResult } from '#contract/till/loyalty.ts';
import { amountMinorOf, asksAboutPrint, type Choice, newSale, type Sale, type SaleAction, step } from './sale.ts';
import { mayAskAgain, toneOf } from './severity.ts';

const run = (from: Sale, ...actions: SaleAction[]): Sale => actions.reduce(step, from);
const digits = (text: string, source: 'keyboard' | 'pad' = 'keyboard'): SaleAction => ({
  act: 'digits',
  digits: text,
  source,
});
const ask = (id: string): SaleAction => ({ act: 'ask', id, currency: 'XOF' });
const event = (body: SaleEvent, intention = 'i1'): SaleAction => ({ act: 'event', intention, event: body });
const waiting = run(newSale, digits('1250'), ask('i1'));
const result = { points: 12, balance: 1227 } as SaleResult;
const done = run(waiting, event({ stage: 'result', result }));

describe('the amount field', () => {
  it('takes digits from keyboard and pad, names the last source, and drops leading zeros', () => {
    const sale = run(newSale, digits('0'), digits('12'), digits('00', 'pad'));
    expect(sale).toMatchObject({ stage: 'amount', entry: { digits: '1200', source: 'pad' } });
  });

  it('[T14] shows what the register sent, and keeps the receipt number until someone types', () => {
    const sent: SaleAction = { act: 'register', amountMinor: 8750, receiptNumber: '004183' };
    const sale = run(newSale, sent);
    expect(sale).toMatchObject({ entry: { digits: '8750', source: 'register', receiptNumber: '004183' } });
    expect(run(sale, ask('i1'))).toMatchObject({ intention: { source: 'register', receiptNumber: '004183' } });
    expect(run(sale, digits('1'))).toMatchObject({ entry: { digits: '1', source: 'keyboard', receiptNumber: null } });
  });

  it('[N1] is paid in cash unless somebody says otherwise, for this one purchase', () => {
    const otherwise = run(newSale, { act: 'tender' }, digits('12'), digits('50', 'pad'));
    expect(run(otherwise, ask('i1'))).toMatchObject({ intention: { amountMinor: 1250, tender: 'other' } });
    expect(run(otherwise, { act: 'tender' }, ask('i1'))).toMatchObject({ intention: { tender: 'cash' } });
    const sent = run(otherwise, { act: 'register', amountMinor: 8750, receiptNumber: null });
    expect(run(sent, digits('3'))).toMatchObject({ entry: { digits: '3', tender: 'other' } });
    expect(run(run(otherwise, ask('i1')), { act: 'tender' })).toMatchObject({
      stage: 'waiting',
      entry: { tender: 'other' },
    });
    expect(run(otherwise, { act: 'clear' })).toEqual(newSale);
  });

  it('does not let the register touch a sale that waits for its card', () => {
    expect(run(waiting, { act: 'register', amountMinor: 1, receiptNumber: null })).toBe(waiting);
  });

  it('stops at ten digits, and is empty again when the last one is erased', () => {
    const long = run(newSale, digits('9'.repeat(20)));
    expect(long.stage === 'amount' && amountMinorOf(long.entry)).toBe(9_999_999_999);
    expect(run(newSale, digits('5'), { act: 'erase', source: 'keyboard' })).toEqual(newSale);
  });

  it('refuses zero and what no operation may carry, without an intention', () => {
    expect(run(newSale, ask('i1'))).toMatchObject({ stage: 'refused', error: { type: 'AmountZero' } });
    expect(run(newSale, digits('9999999999'), ask('i1'))).toMatchObject({
      stage: 'refused',
      error: { type: 'AmountTooLarge', facts: { maxAmountMinor: 500_000_000, currency: 'XOF' } },
    });
  });
});

describe('the wait for the card', () => {
  it('makes one intention however often the button is pressed', () => {
    expect(run(waiting, ask('i2'), ask('i3'))).toBe(waiting);
    expect(waiting).toMatchObject({ intention: { id: 'i1', amountMinor: 1250, source: 'keyboard' } });
  });

  it.each([
    [{ stage: 'present-card', untilMs: 0 }, { kind: 'present' }],
    [{ stage: 'remove-card' }, { kind: 'remove' }],
    [{ stage: 'reading' }, { kind: 'reading' }],
    [
      { stage: 'present-card-again', cardNumber: '0417209379', untilMs: 0 },
      { kind: 'again', cardNumber: '0417209379' },
    ],
    [
      { stage: 'other-card', cardNumber: '0417209379' },
      { kind: 'other', cardNumber: '0417209379' },
    ],
  ] satisfies [SaleEvent, object][])('says what to do on %j', (body, prompt) => {
    expect(run(waiting, event(body))).toMatchObject({ stage: 'waiting', prompt });
  });

  it('goes on saying that it is another card, and names the one to lay', () => {
    const again: SaleEvent = { stage: 'present-card-again', cardNumber: '0417209320', untilMs: 0 };
    const other = run(waiting, event(again), event({ stage: 'other-card', cardNumber: '0417554058' }));
    expect(run(other, event(again))).toMatchObject({ prompt: { kind: 'other', cardNumber: '0417209320' } });
    expect(run(other, event({ stage: 'reading' }), event(again))).toMatchObject({ prompt: { kind: 'again' } });
  });

  it('ignores what belongs to another intention', () => {
    expect(run(waiting, event({ stage: 'reading' }, 'other'))).toBe(waiting);
    expect(run(waiting, { act: 'ended', intention: 'other', error: { type: 'CardRemoved' } })).toBe(waiting);
  });

  it('keeps the amount and does not take digits while it waits', () => {
    expect(run(waiting, digits('9'))).toBe(waiting);
    expect(run(waiting, { act: 'clear' })).toBe(waiting);
  });

  it('starts the same intention again after the service was lost', () => {
    const interrupted = run(waiting, { act: 'lost', intention: 'i1' });
    expect(interrupted.stage).toBe('interrupted');
    expect(run(interrupted, ask('i2'))).toMatchObject({ stage: 'waiting', intention: { id: 'i1' } });
  });

  it('goes back to an empty field when it was cancelled, and only then', () => {
    const cancelling = run(waiting, { act: 'cancel' });
    expect(cancelling).toMatchObject({ stage: 'waiting', cancelling: true });
    expect(run(cancelling, { act: 'ended', intention: 'i1', error: { type: 'Cancelled' } })).toEqual(newSale);
    expect(run(cancelling, event({ stage: 'result', result })).stage).toBe('result');
  });
});

describe('points that are spent', () => {
  const choice: Choice = {
    what: { kind: 'gift', gift: 'savon' },
    points: 200,
    name: { fr: 'Savon', en: 'Soap' },
    amountMinor: 0,
  };
  const spending = run(newSale, { act: 'spend', id: 'i1', choice });

  it('[T5] waits for the card with the choice, and a second press changes nothing', () => {
    expect(spending).toMatchObject({ stage: 'waiting', intention: { id: 'i1', choice } });
    expect(run(spending, { act: 'spend', id: 'i2', choice })).toBe(spending);
  });

  it.each(['PinRequired', 'PinWrong'] as const)(
    '[T5] asks for the PIN on %s and goes on with the same intention',
    (type) => {
      const asked = run(spending, { act: 'ended', intention: 'i1', error: { type } });
      expect(asked).toMatchObject({ stage: 'pin', intention: { id: 'i1', choice }, error: { type } });
      expect(run(asked, digits('1'))).toBe(asked);
      expect(run(asked, { act: 'pin' })).toMatchObject({ stage: 'waiting', intention: { id: 'i1', choice } });
      expect(run(asked, { act: 'clear' })).toEqual(newSale);
    },
  );

  it('asks again for what was refused, as a new intention', () => {
    const refused = run(spending, { act: 'ended', intention: 'i1', error: { type: 'NotEnoughPoints' } });
    expect(refused).toMatchObject({ stage: 'refused', choice });
    expect(run(refused, ask('i2'))).toMatchObject({ stage: 'waiting', intention: { id: 'i2', choice } });
  });
});

describe('refusals', () => {
  const notEnds = ['Cancelled', 'PinRequired', 'PinWrong'];
  const types = (Object.keys(tillErrors) as TillErrorType[]).filter((type) => !notEnds.includes(type));

  it.each(types)('%s keeps the amount, has a tone, and never asks twice for what may have happened', (type) => {
    const refused = run(waiting, { act: 'ended', intention: 'i1', error: { type } });
    expect(refused).toMatchObject({ stage: 'refused', entry: { digits: '1250' }, error: { type } });
    expect(['warn', 'stop']).toContain(toneOf(type));
    if (tillErrors[type] === 'unknown') expect(mayAskAgain(type)).toBe(false);
    expect(run(refused, ask('i2'))).toMatchObject({ stage: 'waiting', intention: { id: 'i2', amountMinor: 1250 } });
  });

  it('gives way to the next amount', () => {
    const refused = run(waiting, { act: 'ended', intention: 'i1', error: { type: 'CardBlocked' } });
    expect(run(refused, digits('7'))).toMatchObject({ stage: 'amount', entry: { digits: '7' } });
    expect(run(refused, { act: 'clear' })).toEqual(newSale);
  });
});

describe('the result', () => {
  it('waits for the print, then says what became of it', () => {
    expect(done).toMatchObject({ stage: 'result', print: 'printing' });
    const failed = run(done, event({ stage: 'printed', print: 'failed', why: { type: 'PrinterPaperOut' } }));
    expect(failed).toMatchObject({ print: 'failed', why: { type: 'PrinterPaperOut' } });
  });

  it('asks about an unconfirmed print until someone answers', () => {
    const unknown = run(done, event({ stage: 'printed', print: 'unknown', why: null }));
    expect(asksAboutPrint(unknown)).toBe(true);
    expect(asksAboutPrint(run(unknown, { act: 'answered' }))).toBe(false);
  });

  it('reprints once at a time, and asks again about a copy that stays unknown', () => {
    const reprinting = run(done, { act: 'reprint' });
    expect(run(reprinting, { act: 'reprint' })).toBe(reprinting);
    const again = run(reprinting, { act: 'answered' }, { act: 'reprinted', print: 'unknown', why: null, copy: 1 });
    expect(again).toMatchObject({ reprinting: false, copy: 1 });
    expect(asksAboutPrint(again)).toBe(true);
  });

  it('gives way to the next sale, by the button or by its first digit', () => {
    expect(run(done, { act: 'clear' })).toEqual(newSale);
    expect(run(done, digits('4'))).toMatchObject({ stage: 'amount', entry: { digits: '4' } });
  });
});
