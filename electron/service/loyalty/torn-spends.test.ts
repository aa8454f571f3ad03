import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldDay } from '#contract/counter/day.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { AskedSale } from '#test/harness/asked-sale.ts';
import {
  giveCardPin,
  historyOf,
  newestOn,
  sellElsewhere,
  shopCard,
  startBalance,
} from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { settleAfterRestart } from './after-restart.ts';

const awasNumber = '0417209320';
const taken = 100;
const moments = ['before', 'after'] as const;
const at = (...exchanges: number[]) =>
  exchanges.flatMap((exchange) => moments.map((moment) => [exchange, moment] as const));
/** Select, authenticate (2), read, then the question whether a PIN is set. */
const beforeWrite = at(1, 2, 3, 4, 5);
/** Write and commit. After the commit is carried out the card has paid. */
const duringWrite = at(6, 7);
const paid = ([exchange, moment]: readonly [number, string]) => exchange === 7 && moment === 'after';

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

/** Spends, and the card is pulled at one exchange. */
async function torn(exchange: number, moment: 'before' | 'after', more: object = {}): Promise<AskedSale> {
  const spending = await counter.spend(more);
  card.tearAt(exchange, moment);
  await counter.tap(card);
  return spending;
}

/** Nobody brings the card back in time. */
async function gone(exchange: number, moment: 'before' | 'after'): Promise<AskedSale> {
  const spending = await torn(exchange, moment);
  await counter.lift();
  await counter.clock.advance(30_001);
  return spending;
}

/** The points of the card by the journal's entries: what was posted, and what an outcome gave back. */
const ledger = (till: TestCounter): number => till.parts.reader.card(awasNumber)?.balance ?? Number.NaN;

/** Card and ledger say the same: so many spendings were paid, and nothing is open. */
async function holds(till: TestCounter, spendings: number, earned = 0): Promise<void> {
  const balance = startBalance - taken * spendings + earned;
  expect(await newestOn(card)).toMatchObject({ balancePoints: balance });
  expect(ledger(till)).toBe(balance);
  expect(till.parts.reader.openCardIntents()).toEqual([]);
  const tags = (await historyOf(card)).map(({ intentionTag }) => intentionTag);
  expect(new Set(tags).size).toBe(tags.length);
}

describe('a card pulled before anything is written', () => {
  it.each(beforeWrite)(
    '[T5] [N2] at exchange %d, %s it: nothing is on record, the same wait goes on',
    async (...tear) => {
      const spending = await torn(...tear);
      expect(spending.end()).toBeNull();
      expect(counter.entries()).toEqual([]);
      await counter.tap(card);
      expect(spending.result()).toMatchObject({ points: -taken, card: 'applied' });
      await holds(counter, 1);
    },
  );

  it.each(beforeWrite)('[N2] at exchange %d, %s it, and gone: refused, nothing was taken', async (...tear) => {
    const spending = await gone(...tear);
    expect(spending.end()).toMatchObject({ ok: false, error: { type: 'CardRemoved' } });
    expect(counter.entries()).toEqual([]);
    expect(await newestOn(card)).toMatchObject({ counter: 12, balancePoints: startBalance });
  });
});

