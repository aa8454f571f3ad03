import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err } from '#contract/result/index.ts';
import { previewLines } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { historyOf, newestOn, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import type { PrintAnswer } from '../papers/parts.ts';

let counter: TestCounter;
beforeEach(async () => {
  counter = await TestCounter.open();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const printed = (ticket: Ticket | undefined): string =>
  previewLines(ticket!, 42)
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/[\u202f\u00a0]/g, ' ');

describe('one sale', () => {
  it('[T6] [T26] takes six exchanges, and the card and the ledger agree', async () => {
    const card = await shopCard();
    const sale = await counter.sell({ amountMinor: 1250 });
    expect(sale.stages()).toEqual(['present-card']);
    await counter.tap(card);
    expect(sale.stages()).toEqual(['present-card', 'reading', 'result', 'printed']);
    expect(sale.end()).toEqual({ ok: true, value: undefined });
    expect(sale.result()).toMatchObject({
      entry: '1-2',
      cardNumber: '0417209320',
      points: 12,
      previousBalance: startBalance,
      balance: startBalance + 12,
      totalSpendMinor: 122_750,
      nextGift: { points: 1500, missing: 1500 - startBalance - 12 },
      inReach: [{ name: { fr: 'Une baguette', en: 'A baguette' }, points: 50 }],
      card: 'applied',
      exchanges: 6,
    });
    expect(await newestOn(card)).toMatchObject({
      operation: 'earn',
      counter: 13,
      balancePoints: startBalance + 12,
      totalSpendMinor: 122_750,
      intentionTag: sale.intention.replaceAll('-', '').slice(-16),
    });
    expect(counter.parts.reader.card('0417209320')).toMatchObject({ balance: startBalance + 12, counter: 13 });
    expect(await historyOf(card)).toHaveLength(2);
  });

  it('[T37] leaves three facts: the sale, its card write, its ticket', async () => {
    const sale = await counter.sold(await shopCard(), { receiptNumber: 'R-77', source: 'register' });
    const [sold, written, ticket] = counter.entries();
    expect(counter.kinds()).toEqual(['loyalty.sale', 'card.outcome', 'ticket.outcome']);
    expect(sold).toMatchObject({
      intention: sale.intention,
      staff: 'awa',
      role: 'cashier',
      postings: [
        { account: 'card:0417209320', commodity: 'points:port', amount: 12 },
        { account: 'shop:issued', commodity: 'points:port', amount: -12 },
        { account: 'card:0417209320', commodity: 'spend:XOF', amount: 1250 },
        { account: 'shop:turnover', commodity: 'spend:XOF', amount: -1250 },
      ],
      body: { source: 'register', receiptNumber: 'R-77', rulesVersion: 3, ticketNumber: '2-2', cardCounter: 13 },
    });
    expect(written).toMatchObject({ intention: sale.intention, body: { outcome: 'applied', exchanges: 6 } });
    expect(ticket).toMatchObject({ body: { ticketNumber: '2-2', outcome: 'confirmed', why: null, copy: 0 } });
  });

  it('[T36] records the checks that the card passed, in their order', async () => {
    await counter.sold(await shopCard());
    expect(counter.entries()[0]).toMatchObject({
      body: {
        checks: [
          { check: 'authentic', outcome: 'passed' },
          { check: 'network', outcome: 'passed' },
          { check: 'status', outcome: 'passed' },
          { check: 'hot-list', outcome: 'passed' },
          { check: 'pin', outcome: 'not-asked' },
          { check: 'limits', outcome: 'passed' },
        ],
      },
    });
  });

  it('[T7] [T8] prints shop, time, amount, nature, points, balance, total spend and the distance to the gift', async () => {
    const sale = await counter.sold(await shopCard());
    expect(counter.tickets).toHaveLength(1);
    expect(sale.result().ticket.lines).toEqual(previewLines(counter.tickets[0]!, 42).map(({ text }) => text));
    const text = printed(counter.tickets[0]);
    for (const said of [
      'BOULANGERIE DU PORT',
      '1 rue du Quai',
      '21/11/2026 09:00:00',
      '2-2',
      '0417 2093 20',
      'ACHAT',
      '1 250 F CFA',
      '+12',
      'SOLDE 1 227 points',
      '122 750 F CFA',
      '1 500 points',
      '273 points',
      'Un gâteau',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('DUPLICATA');
  });

  it('[T8] says that a gift is reached, and earns nothing below one step', async () => {
    const card = await shopCard();
    const reaching = await counter.sold(card, { amountMinor: 28_500 });
    expect(reaching.result().ticket.lines.join(' ')).toContain('Cadeau atteint : Un gâteau');
    const small = await counter.sold(card, { amountMinor: 99 });
    expect(small.result()).toMatchObject({ points: 0, balance: 1500, totalSpendMinor: 150_099, card: 'applied' });
    expect(await newestOn(card)).toMatchObject({ counter: 14, balancePoints: 1500, totalSpendMinor: 150_099 });
  });

  it('[T6] writes one operation behind another', async () => {
    const card = await shopCard();
    for (let visit = 1; visit <= 3; visit++) await counter.sold(card, { amountMinor: 100 * visit });
    expect((await historyOf(card)).map(({ counter, deltaPoints }) => [counter, deltaPoints])).toEqual([
      [15, 3],
      [14, 2],
      [13, 1],
      [12, 86],
    ]);
    expect(counter.parts.reader.card('0417209320')).toMatchObject({ balance: startBalance + 6, counter: 15 });
  });

  it.each([
    [0, 'AmountZero'],
    [-1, 'AmountNotANumber'],
    [10 ** 12, 'AmountTooLarge'],
  ])('refuses an amount of %d before any card is asked for', async (amountMinor, type) => {
    const sale = await counter.sell({ amountMinor });
    expect(sale.events).toEqual([]);
    expect(sale.end()).toMatchObject({ ok: false, error: { type } });
    expect(counter.entries()).toEqual([]);
  });
});

describe('no effect precedes its durable entry (invariant 6)', () => {
  it('the sale is in the journal when the first byte of the write reaches the card', async () => {
    const card = await shopCard();
    const seen: string[][] = [];
    const process = card.process.bind(card);
    card.process = (apdu) => {
      const writeRecord = 0x3b;
      if (apdu[1] === writeRecord) seen.push(counter.kinds());
      return process(apdu);
    };
    await counter.sold(card);
    expect(seen).toEqual([['loyalty.sale']]);
  });

  it('a journal that takes nothing lets no byte of the write reach the card', async () => {
    const card = await shopCard();
    const commands: number[] = [];
    const process = card.process.bind(card);
    card.process = (apdu) => {
      commands.push(apdu[1]!);
      return process(apdu);
    };
    counter.parts.journal = { append: () => err({ type: 'DiskFull', path: 'till.db', code: 'SQLITE_FULL' }) };
    const sale = await counter.sold(card);
    expect(sale.end()).toEqual({ ok: false, error: { type: 'DiskFull' } });
    expect(commands.filter((command) => command === 0x3b || command === 0xc7)).toEqual([]);
    expect(counter.tickets).toEqual([]);
    expect(await newestOn(card)).toMatchObject({ counter: 12, balancePoints: startBalance });
  });

  it('the card’s outcome is on record before the ticket is printed, and the ticket’s after', async () => {
    let atPrint: string[] = [];
    let finish = (_: PrintAnswer) => {};
    counter.print = () => {
      atPrint = counter.kinds();
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const sale = await counter.sold(await shopCard());
    expect(atPrint).toEqual(['loyalty.sale', 'card.outcome']);
    expect(sale.stages().at(-1)).toBe('result');
    finish({ print: 'sent', why: null });
    await settle();
    expect(counter.kinds().at(-1)).toBe('ticket.outcome');
    expect(sale.events.at(-1)).toEqual({ stage: 'printed', print: 'sent', why: null });
  });
});

describe('the PC’s clock is wrong by a day', () => {
  const day = 24 * 3_600_000;

  it.each([
    ['fast', day, '22/11/2026 09:00:00'],
    ['slow', -day, '20/11/2026 09:00:00'],
  ])('%s: sells, entries stay in order, the ticket says what the clock shows', async (_, byMs, time) => {
    const card = await shopCard();
    await counter.sold(card);
    counter.clock.shiftWall(byMs);
    const sale = await counter.sold(card);
    expect(sale.result()).toMatchObject({ balance: startBalance + 24, card: 'applied' });
    expect(printed(counter.tickets[1])).toContain(time);
    expect(counter.entries().map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(counter.parts.reader.list({ before: null, limit: 1 })[0]?.entry.kind).toBe('ticket.outcome');
  });
});

describe('who sold', () => {
  it('signs the ticket with a short name, from the staff list', async () => {
    counter.store.feed.apply(
      [{ item: 'staff', ...awa, role: 'cashier', active: true, sealedPinHash: new Uint8Array(1) }],
      2,
    );
    const sale = await counter.sold(await shopCard());
    expect(sale.result().ticket.lines.join('\n')).toContain('Caisse 2 - Awa K.');
  });
});
