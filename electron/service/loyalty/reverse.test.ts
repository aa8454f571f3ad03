import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldDay } from '#contract/counter/day.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import { previewLines } from '#contract/tickets/layout.ts';
import { tillError } from '#contract/till/errors.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import {
  newestOn,
  sellElsewhere,
  shopAtCounter,
  shopCard,
  startBalance,
  testEnrolment,
} from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { TestCentral } from '#test/harness/test-central.ts';
import { Reprints } from '../reprints.ts';
import { findReversible, foundOperation } from './find-operation.ts';

const awasNumber = '0417209320';
const startSpend = 121_500;

let counter: TestCounter;
let other: TestCounter;
let card: VirtualDesfire;
beforeEach(async () => {
  counter = await TestCounter.open();
  other = await TestCounter.open(1_000);
  card = await shopCard();
});
afterEach(async () => {
  for (const till of [counter, other]) {
    expect(till.defects).toEqual([]);
    expect(await till.faults()).toEqual([]);
    till.close();
  }
});

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const ledger = () => counter.parts.reader.card(awasNumber);
const paper = () =>
  previewLines(counter.tickets.at(-1)!, 42)
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/[\u202f\u00a0]/g, ' ');

describe('a sale taken back', () => {
  it('[T20] in full, without the card: the ledger moves now, the card at its next tap', async () => {
    const sale = await counter.sold(card);
    const reversal = value(await counter.reverse(sale.result().ticketNumber));
    expect(reversal).toMatchObject({
      reverses: sale.result().entry,
      amountMinor: 1250,
      points: -12,
      balance: startBalance,
      whole: true,
      card: 'pending',
      print: 'confirmed',
      exchanges: 0,
    });
    expect(ledger()).toMatchObject({ balance: startBalance, totalSpendMinor: startSpend, counter: 13 });
    expect(await newestOn(card)).toMatchObject({ counter: 13, balancePoints: startBalance + 12 });
    expect(counter.entries().at(-2)).toMatchObject({
      kind: 'loyalty.reversal',
      postings: [
        { account: `card:${awasNumber}`, commodity: 'points:port', amount: -12 },
        { account: 'shop:issued', commodity: 'points:port', amount: 12 },
        { account: `card:${awasNumber}`, commodity: 'spend:XOF', amount: -1250 },
        { account: 'shop:turnover', commodity: 'spend:XOF', amount: 1250 },
      ],
    });
    for (const said of [
      'CONTRE-PASSATION',
      sale.result().ticketNumber,
      '1 250 F CFA',
      '−12',
      'La carte sera mise à jour',
    ]) {
      expect(paper()).toContain(said);
    }
    expect(await counter.show(card)).toMatchObject({
      value: { settled: [{ intention: reversal.intention, outcome: 'applied' }] },
    });
    expect(await newestOn(card)).toMatchObject({
      operation: 'adjust',
      counter: 14,
      balancePoints: startBalance,
      deltaPoints: -12,
      totalSpendMinor: startSpend,
    });
    expect(ledger()).toMatchObject({ balance: startBalance, counter: 14 });
  });

  it('[T20] at once, where the very card lies on the reader', async () => {
    const sale = await counter.sell();
    await counter.tap(card);
    const reversal = value(await counter.reverse(sale.result().ticketNumber));
    expect(reversal).toMatchObject({ card: 'applied', balance: startBalance });
    expect(reversal.ticket.lines.join(' ')).not.toContain('prochain passage');
    expect(await newestOn(card)).toMatchObject({ operation: 'adjust', balancePoints: startBalance });
  });

  it('[T20] leaves another card that lies there alone', async () => {
    const sale = await counter.sold(card);
    const another = await shopCard(4_175_540, { record: { counter: 40 } });
    await counter.tap(another);
    expect(value(await counter.reverse(sale.intention))).toMatchObject({ card: 'pending' });
    expect(await newestOn(another)).toMatchObject({ counter: 40 });
    // Nor does that card say from where on the write can stand on this one.
    expect(counter.entries().find(({ kind }) => kind === 'loyalty.reversal')).toMatchObject({
      body: { cardCounter: 14 },
    });
  });

  it('[T20] in parts, whose points come to the whole; never more than what is left', async () => {
    const sale = await counter.sold(card);
    const entry = sale.result().ticketNumber;
    expect(value(await counter.reverse(entry, { amountMinor: 400 }))).toMatchObject({ points: -3, whole: false });
    expect(value(await counter.reverse(entry, { amountMinor: 400 }))).toMatchObject({ points: -4, whole: false });
    expect(await counter.reverse(entry, { amountMinor: 451 })).toMatchObject({
      error: { type: 'AmountTooLarge', facts: { maxAmountMinor: 450 } },
    });
    const last = value(await counter.reverse(entry));
    expect(last).toMatchObject({ amountMinor: 450, points: -5, whole: true, balance: startBalance });
    expect(await counter.reverse(entry)).toMatchObject({
      error: { type: 'AlreadyReversed', facts: { ticketNumber: last.ticketNumber } },
    });
    await counter.show(card);
    expect(await newestOn(card)).toMatchObject({
      counter: 16,
      balancePoints: startBalance,
      totalSpendMinor: startSpend,
    });
  });

  it('[T20] of which the points are spent already: a negative balance is legal, on the card too', async () => {
    const rich = await shopCard(4_179_001, { record: { balancePoints: 0 } });
    const sale = await counter.sold(rich, { amountMinor: 10_000 });
    await counter.spent(rich, { what: { kind: 'points', points: 100 } });
    expect(value(await counter.reverse(sale.intention))).toMatchObject({ balance: -100 });
    await counter.show(rich);
    expect(await newestOn(rich)).toMatchObject({ balancePoints: -100 });
    const next = await counter.sold(rich, { amountMinor: 5_000 });
    expect(next.result()).toMatchObject({ previousBalance: -100, balance: -50 });
  });

  it('[T20] gives the same intention the first answer, and refuses another content', async () => {
    const sale = await counter.sold(card);
    const intention = counter.uuid();
    const first = value(await counter.reverse(sale.intention, { intention, amountMinor: 500 }));
    const again = value(await counter.reverse(sale.intention, { intention, amountMinor: 500 }));
    expect({ ...again, tapToResultMs: 0 }).toEqual({ ...first, tapToResultMs: 0 });
    expect(await counter.reverse(sale.intention, { intention, amountMinor: 501 })).toMatchObject({
      error: { type: 'IntentionReused' },
    });
    expect(counter.kinds().filter((kind) => kind === 'loyalty.reversal')).toHaveLength(1);
  });

  it('[T20] two at the same moment do not both take the whole', async () => {
    const sale = await counter.sold(card);
    const both = await Promise.all([counter.reverse(sale.intention), counter.reverse(sale.intention)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(ledger()).toMatchObject({ balance: startBalance });
  });

  it('[T20] of a sale whose card was torn: both reach the card at its next tap', async () => {
    const sale = await counter.sell();
    card.tearAt(6, 'before');
    await counter.tap(card);
    await counter.clock.advance(30_001);
    value(await counter.reverse(sale.intention));
    await counter.show(card);
    expect(await newestOn(card)).toMatchObject({ counter: 14, balancePoints: startBalance });
    expect(ledger()).toMatchObject({ balance: startBalance, counter: 14 });
  });
});

describe('a spending taken back', () => {
  it('[T20] goes back whole, its points to the customer', async () => {
    const spent = await counter.spent(card, { what: { kind: 'gift', gift: 'baguette' } });
    expect(await counter.reverse(spent.intention, { amountMinor: 1 })).toMatchObject({
      error: { type: 'AmountTooLarge' },
    });
    const reversal = value(await counter.reverse(spent.intention));
    expect(reversal).toMatchObject({ amountMinor: 0, points: 50, whole: true, balance: startBalance });
    expect(paper()).toMatch(/Points rendus +\+50/);
    expect(await counter.reverse(spent.intention)).toMatchObject({ error: { type: 'AlreadyReversed' } });
    await counter.show(card);
    expect(await newestOn(card)).toMatchObject({ balancePoints: startBalance, deltaPoints: 50 });
  });

  it('[T20] [N1] of money off says how much of it is the shop’s again, and the day counts none', async () => {
    const spent = await counter.spent(card, { what: { kind: 'points', points: 200 } });
    const given = () => foldDay(counter.entries(), localDayIn('Africa/Lome')).moneyOffMinor;
    expect(given()).toBe(1_000);
    value(await counter.reverse(spent.intention));
    expect(counter.entries().find(({ kind }) => kind === 'loyalty.reversal')?.body).toMatchObject({
      amountMinor: 0,
      moneyOffMinor: 1_000,
    });
    expect(given()).toBe(0);
  });

  it.each([
    ['before', 'not-applied'],
    ['after', 'applied'],
  ] as const)(
    '[T20] [N2] is refused while nobody knows whether it was taken (torn %s the commit)',
    async (moment, found) => {
      const spending = await counter.spend();
      card.tearAt(7, moment);
      await counter.tap(card);
      await counter.lift();
      await counter.clock.advance(30_001);
      expect(await counter.reverse(spending.intention)).toMatchObject({
        error: { type: 'NotReversible', facts: { why: 'unknown' } },
      });
      await counter.show(card);
      const then = await counter.reverse(spending.intention);
      if (found === 'applied') expect(then).toMatchObject({ ok: true });
      else expect(then).toMatchObject({ error: { type: 'NotReversible', facts: { why: 'not-applied' } } });
      await counter.show(card);
      expect(await newestOn(card)).toMatchObject({ balancePoints: startBalance });
      expect(ledger()).toMatchObject({ balance: startBalance });
    },
  );
});

describe('who may take back, and what', () => {
  it('[T20] asks for an approval where the shop wants one, and says who gave it', async () => {
    const sale = await counter.sold(card);
    counter.approve = async (act, amountMinor, _, asked) =>
      asked
        ? { ok: true, value: { code: 'manager', role: 'manager' } }
        : { ok: false, error: tillError('ApprovalRequired', { act, amountMinor }) };
    expect(await counter.reverse(sale.intention)).toMatchObject({
      error: { type: 'ApprovalRequired', facts: { act: 'reversal', amountMinor: 1250 } },
    });
    expect(counter.kinds()).not.toContain('loyalty.reversal');
    value(await counter.reverse(sale.intention, { approval: { code: 'manager', pin: '246810' } }));
    const entry = counter.entries().find(({ kind }) => kind === 'loyalty.reversal');
    expect(entry).toMatchObject({ body: { approvedBy: { code: 'manager', role: 'manager' } } });
    expect(JSON.stringify(counter.entries())).not.toContain('246810');
  });

  it('refuses what is no sale and no spending, and what is nowhere', async () => {
    const sale = await counter.sold(card);
    const reversal = value(await counter.reverse(sale.intention));
    expect(await counter.reverse(reversal.entry)).toMatchObject({ error: { type: 'NotReversible' } });
    expect(await counter.reverse(reversal.ticketNumber)).toMatchObject({ error: { type: 'NotReversible' } });
    // Of an entry that is no operation the number may be on another till's ticket.
    for (const number of ['1-1', '7-777']) {
      expect(await counter.reverse(number)).toMatchObject({ error: { type: 'NeedsLink' } });
    }
    counter.central = new TestCentral();
    expect(await counter.reverse('1-1')).toMatchObject({ error: { type: 'NotReversible' } });
    expect(await counter.reverse('7-777')).toMatchObject({ error: { type: 'EntryNotFound' } });
  });

  it('prints a copy of its ticket, marked', async () => {
    const sale = await counter.sold(card);
    const { intention } = value(await counter.reverse(sale.intention));
    const copied = await new Reprints().print(
      counter.parts,
      { code: 'awa', name: 'Awa', role: 'cashier' },
      { intention: counter.uuid(), sale: intention },
    );
    expect(copied).toMatchObject({ ok: true, value: { copy: 1 } });
    expect(paper()).toContain('DUPLICATA 1');
    expect(paper()).toContain('CONTRE-PASSATION');
  });
});

describe('two tills of one shop', () => {
  const operation = (sale: { intention: string }, left = { amountMinor: 1250, points: 12 }) => ({
    terminal: testEnrolment.terminal,
    epoch: 1,
    seq: 2,
    entry: '1-2',
    intention: sale.intention,
    operation: 'sale' as const,
    ticketNumber: '3-2',
    cardNumber: awasNumber,
    wallTime: '2026-11-21T09:00:00.000Z',
    till: 'Caisse 3',
    amountMinor: 1250,
    currency: 'XOF' as const,
    points: 12,
    reward: null,
    left,
    cardCounter: 13,
    programme: 'port',
  });

  it('[T20] [T12] one takes back what the other sold, by the number on its ticket', async () => {
    const sale = await other.sold(card);
    const central = new TestCentral();
    counter.central = central;
    central.putOperation(operation(sale));
    const reversal = value(await counter.reverse('3-2', { amountMinor: 250 }));
    expect(reversal).toMatchObject({ reverses: '1-2', points: -2, balance: null, card: 'pending' });
    // The server has not heard of it yet: this till knows what it took itself.
    const found = value(await findReversible(counter.parts, '3-2'));
    expect(foundOperation(found).left).toEqual({ amountMinor: 1000, points: 10 });
    value(await counter.reverse('3-2'));
    expect(await counter.reverse('3-2')).toMatchObject({ error: { type: 'AlreadyReversed' } });
    await counter.show(card);
    expect(await newestOn(card)).toMatchObject({ balancePoints: startBalance, totalSpendMinor: startSpend });
  });

  it('[T20] what another till has taken back counts, as the server says', async () => {
    const sale = await counter.sold(card);
    const central = new TestCentral();
    counter.central = central;
    central.putOperation({ ...operation(sale, { amountMinor: 250, points: 3 }), ticketNumber: '2-2' });
    expect(await counter.reverse(sale.intention, { amountMinor: 251 })).toMatchObject({
      error: { type: 'AmountTooLarge', facts: { maxAmountMinor: 250 } },
    });
    expect(value(await counter.reverse(sale.intention))).toMatchObject({ amountMinor: 250, points: -3, whole: true });
  });

  it('[T20] asks which is meant where a number is an entry here and a ticket there', async () => {
    const here = await counter.sold(card);
    const central = new TestCentral();
    counter.central = central;
    central.putOperation({ ...operation({ intention: other.uuid() }), ticketNumber: here.result().entry });
    expect(await counter.reverse(here.result().entry)).toMatchObject({
      error: { type: 'NotReversible', facts: { why: 'ambiguous' } },
    });
  });

  it('[T20] [T12] takes no sale of its own back for another till’s ticket of the number of its place here', async () => {
    const here = await counter.sold(card);
    const { entry } = here.result();
    const needsLink = { error: { type: 'NeedsLink', facts: { entry } } };
    expect(await counter.reverse(entry)).toMatchObject(needsLink);
    const central = new TestCentral();
    counter.central = central;
    central.silent = true;
    expect(await counter.reverse(entry)).toMatchObject(needsLink);
    central.silent = false;
    expect(value(await counter.reverse(entry))).toMatchObject({ reverses: entry, whole: true });
  });

  it('[T20] a place is no other till’s where this till’s own number begins it', async () => {
    counter.parts.shop = () => ({ ...shopAtCounter, ticketPrefix: '1' });
    const here = await counter.sold(card);
    expect(here.result().ticketNumber).toBe(here.result().entry);
    expect(value(await counter.reverse(here.result().entry))).toMatchObject({ whole: true });
  });

  it('[T20] [T12] finds another till’s ticket whose number is an entry here that cannot be taken back', async () => {
    const here = await counter.sold(card);
    const outcome = `1-${here.result().seq + 1}`;
    expect(await counter.reverse(outcome)).toMatchObject({ error: { type: 'NeedsLink' } });
    const central = new TestCentral();
    counter.central = central;
    const there = operation({ intention: other.uuid() });
    central.putOperation({ ...there, ticketNumber: outcome });
    const found = value(await findReversible(counter.parts, outcome));
    expect(found.intention).toBe(there.intention);
    const { entry } = value(await counter.reverse(here.intention));
    central.putOperation({ ...there, ticketNumber: entry });
    expect(value(await findReversible(counter.parts, entry)).intention).toBe(there.intention);
  });

  const moments = ['before', 'after'] as const;
  const tears = [1, 2, 3, 4, 5, 6].flatMap((exchange) => moments.map((moment) => [exchange, moment] as const));

  it.each(tears)(
    '[T20] [N2] the card is put right at the other till, torn at exchange %d, %s it, and again',
    async (...tear) => {
      const sale = await counter.sold(card);
      const reversal = value(await counter.reverse(sale.intention));
      other.store.feed.apply(counter.openWrites(), 5);
      card.tearAt(...tear);
      await other.show(card);
      card.tearAt(1_000_000);
      const shown = await other.show(card);
      expect(shown).toMatchObject({ ok: true, value: { balances: [{ balance: startBalance }] } });
      expect(other.cardOutcomes(reversal.intention)).toEqual(['applied']);
      expect(await newestOn(card)).toMatchObject({
        counter: 14,
        balancePoints: startBalance,
        totalSpendMinor: startSpend,
      });
      // Back here, before the feed has said that it is done: found on the card, and not written twice.
      await counter.show(card);
      expect(await newestOn(card)).toMatchObject({ counter: 14, balancePoints: startBalance });
      expect(counter.cardOutcomes(reversal.intention)).toEqual(['applied']);
      expect(ledger()).toMatchObject({ balance: startBalance, counter: 14 });
    },
  );

  it('[T20] [N2] a card used elsewhere beyond its history meanwhile is a case for a person', async () => {
    const sale = await counter.sold(card);
    const { intention } = value(await counter.reverse(sale.intention));
    for (let time = 0; time < 10; time++) {
      await sellElsewhere(card, { intention: other.uuid(), points: 1, amountMinor: 100, wallMs: other.clock.wallMs() });
    }
    const before = await newestOn(card);
    await counter.show(card);
    expect(counter.cardOutcomes(intention)).toEqual(['quarantined']);
    expect(await newestOn(card)).toEqual(before);
  });
});