describe('a card pulled during its write', () => {
  it.each(duringWrite)('[T5] [N2] at exchange %d, %s it, and back in time: exactly one debit', async (...tear) => {
    const spending = await torn(...tear);
    expect(spending.stages().at(-1)).toBe('present-card-again');
    expect(counter.tickets).toEqual([]);
    await counter.tap(card);
    expect(spending.result()).toMatchObject({ points: -taken, balance: startBalance - taken, card: 'applied' });
    expect(counter.cardOutcomes(spending.intention)).toEqual(['applied']);
    expect(counter.tickets).toHaveLength(1);
    await counter.lift();
    await holds(counter, 1);
  });

  it.each(duringWrite)('[N2] at exchange %d, %s it, and gone: unknown, and no ticket claims it', async (...tear) => {
    const spending = await gone(...tear);
    expect(spending.result()).toMatchObject({ card: 'unknown', ticket: { lines: [] } });
    expect(spending.events.at(-1)).toMatchObject({ stage: 'printed', print: 'failed', why: { type: 'CardTorn' } });
    expect(counter.tickets).toEqual([]);
    expect(counter.cardOutcomes(spending.intention)).toEqual(['unknown']);
    const again = await counter.spend({ intention: spending.intention });
    expect(again.result()).toMatchObject({ card: 'unknown', ticket: { lines: [] } });
  });

  it.each(duringWrite)(
    '[N2] at exchange %d, %s it, and gone: the next tap here finds what became of it',
    async (...tear) => {
      const spending = await gone(...tear);
      const outcome = paid(tear) ? 'applied' : 'not-applied';
      const shown = await counter.show(card);
      expect(shown).toMatchObject({ ok: true, value: { settled: [{ intention: spending.intention, outcome }] } });
      await holds(counter, paid(tear) ? 1 : 0);
      expect(await counter.show(card)).toMatchObject({ value: { settled: [] } });
      const again = counter.spend({ intention: spending.intention });
      if (!paid(tear)) await expect(again).rejects.toThrow('CardRemoved');
      else expect((await again).result()).toMatchObject({ card: 'applied', balance: startBalance - taken });
    },
  );

  it.each(duringWrite)(
    '[N1] [N2] at exchange %d, %s it, and gone: money off that was not paid for is not the day’s',
    async (...tear) => {
      const spending = await counter.spend({ what: { kind: 'points', points: 200 } });
      card.tearAt(...tear);
      await counter.tap(card);
      await counter.lift();
      await counter.clock.advance(30_001);
      expect(spending.result()).toMatchObject({ card: 'unknown' });
      await counter.show(card);
      const { moneyOffMinor } = foldDay(counter.entries(), localDayIn('Africa/Lome'));
      expect(moneyOffMinor).toBe(paid(tear) ? 1_000 : 0);
    },
  );

  it.each(duringWrite)(
    '[N2] at exchange %d, %s it, and gone: a sale settles it first, and says so',
    async (...tear) => {
      const spending = await gone(...tear);
      const sale = await counter.sold(card);
      expect(sale.result()).toMatchObject({
        previousBalance: startBalance - (paid(tear) ? taken : 0),
        settled: [{ intention: spending.intention, outcome: paid(tear) ? 'applied' : 'not-applied' }],
      });
      await holds(counter, paid(tear) ? 1 : 0, 12);
    },
  );

  it.each(duringWrite)(
    '[N2] [T12] at exchange %d, %s it, and gone: another till of the shop settles it',
    async (...tear) => {
      const spending = await gone(...tear);
      other.store.feed.apply(counter.openWrites(), 5);
      const outcome = paid(tear) ? 'applied' : 'not-applied';
      expect(await other.show(card)).toMatchObject({
        value: { settled: [{ intention: spending.intention, outcome }] },
      });
      expect(other.cardOutcomes(spending.intention)).toEqual([outcome]);
      expect(other.store.feed.openWrites(awasNumber)).toEqual([]);
      // The feed may say the same again before it has heard the outcome: it is not settled twice.
      other.store.feed.apply(counter.openWrites(), 6);
      expect(await other.show(card)).toMatchObject({ value: { settled: [] } });
      await counter.show(card);
      await holds(counter, paid(tear) ? 1 : 0);
    },
  );

  it.each(duringWrite)('[N2] at exchange %d, %s it, and the service ends: the next one settles it', async (...tear) => {
    const spending = await torn(...tear);
    await counter.restart();
    settleAfterRestart(counter.parts);
    await counter.lift();
    expect(counter.cardOutcomes(spending.intention)).toEqual(['unknown']);
    expect(counter.entries().at(-1)).toMatchObject({
      kind: 'ticket.outcome',
      body: { outcome: 'failed', why: 'CardTorn' },
    });
    await counter.show(card);
    await holds(counter, paid(tear) ? 1 : 0);
  });

  it.each(duringWrite)('[N2] at exchange %d, %s it, and torn again at every exchange of the wait', async (...tear) => {
    const spending = await torn(...tear);
    for (let exchange = 1; exchange <= 7 && !spending.end(); exchange++) {
      card.tearAt(exchange, exchange % 2 === 0 ? 'after' : 'before');
      await counter.tap(card);
    }
    card.tearAt(1_000_000);
    await counter.tap(card);
    expect(spending.result()).toMatchObject({ card: 'applied' });
    await counter.lift();
    await holds(counter, 1);
  });

  it('[N2] is not made again once the server may have given the till up, however long the wait was to be', async () => {
    const spending = await torn(7, 'before', { timeoutMs: 300_000 });
    await counter.lift();
    await counter.clock.advance(44_000);
    expect(counter.cardOutcomes(spending.intention)).toEqual([]);
    await counter.clock.advance(2_000);
    expect(counter.cardOutcomes(spending.intention)).toEqual(['unknown']);
    await counter.tap(card);
    expect(await newestOn(card)).toMatchObject({ balancePoints: startBalance });
    await counter.lift();
    await counter.show(card);
    await holds(counter, 0);
  });

  it('cancelling the wait leaves it open, and the next tap decides', async () => {
    const spending = await torn(7, 'before');
    expect(counter.runs.cancel(spending.intention)).toBe(true);
    await counter.lift();
    expect(spending.result()).toMatchObject({ card: 'unknown' });
    await counter.show(card);
    await holds(counter, 0);
  });

  it.each([
    ['before', 0],
    ['after', -taken],
  ] as const)('[N1] counts in the day for what it took, torn %s the commit', async (moment, points) => {
    await gone(7, moment);
    await counter.show(card);
    const { lines } = foldDay(counter.entries(), () => '2026-11-21');
    expect(lines.reduce((sum, line) => sum + line.points, 0)).toBe(points);
    await holds(counter, moment === 'after' ? 1 : 0);
  });

  it('is not made again in the wait where another till has spent the points meanwhile', async () => {
    const spending = await torn(7, 'before', { what: { kind: 'points', points: 800 } });
    const elsewhere = { intention: other.uuid(), points: -900, amountMinor: 0, wallMs: other.clock.wallMs() };
    await sellElsewhere(card, elsewhere);
    await counter.tap(card);
    expect(spending.end()).toMatchObject({ ok: false, error: { type: 'CardRemoved' } });
    expect(counter.cardOutcomes(spending.intention)).toEqual(['not-applied']);
    expect(await newestOn(card)).toMatchObject({ balancePoints: startBalance - 900 });
  });

  it.each([
    ['not-applied', 'before', 0],
    ['applied', 'after', 1],
  ] as const)(
    '[N2] [T12] found %s at another till, it is so here too, however far the card has moved on',
    async (outcome, moment, spendings) => {
      const spending = await gone(7, moment);
      const items = counter.openWrites();
      other.store.feed.apply(items, 5);
      expect(await other.show(card)).toMatchObject({ value: { settled: [{ outcome }] } });
      for (let time = 0; time < 10; time++) {
        await sellElsewhere(card, {
          intention: other.uuid(),
          points: 1,
          amountMinor: 100,
          wallMs: other.clock.wallMs(),
        });
      }
      counter.store.feed.apply(
        items.map((item) => ({ ...item, settled: true, outcome })),
        6,
      );
      expect(counter.store.feed.openWrites(awasNumber)).toEqual([]);
      expect(await counter.show(card)).toMatchObject({
        value: {
          settled: [{ intention: spending.intention, outcome }],
          balances: [{ balance: startBalance + 10 - taken * spendings }],
        },
      });
      expect(counter.parts.reader.openCardIntents()).toEqual([]);
      expect(counter.store.feed.settledElsewhere(spending.intention)).toBeNull();
    },
  );

  it('beyond what the history shows it is a case for a person, and the points stay taken until then', async () => {
    const spending = await gone(7, 'before');
    for (let time = 0; time < 10; time++) {
      await sellElsewhere(card, { intention: other.uuid(), points: 1, amountMinor: 100, wallMs: other.clock.wallMs() });
    }
    expect(await counter.show(card)).toMatchObject({
      value: { settled: [{ intention: spending.intention, outcome: 'quarantined' }] },
    });
    expect(ledger(counter)).toBe(startBalance - taken);
    expect(counter.parts.reader.card(awasNumber)).toMatchObject({ quarantined: true });
  });
});

describe('a spending under a PIN that the card judges', () => {
  const pin = '4711';
  beforeEach(() => giveCardPin(card, pin));

  it.each(Array.from({ length: 12 }, (_, exchange) => at(exchange + 1)).flat())(
    '[T5] [N2] torn at exchange %d, %s it: never more than one debit, and never an unasked one',
    async (...tear) => {
      const spending = await torn(...tear, { pin });
      await counter.tap(card);
      await counter.lift();
      expect(spending.result()).toMatchObject({ card: 'applied', points: -taken });
      await holds(counter, 1);
    },
  );
});
