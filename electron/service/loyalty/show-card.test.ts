import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardLedger } from '#contract/till/loyalty.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { historyOf, newestOn, sellElsewhere, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { TestCentral } from '#test/harness/test-central.ts';

const awasNumber = '0417209320';

let counter: TestCounter;
let central: TestCentral;
let card: VirtualDesfire;
beforeEach(async () => {
  counter = await TestCounter.open();
  central = new TestCentral();
  counter.central = central;
  card = await shopCard(undefined, { record: { operation: 'issue', deltaPoints: startBalance } });
  central.put(awasNumber, { balance: startBalance });
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const shown = async () => {
  const result = await counter.show(card);
  if (!result.ok) throw new Error(result.error.type);
  return result.value;
};
const elsewhere = (points: number) =>
  sellElsewhere(card, { intention: counter.uuid(), points, amountMinor: 100, wallMs: counter.clock.wallMs() });
const known = (points: number, atMs = counter.clock.wallMs()): CardLedger['history'][number] => ({
  atMs,
  till: 'Caisse 3',
  kind: 'loyalty.sale',
  ticketNumber: null,
  amountMinor: 100,
  points,
  balance: null,
});

describe('a card shown', () => {
  it('[T6] [T19] tells what it holds, what the ledger says, and what can be had for it', async () => {
    const view = await shown();
    expect(view).toMatchObject({
      cardNumber: awasNumber,
      balances: [{ balance: startBalance }],
      ledger: { balance: startBalance, pin: 'not-set', status: 'active' },
      difference: 'none',
      spendable: { gifts: [{ id: 'baguette', points: 50 }], money: { points: 1200, amountMinor: 6000 } },
    });
    expect(view.history).toHaveLength(1);
  });

  it('[T6] [T19] without a link, or when the server is slow: the card alone', async () => {
    counter.central = null;
    expect(await shown()).toMatchObject({ ledger: null, difference: null, balances: [{ balance: startBalance }] });
    counter.central = central;
    central.show = () => new Promise(() => undefined);
    const waiting = shown();
    await counter.clock.advance(1_499);
    await counter.clock.advance(2);
    expect(await waiting).toMatchObject({ ledger: null, difference: null });
  });

  it('[T19] says what differs and why: writes that have still to reach the card', async () => {
    central.put(awasNumber, { balance: startBalance - 12, pendingPoints: -12 });
    expect(await shown()).toMatchObject({ difference: 'pending', spendable: { money: { points: 1200 } } });
  });

  it('[T19] sales of this till that the server has not heard of', async () => {
    await counter.sold(card);
    expect(await shown()).toMatchObject({ difference: 'unsent' });
    counter.acknowledgeAll();
    central.put(awasNumber, { balance: startBalance + 12, history: [known(12)] });
    expect(await shown()).toMatchObject({ difference: 'none' });
  });

  it('[T19] sales of another till that the server has not heard of', async () => {
    await elsewhere(5);
    await counter.sold(card);
    counter.acknowledgeAll();
    central.put(awasNumber, { balance: startBalance + 12, history: [known(12)] });
    expect(await shown()).toMatchObject({ difference: 'elsewhere' });
  });

  it('[T19] and what none of it explains: a balance that somebody wrote with a shop’s key', async () => {
    const forged = await shopCard(undefined, { record: { balancePoints: 99_999, operation: 'issue', counter: 3 } });
    central.put(awasNumber, { balance: startBalance });
    expect(await counter.show(forged)).toMatchObject({ ok: true, value: { difference: 'contradiction' } });
  });

  it('writes nothing to a card that is out of use', async () => {
    const sale = await counter.sold(card);
    counter.central = null;
    await counter.reverse(sale.intention);
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: true }], 9);
    expect(await shown()).toMatchObject({ settled: [] });
    expect(await newestOn(card)).toMatchObject({ counter: 13 });
    expect(await historyOf(card)).toHaveLength(2);
  });
});
