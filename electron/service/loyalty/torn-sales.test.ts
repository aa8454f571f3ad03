import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { AskedSale } from '#test/harness/asked-sale.ts';
import {
  blankCard,
  cardData,
  historyOf,
  newestOn,
  sellElsewhere,
  shopCard,
  startBalance,
} from '#test/harness/counter-cards.ts';
import { credited, TestCounter } from '#test/harness/service.ts';

const awasNumber = '0417209320';
const moments = ['before', 'after'] as const;
const beforeWrite = [1, 2, 3, 4].flatMap((exchange) => moments.map((moment) => [exchange, moment] as const));
const duringWrite = [5, 6].flatMap((exchange) => moments.map((moment) => [exchange, moment] as const));

let counter: TestCounter;
let card: VirtualDesfire;
beforeEach(async () => {
  counter = await TestCounter.open();
  card = await shopCard();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

/** Sells, and the card is pulled at one exchange. */
async function torn(exchange: number, moment: 'before' | 'after'): Promise<AskedSale> {
  const sale = await counter.sell();
  card.tearAt(exchange, moment);
  await counter.tap(card);
  return sale;
}

/** Card and ledger both hold exactly these sales of 12 points. */
async function holdsSales(sales: number): Promise<void> {
  expect(await newestOn(card)).toMatchObject({
    counter: 12 + sales,
    balancePoints: startBalance + 12 * sales,
    totalSpendMinor: 121_500 + 1250 * sales,
  });
  expect(credited(counter, awasNumber)).toEqual({ sales, points: 12 * sales });
  expect(counter.parts.reader.card(awasNumber)).toMatchObject({ balance: startBalance + 12 * sales });
  expect(counter.parts.reader.openCardIntents()).toEqual([]);
}

describe('a card pulled before its write', () => {
  it.each(beforeWrite)('[T6] at exchange %d, %s it: nothing is on record, the same wait goes on', async (...tear) => {
    const sale = await torn(...tear);
    expect(sale.end()).toBeNull();
    expect(sale.stages()).toEqual(['present-card', 'reading', 'present-card-again']);
    expect(counter.entries()).toEqual([]);
    await counter.tap(card);
    expect(sale.result()).toMatchObject({ points: 12, card: 'applied', exchanges: 6 });
    await holdsSales(1);
  });

  it.each(beforeWrite)('at exchange %d, %s it, and not laid down again: refused, nothing happened', async (...tear) => {
    const sale = await torn(...tear);
    await counter.clock.advance(30_001);
    expect(sale.end()).toEqual({ ok: false, error: { type: 'CardRemoved' } });
    expect(counter.entries()).toEqual([]);
    expect(await newestOn(card)).toMatchObject({ counter: 12 });
    await counter.sold(card, { intention: sale.intention });
    await holdsSales(1);
  });

  it('may be given up by the cashier', async () => {
    const sale = await torn(2, 'before');
    expect(counter.runs.cancel(sale.intention)).toBe(true);
    await counter.lift();
    expect(sale.end()).toEqual({ ok: false, error: { type: 'Cancelled' } });
    expect(counter.entries()).toEqual([]);
  });
});

describe('a card pulled during its write (N2, invariant 18)', () => {
  it.each(duringWrite)(
    '[T6] at exchange %d, %s it, and back in time: one credit, as if nothing had been',
    async (...tear) => {
      const sale = await torn(...tear);
      expect(sale.events.at(-1)).toMatchObject({ stage: 'present-card-again', cardNumber: awasNumber });
      expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown']);
      await counter.tap(card);
      expect(sale.result()).toMatchObject({ points: 12, balance: startBalance + 12, card: 'applied' });
      expect(sale.stages().slice(-2)).toEqual(['result', 'printed']);
      expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown', 'applied']);
      expect(counter.tickets).toHaveLength(1);
      expect(sale.result().ticket.lines.join(' ')).not.toContain('Points gardés');
      await holdsSales(1);
    },
  );

  it.each(duringWrite)('at exchange %d, %s it, and gone: unknown; the next sale settles it', async (...tear) => {
    const sale = await torn(...tear);
    await counter.clock.advance(30_001);
    expect(sale.end()).toMatchObject({ ok: true });
    expect(sale.result()).toMatchObject({ card: 'unknown', balance: startBalance + 12, inReach: [] });
    expect(sale.result().ticket.lines.join(' ').replaceAll(/\s+/g, ' ')).toContain('Points gardés');
    const next = await counter.sold(card);
    expect(next.result()).toMatchObject({ card: 'applied', previousBalance: startBalance + 12 });
    expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown', 'applied']);
    await holdsSales(2);
  });

  it.each(duringWrite)('at exchange %d, %s it, and gone: showing the card settles it', async (...tear) => {
    const sale = await torn(...tear);
    await counter.clock.advance(30_001);
    const shown = await counter.show(card);
    expect(shown).toMatchObject({
      ok: true,
      value: {
        cardNumber: awasNumber,
        balances: [{ balance: startBalance + 12 }],
        counter: 13,
        settled: [{ intention: sale.intention, outcome: 'applied' }],
      },
    });
    await holdsSales(1);
    expect(await counter.show(card)).toMatchObject({ value: { settled: [], counter: 13 } });
  });

  it.each(duringWrite)('at exchange %d, %s it, and the service ends: the next one settles it', async (...tear) => {
    const sale = await torn(...tear);
    await counter.restart();
    await counter.lift();
    const next = await counter.sold(card);
    expect(next.result()).toMatchObject({ card: 'applied', previousBalance: startBalance + 12 });
    expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown', 'applied']);
    await holdsSales(2);
  });

  it.each(duringWrite)('at exchange %d, %s it, and torn again while it is put right', async (...tear) => {
    const sale = await torn(...tear);
    for (let exchange = 1; exchange <= 6; exchange++) {
      card.tearAt(exchange, exchange % 2 === 0 ? 'after' : 'before');
      await counter.tap(card);
      if (sale.end()) break;
    }
    await counter.lift();
    await counter.clock.advance(30_001);
    card.tearAt(1);
    await counter.sold(card);
    await counter.clock.advance(30_001);
    await counter.show(card);
    await holdsSales(1);
  });

  it.each([
    ['before', 8, 'before'],
    ['before', 8, 'after'],
    ['after', 6, 'before'],
    ['after', 6, 'after'],
  ] as const)('two torn sales in a row: %s the commit, then at exchange %d %s it', async (first, exchange, second) => {
    const sales = [await torn(6, first)];
    await counter.clock.advance(30_001);
    // Where the first write is made again, the second sale's own commit is the eighth exchange.
    sales.push(await torn(exchange, second));
    expect(counter.cardOutcomes(sales[1]!.intention)).toEqual(['unknown']);
    await counter.clock.advance(30_001);
    await counter.sold(card);
    for (const { intention } of sales) expect(counter.cardOutcomes(intention)).toEqual(['unknown', 'applied']);
    await holdsSales(3);
  });

  it('cancelling the wait keeps the sale, and settles at the next tap', async () => {
    const sale = await torn(6, 'before');
    expect(counter.runs.cancel(sale.intention)).toBe(true);
    await counter.lift();
    expect(sale.end()).toMatchObject({ ok: true });
    expect(sale.result()).toMatchObject({ card: 'unknown' });
    await counter.show(card);
    await holdsSales(1);
  });
});

describe('another card during the wait', () => {
  it('is told apart and left alone, then the right one is put right', async () => {
    const other = await shopCard(cardData.kofi);
    const sale = await torn(6, 'before');
    await counter.tap(other);
    expect(sale.events.slice(-2)).toMatchObject([
      { stage: 'other-card', cardNumber: '0417554058' },
      { stage: 'present-card-again', cardNumber: awasNumber },
    ]);
    expect(await historyOf(other)).toHaveLength(1);
    await counter.tap(card);
    expect(sale.result()).toMatchObject({ card: 'applied' });
    await holdsSales(1);
    expect(credited(counter, '0417554058').sales).toBe(0);
  });

  it('is told apart too when it is no card of this shop', async () => {
    const sale = await torn(6, 'before');
    await counter.tap(blankCard());
    expect(sale.stages().slice(-2)).toEqual(['other-card', 'present-card-again']);
    await counter.tap(card);
    expect(sale.result()).toMatchObject({ card: 'applied' });
    expect(counter.kinds().filter((kind) => kind === 'loyalty.refused')).toEqual([]);
  });
});

describe('a torn card used at another till of the shop meanwhile', () => {
  const elsewhere = async (times: number) => {
    for (let time = 0; time < times; time++) {
      await sellElsewhere(card, {
        intention: counter.uuid(),
        points: 5,
        amountMinor: 500,
        wallMs: counter.clock.wallMs(),
      });
    }
  };

  it.each([
    [1, 'before'],
    [1, 'after'],
    [8, 'before'],
    [8, 'after'],
    [9, 'before'],
  ] as const)('%d times, torn %s the commit: settled by its history', async (times, moment) => {
    const sale = await torn(6, moment);
    await counter.clock.advance(30_001);
    await elsewhere(times);
    await counter.show(card);
    expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown', 'applied']);
    expect(await newestOn(card)).toMatchObject({
      counter: 13 + times,
      balancePoints: startBalance + 12 + 5 * times,
    });
  });

  it.each([
    [10, 'before'],
    [9, 'after'],
  ] as const)(
    '%d times, torn %s the commit: no history reaches back, so it is a case for a person',
    async (times, moment) => {
      const sale = await torn(6, moment);
      await counter.clock.advance(30_001);
      await elsewhere(times);
      const before = await newestOn(card);
      const shown = await counter.show(card);
      expect(shown).toMatchObject({ value: { settled: [{ intention: sale.intention, outcome: 'quarantined' }] } });
      expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown', 'quarantined']);
      expect(await newestOn(card)).toEqual(before);
      expect(counter.parts.reader.card(awasNumber)).toMatchObject({ quarantined: true });
      const next = await counter.sold(card);
      expect(next.result()).toMatchObject({ card: 'applied', previousBalance: before.balancePoints });
    },
  );

  it('while the first till waits for it, and beyond its history: the wait ends, nothing is claimed', async () => {
    const sale = await torn(6, 'after');
    await elsewhere(9);
    await counter.tap(card);
    expect(sale.end()).toMatchObject({ ok: true });
    expect(sale.result()).toMatchObject({ card: 'unknown' });
    expect(counter.cardOutcomes(sale.intention)).toEqual(['unknown', 'quarantined']);
  });
});
