import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { cardData, newestOn, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { TestCentral } from '#test/harness/test-central.ts';
import { blockCard, findCard } from './block-card.ts';
import { type ReplaceAsked, replaceCard } from './replace-card.ts';

const awasNumber = '0417209320';
const kofisNumber = '0417554058';

let counter: TestCounter;
let other: TestCounter;
let central: TestCentral;
let lost: VirtualDesfire;
let spare: VirtualDesfire;
beforeEach(async () => {
  counter = await TestCounter.open();
  other = await TestCounter.open(1_000);
  central = new TestCentral();
  lost = await shopCard();
  spare = await shopCard(cardData.kofi, { record: { balancePoints: 7, totalSpendMinor: 700, counter: 30 } });
});
afterEach(async () => {
  for (const till of [counter, other]) {
    expect(till.defects).toEqual([]);
    expect(await till.faults()).toEqual([]);
    till.close();
  }
});

const block = (blocked: boolean, intention = counter.uuid(), cardNumber = awasNumber) =>
  blockCard(
    counter.parts,
    awa,
    { intention, cardNumber, blocked, reason: blocked ? 'lost' : 'found' },
    { code: 'manager', role: 'manager' },
  );

describe('a lost card', () => {
  it('[T20] is blocked at this till at once, without a link, and the journal says by whom', async () => {
    expect(block(true)).toMatchObject({ ok: true, value: { entry: '1-2', cardNumber: awasNumber, blocked: true } });
    expect((await counter.sold(lost)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    expect((await counter.spent(lost)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(counter.entries()[0]).toMatchObject({
      kind: 'card.blocked',
      body: { reason: 'lost', approvedBy: { code: 'manager' } },
    });
    await counter.restart();
    await counter.lift();
    expect((await counter.sold(lost)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(block(false)).toMatchObject({ ok: true, value: { blocked: false } });
    expect((await counter.sold(lost)).result()).toMatchObject({ card: 'applied' });
  });

  it('[T20] stays blocked over a page of the feed that does not know of it yet; the server’s later word takes its place', async () => {
    block(true);
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: false }], 2);
    expect((await counter.sold(lost)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    counter.acknowledgeAll();
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: false }], 3);
    expect((await counter.sold(lost)).result()).toMatchObject({ card: 'applied' });
  });

  it('[T20] is blocked once per intention, and the same id for another card is refused', () => {
    const intention = counter.uuid();
    const first = block(true, intention);
    expect(block(true, intention)).toEqual(first);
    expect(block(true, intention, kofisNumber)).toMatchObject({ error: { type: 'IntentionReused' } });
    expect(block(true, counter.uuid(), '0417209321')).toMatchObject({ error: { type: 'CardNumberInvalid' } });
  });

  it('[T20] is found by its number: the hot list from here, the rest from the server', async () => {
    block(true);
    expect(await findCard(counter.parts, '0417 2093 20')).toMatchObject({ value: { blocked: true, ledger: null } });
    counter.central = central;
    expect(await findCard(counter.parts, awasNumber)).toMatchObject({ error: { type: 'CardNumberUnknown' } });
    central.put(awasNumber, { balance: 99 });
    expect(await findCard(counter.parts, awasNumber)).toMatchObject({
      value: { blocked: true, ledger: { balance: 99 } },
    });
    expect(await findCard(counter.parts, '1')).toMatchObject({ error: { type: 'CardNumberInvalid' } });
  });
});

describe('a card that takes over from another one', () => {
  const asked = (more: Partial<ReplaceAsked> = {}): ReplaceAsked => ({
    intention: counter.uuid(),
    how: 'replace',
    fromCard: awasNumber,
    toCard: kofisNumber,
    ...more,
  });
  const replace = (more: Partial<ReplaceAsked> = {}) => replaceCard(counter.parts, awa, asked(more), null);

  beforeEach(() => {
    counter.central = central;
    central.put(awasNumber, { balance: startBalance, totalSpendMinor: 121_500 });
    central.put(kofisNumber, { balance: 7, totalSpendMinor: 700, cardCounter: 30 });
  });

  it('[T20] gets the ledger’s balance at its next tap; the first is blocked at once', async () => {
    const replaced = await replace();
    expect(replaced).toMatchObject({ value: { points: startBalance, card: 'pending', elsewhere: 'moves' } });
    expect(counter.entries()[0]).toMatchObject({
      kind: 'card.replaced',
      postings: [
        { account: `card:${awasNumber}`, commodity: 'points:port', amount: -startBalance },
        { account: `card:${kofisNumber}`, commodity: 'points:port', amount: startBalance },
        { account: `card:${awasNumber}`, commodity: 'spend:XOF', amount: -121_500 },
        { account: `card:${kofisNumber}`, commodity: 'spend:XOF', amount: 121_500 },
      ],
      body: { cardCounter: 31 },
    });
    expect((await counter.sold(lost)).end()).toMatchObject({
      error: { type: 'CardReplaced', facts: { byCardNumber: kofisNumber } },
    });
    const sale = await counter.sold(spare);
    expect(sale.result()).toMatchObject({
      previousBalance: startBalance + 7,
      balance: startBalance + 19,
      totalSpendMinor: 121_500 + 700 + 1250,
      settled: [{ outcome: 'applied' }],
    });
    expect(await newestOn(spare)).toMatchObject({ counter: 32, balancePoints: startBalance + 19 });
  });

  it('[T20] of another shop’s card says, also when it is asked again, that the other shops wait for the network', async () => {
    central.put(awasNumber, { networkWide: { replace: false, block: true, unblock: true } });
    const intention = counter.uuid();
    const first = await replace({ intention });
    expect(first).toMatchObject({ value: { points: startBalance, elsewhere: 'waits' } });
    expect(await replace({ intention })).toEqual(first);
  });

  it('[T20] at once, where it lies on the reader; merging goes the same way', async () => {
    await counter.tap(spare);
    expect(await replace({ how: 'merge' })).toMatchObject({ value: { card: 'applied' } });
    expect(await newestOn(spare)).toMatchObject({
      operation: 'adjust',
      counter: 31,
      balancePoints: startBalance + 7,
      totalSpendMinor: 122_200,
    });
  });

  it.each([
    ['without a link', {}, () => (counter.central = null), 'NeedsLink'],
    ['onto itself', { toCard: awasNumber }, () => undefined, 'CardNotReplaceable'],
    ['of an unknown number', { fromCard: '0417093114' }, () => undefined, 'CardNumberUnknown'],
    ['onto an unknown number', { toCard: '0417093114' }, () => undefined, 'CardNumberUnknown'],
    ['of a mistyped number', { fromCard: '0417209321' }, () => undefined, 'CardNumberInvalid'],
    ['a second time', {}, () => central.put(awasNumber, { status: 'replaced' }), 'CardNotReplaceable'],
    ['onto a blocked card', {}, () => central.put(kofisNumber, { status: 'blocked' }), 'CardNotReplaceable'],
    ['onto one this till has blocked', {}, () => block(true, counter.uuid(), kofisNumber), 'CardNotReplaceable'],
    [
      'with more points than one write holds',
      {},
      () => central.put(awasNumber, { balance: 9e6 }),
      'CardNotReplaceable',
    ],
  ])('[T20] is refused %s, and nothing moves', async (_, more, prepare, type) => {
    prepare();
    expect(await replace(more)).toMatchObject({ ok: false, error: { type } });
    expect(counter.kinds()).not.toContain('card.replaced');
  });

  it('[T20] waits until the server has heard of all that this till did with the first card', async () => {
    await counter.sold(lost);
    expect(await replace()).toMatchObject({ error: { type: 'NeedsLink', facts: { why: 'unsent' } } });
    counter.acknowledgeAll();
    expect(await replace()).toMatchObject({ ok: true });
  });

  it('[T20] gives the same intention the first answer', async () => {
    const intention = counter.uuid();
    const first = await replace({ intention });
    expect(await replace({ intention })).toEqual(first);
    expect(await replace({ intention, how: 'merge' })).toMatchObject({ error: { type: 'IntentionReused' } });
  });

  it('[T20] moves a balance once: not again while the server has not heard of the first time, and not by two at the same moment', async () => {
    const both = await Promise.all([replace(), replace()]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await replace({ toCard: kofisNumber })).toMatchObject({ error: { facts: { why: 'already-replaced' } } });
    // What came to the second card is not at the server either.
    expect(await replace({ fromCard: kofisNumber, toCard: awasNumber })).toMatchObject({
      error: { type: 'NeedsLink', facts: { why: 'unsent' } },
    });
    expect(counter.kinds().filter((kind) => kind === 'card.replaced')).toHaveLength(1);
  });

  it('[T20] is in use again once the server has answered that the network says otherwise, and not before', async () => {
    await replace();
    const answer = [
      { item: 'blocked-card' as const, cardNumber: awasNumber, blocked: false },
      { item: 'blocked-card' as const, cardNumber: kofisNumber, blocked: true, replacedBy: awasNumber },
    ];
    counter.store.feed.apply(answer, 2);
    expect(await replace()).toMatchObject({ error: { facts: { why: 'already-replaced' } } });
    counter.acknowledgeAll();
    counter.store.feed.apply(answer, 3);
    expect((await counter.sold(lost)).result()).toMatchObject({ card: 'applied' });
    expect(block(true)).toMatchObject({ ok: true });
    expect(block(false)).toMatchObject({ ok: true, value: { blocked: false } });
    expect(await replace()).not.toMatchObject({ error: { facts: { why: 'already-replaced' } } });
  });

  it('[T20] is lost alone, and no longer replaced, where the server says no more than that', async () => {
    await replace();
    counter.acknowledgeAll();
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: awasNumber, blocked: true }], 2);
    expect((await counter.sold(lost)).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(block(false)).toMatchObject({ ok: true });
  });

  it('[T20] stays: the card whose balance has left is not put back into use', async () => {
    await replace();
    expect(block(false)).toMatchObject({ error: { type: 'CardNotReplaceable', facts: { why: 'already-replaced' } } });
    expect((await counter.spent(lost)).end()).toMatchObject({
      error: { type: 'CardReplaced', facts: { byCardNumber: kofisNumber } },
    });
  });

  const moments = ['before', 'after'] as const;
  const tears = [1, 2, 3, 4, 5, 6].flatMap((exchange) => moments.map((moment) => [exchange, moment] as const));

  it.each(tears)(
    '[T20] [N2] torn at exchange %d, %s it, here and then at another till: written once',
    async (...tear) => {
      await replace();
      other.store.feed.apply(counter.openWrites(), 5);
      for (const till of [counter, other]) {
        spare.tearAt(...tear);
        const shown = await till.show(spare);
        if (shown.ok) break;
      }
      spare.tearAt(1_000_000);
      await other.show(spare);
      await counter.show(spare);
      expect(await newestOn(spare)).toMatchObject({ counter: 31, balancePoints: startBalance + 7 });
      expect(counter.parts.reader.openCardIntents()).toEqual([]);
      expect(other.store.feed.openWrites(kofisNumber)).toEqual([]);
    },
  );
});
