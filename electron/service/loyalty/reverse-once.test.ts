import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '#contract/loyalty/shop-settings.ts';
import { tillError } from '#contract/till/errors.ts';
import { needsApproval } from '#contract/till/permissions.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { AskedSale } from '#test/harness/asked-sale.ts';
import { shopCard, testEnrolment } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { TestCentral } from '#test/harness/test-central.ts';

const awasNumber = '0417209320';

let counter: TestCounter;
let central: TestCentral;
let card: VirtualDesfire;
beforeEach(async () => {
  counter = await TestCounter.open();
  central = new TestCentral();
  card = await shopCard();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const givenBack = () =>
  counter.entries().reduce((sum, entry) => sum + (entry.kind === 'loyalty.reversal' ? entry.body.amountMinor : 0), 0);

/** A sale as the server has it, of this till or another. */
const heard = (intention: string, ticketNumber: string, left: { amountMinor: number; points: number }) => ({
  terminal: testEnrolment.terminal,
  epoch: 1,
  seq: 2,
  entry: '1-2',
  intention,
  operation: 'sale' as const,
  ticketNumber,
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

describe('the same intention for another reversal', () => {
  it('[T20] of another sale is refused: nobody is told that it was taken back', async () => {
    const first = await counter.sold(card);
    const second = await counter.sold(card);
    const intention = counter.uuid();
    expect(await counter.reverse(first.intention, { intention })).toMatchObject({ ok: true });
    for (const entry of [second.intention, second.result().entry, second.result().ticketNumber]) {
      expect(await counter.reverse(entry, { intention })).toMatchObject({ error: { type: 'IntentionReused' } });
    }
    for (const entry of [first.intention, first.result().entry, first.result().ticketNumber]) {
      expect(await counter.reverse(entry, { intention })).toMatchObject({ ok: true });
    }
  });

  it('[T20] of all that is left is not answered with a part', async () => {
    const sale = await counter.sold(card);
    const intention = counter.uuid();
    await counter.reverse(sale.intention, { intention, amountMinor: 400 });
    expect(await counter.reverse(sale.intention, { intention })).toMatchObject({ error: { type: 'IntentionReused' } });
  });
});

describe('what is left of a sale', () => {
  it('[T20] [T12] counts what this till has not sent beside what others took back', async () => {
    const sale: AskedSale = await counter.sold(card);
    counter.acknowledgeAll();
    expect(await counter.reverse(sale.intention, { amountMinor: 300 })).toMatchObject({ ok: true });
    counter.central = central;
    // Another till took 400 back; of ours the server has not heard.
    central.putOperation(heard(sale.intention, '2-2', { amountMinor: 850, points: 9 }));
    expect(await counter.reverse(sale.intention, { amountMinor: 551 })).toMatchObject({
      error: { type: 'AmountTooLarge', facts: { maxAmountMinor: 550 } },
    });
    expect(await counter.reverse(sale.intention)).toMatchObject({
      ok: true,
      value: { amountMinor: 550, points: -7, whole: true },
    });
    expect(givenBack()).toBe(850);
  });
});

describe('what another till did', () => {
  const spent = (doubt?: 'unknown' | 'not-applied' | 'quarantined') => ({
    ...heard(counter.uuid(), '3-4', { amountMinor: 0, points: -50 }),
    operation: 'spend' as const,
    amountMinor: 0,
    points: -50,
    reward: { kind: 'gift' as const, id: 'baguette', name: { fr: 'Une baguette', en: 'A baguette' } },
    ...(doubt ? { doubt } : {}),
  });

  it.each(['unknown', 'not-applied', 'quarantined'] as const)(
    '[T20] [T12] [N2] a spending whose card write is %s gives nothing back: its points would come twice',
    async (doubt) => {
      counter.central = central;
      central.putOperation(spent(doubt));
      expect(await counter.reverse('3-4')).toMatchObject({ error: { type: 'NotReversible', facts: { why: doubt } } });
      central.putOperation(spent());
      expect(await counter.reverse('3-4')).toMatchObject({ ok: true, value: { points: 50 } });
    },
  );

  it('[T20] [T12] goes back as it was paid, without the bonus that came with it', async () => {
    counter.central = central;
    const bonus = { points: 112, ownPoints: 12, tender: 'other' as const };
    central.putOperation({ ...heard(counter.uuid(), '3-2', { amountMinor: 1250, points: 112 }), ...bonus });
    expect(await counter.reverse('3-2', { amountMinor: 400 })).toMatchObject({ value: { points: -3, whole: false } });
    expect(await counter.reverse('3-2')).toMatchObject({ value: { points: -9, whole: true } });
    expect(counter.tickets.map(({ drawer }) => drawer)).toEqual([false, false]);
    const tenders = counter
      .entries()
      .flatMap((entry) => (entry.kind === 'loyalty.reversal' ? [entry.body.tender] : []));
    expect(tenders).toEqual(['other', 'other']);
  });
});

describe('what a cashier takes back alone', () => {
  it('[T20] is bounded over all parts of a sale, not by each', async () => {
    const settings = { ...defaultSettings, reversalWithoutApprovalMinor: 500 };
    counter.approve = async (act, amountMinor, { role }) =>
      needsApproval(role, act, settings, amountMinor)
        ? { ok: false, error: tillError('ApprovalRequired', { act }) }
        : { ok: true, value: null };
    const sale = await counter.sold(card);
    expect(await counter.reverse(sale.intention, { amountMinor: 500 })).toMatchObject({ ok: true });
    expect(await counter.reverse(sale.intention, { amountMinor: 500 })).toMatchObject({
      error: { type: 'ApprovalRequired' },
    });
    expect(givenBack()).toBe(500);
  });
});
