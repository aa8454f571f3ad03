import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { cardData, historyOf, shopCard } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';

let counter: TestCounter;
beforeEach(async () => {
  counter = await TestCounter.open();
});
afterEach(() => {
  expect(counter.defects).toEqual([]);
  counter.close();
});

/** Pulls the reader's cable behind the n-th answer; the card goes on lying there. */
function unplugAfter(exchange: number, card: VirtualDesfire): void {
  let answered = 0;
  const process = card.process.bind(card);
  card.process = (apdu) => {
    const answer = process(apdu);
    answered += 1;
    if (answered === exchange) counter.reader.unplug();
    return answer;
  };
}

describe('waiting for a card', () => {
  it('ends in time, and nothing has happened', async () => {
    const sale = await counter.sell({ timeoutMs: 20_000 });
    expect(sale.events).toEqual([{ stage: 'present-card', untilMs: counter.clock.wallMs() + 20_000 }]);
    await counter.clock.advance(20_000);
    expect(sale.end()).toEqual({ ok: false, error: { type: 'NoCardInTime', facts: { seconds: 20 } } });
    expect(counter.entries()).toEqual([]);
  });

  it('is given up by the cashier', async () => {
    const sale = await counter.sell();
    expect(counter.runs.cancel(sale.intention)).toBe(true);
    await settle();
    expect(sale.end()).toEqual({ ok: false, error: { type: 'Cancelled' } });
    expect(counter.runs.cancel(sale.intention)).toBe(false);
    expect(counter.entries()).toEqual([]);
  });

  it('cannot be given up any more when the sale is in the journal', async () => {
    let cancelled: boolean | null = null;
    counter.print = async () => {
      cancelled = counter.runs.cancel(counter.entries()[0]!.intention);
      return { print: 'confirmed', why: null };
    };
    const sale = await counter.sold(await shopCard());
    expect(cancelled).toBe(false);
    expect(sale.result()).toMatchObject({ card: 'applied' });
    expect(sale.end()).toMatchObject({ ok: true });
  });

  it('of a sale nobody asked for cannot be given up', () => {
    expect(counter.runs.cancel(counter.uuid())).toBe(false);
  });

  it('goes on while the reader is unplugged and plugged in again', async () => {
    const sale = await counter.sell();
    counter.reader.unplug();
    await counter.clock.advance(5_000);
    expect(sale.end()).toBeNull();
    counter.reader.plug();
    await counter.tap(await shopCard());
    expect(sale.result()).toMatchObject({ card: 'applied' });
  });

  it('says that there was no reader all the while', async () => {
    counter.reader.unplug();
    const sale = await counter.sell();
    await counter.clock.advance(30_000);
    expect(sale.end()).toMatchObject({ ok: false, error: { type: 'ReaderUnavailable' } });
    expect(counter.entries()).toEqual([]);
  });

  it.each([1, 2, 3])(
    'the reader is unplugged after exchange %d: nothing happened, the wait goes on',
    async (exchange) => {
      const card = await shopCard();
      const sale = await counter.sell();
      unplugAfter(exchange, card);
      await counter.tap(card);
      expect(sale.end()).toBeNull();
      expect(counter.entries()).toEqual([]);
      counter.reader.plug();
      await settle();
      expect(sale.result()).toMatchObject({ card: 'applied', points: 12 });
      expect(await historyOf(card)).toHaveLength(2);
    },
  );

  it.each([4, 5])(
    'the reader is unplugged after exchange %d: the sale stands, and is settled when it is back',
    async (exchange) => {
      const card = await shopCard();
      const sale = await counter.sell();
      unplugAfter(exchange, card);
      await counter.tap(card);
      expect(counter.kinds()).toEqual(['loyalty.sale', 'card.outcome']);
      counter.reader.plug();
      await settle();
      expect(sale.result()).toMatchObject({ card: 'applied', points: 12 });
      expect(await historyOf(card)).toHaveLength(2);
    },
  );
});

describe('a card that was forgotten on the reader', () => {
  it('is not charged for the next sale: it must be lifted, then any card will do', async () => {
    const card = await shopCard();
    await counter.sell();
    await counter.tap(card);
    const next = await counter.sell();
    expect(next.stages()).toEqual(['remove-card']);
    await counter.clock.advance(5_000);
    expect(next.stages()).toEqual(['remove-card']);
    await counter.lift();
    expect(next.stages()).toEqual(['remove-card', 'present-card']);
    const other = await shopCard(cardData.kofi);
    await counter.tap(other);
    expect(next.result()).toMatchObject({ cardNumber: '0417554058' });
    expect(await historyOf(card)).toHaveLength(2);
  });

  it('is used again by a command that says so', async () => {
    const card = await shopCard();
    await counter.sell();
    await counter.tap(card);
    const next = await counter.sell({ useCardAsItLies: true });
    expect(next.stages()).toEqual(['present-card', 'reading', 'result', 'printed']);
    expect(next.result()).toMatchObject({ cardNumber: '0417209320', card: 'applied' });
  });

  it('is not charged when it was only looked at before', async () => {
    const card = await shopCard();
    await counter.show(card, true);
    expect((await counter.sell()).stages()).toEqual(['remove-card']);
    expect(await historyOf(card)).toHaveLength(1);
  });

  it('laid down before the amount was typed is a tap', async () => {
    counter.reader.present(await shopCard());
    const sale = await counter.sell();
    expect(sale.result()).toMatchObject({ card: 'applied' });
  });

  it('is not charged when the reader was unplugged and plugged in meanwhile', async () => {
    const card = await shopCard();
    await counter.sell();
    await counter.tap(card);
    counter.reader.unplug();
    counter.reader.plug();
    const next = await counter.sell();
    expect(next.stages()).toEqual(['remove-card']);
    await counter.lift();
    await counter.tap(card);
    expect(next.result()).toMatchObject({ card: 'applied' });
    expect(await historyOf(card)).toHaveLength(3);
  });

  it('is not charged when the reader comes back during the wait', async () => {
    const card = await shopCard();
    await counter.sell();
    await counter.tap(card);
    const next = await counter.sell();
    counter.reader.unplug();
    counter.reader.plug();
    await settle();
    expect(next.stages()).toEqual(['remove-card', 'remove-card']);
    expect(await historyOf(card)).toHaveLength(2);
    await counter.lift();
    await counter.tap(card);
    expect(next.result()).toMatchObject({ card: 'applied' });
  });

  it('is not charged after a restart of the service', async () => {
    const card = await shopCard();
    await counter.sell();
    await counter.tap(card);
    await counter.restart();
    const next = await counter.sell();
    expect(next.stages()).toEqual(['remove-card']);
    expect(await historyOf(card)).toHaveLength(2);
  });

  it('is not charged when it took the place of the one that was read', async () => {
    const card = await shopCard();
    const second = await shopCard(cardData.kofi);
    const sale = await counter.sell();
    // Both within one turn: the wait has ended with the first, the reader lends the second.
    counter.reader.present(card);
    counter.reader.present(second);
    await settle();
    expect(sale.result()).toMatchObject({ cardNumber: '0417554058' });
    expect((await counter.sell()).stages()).toEqual(['remove-card']);
    expect(await historyOf(second)).toHaveLength(2);
  });
});
