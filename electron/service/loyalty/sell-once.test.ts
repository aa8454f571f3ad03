import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow } from '#test/harness/asked-sale.ts';
import { blankCard, newestOn, shopCard } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';

let counter: TestCounter;
beforeEach(async () => {
  counter = await TestCounter.open();
});
afterEach(async () => {
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

describe('the same intention (invariants 12 and 13)', () => {
  it('asked twice at once is one sale, and both hear all of it', async () => {
    const first = await counter.sell();
    const second = await counter.sell({ intention: first.intention });
    await counter.tap(await shopCard());
    expect(first.stages()).toEqual(['present-card', 'reading', 'result', 'printed']);
    expect(second.events).toEqual(first.events);
    expect(counter.kinds().filter((kind) => kind === 'loyalty.sale')).toHaveLength(1);
    expect(counter.tickets).toHaveLength(1);
  });

  it('asked again by a double press after the end plays the same end', async () => {
    const card = await shopCard();
    const first = await counter.sold(card);
    const again = await counter.sold(card, { intention: first.intention });
    expect(again.events).toEqual(first.events);
    expect(await newestOn(card)).toMatchObject({ counter: 13 });
    expect(counter.tickets).toHaveLength(1);
  });

  it('asked again after a restart hears the same answer, from the journal', async () => {
    const card = await shopCard();
    const first = await counter.sold(card);
    await counter.restart();
    const again = await counter.sold(card, { intention: first.intention });
    expect(again.result()).toEqual(first.result());
    expect(again.events.at(-1)).toEqual({ stage: 'printed', print: 'confirmed', why: null });
    expect(counter.kinds()).toEqual(['loyalty.sale', 'card.outcome', 'ticket.outcome']);
    expect(await newestOn(card)).toMatchObject({ counter: 13 });
  });

  it('asked again after more sales than are kept in memory hears the same answer', async () => {
    const card = await shopCard();
    const first = await counter.sold(card);
    for (let sale = 0; sale < 55; sale++) {
      const cancelled = await counter.sell();
      counter.runs.cancel(cancelled.intention);
      await settle();
    }
    expect(counter.runs.find(first.intention)).toBeUndefined();
    expect((await counter.sell({ intention: first.intention })).result()).toEqual(first.result());
    expect(counter.tickets).toHaveLength(1);
  });

  it.each([
    ['paid otherwise', { tender: 'other' }],
    ['with a part that earns nothing', { excludedMinor: 250 }],
  ] as const)('%s is refused, during, after, and after a restart', async (_, changes) => {
    const { intention } = await counter.sell();
    const refused = { ok: false, error: { type: 'IntentionReused' } };
    expect(counter.ask({ intention, ...changes })).toEqual(refused);
    await counter.tap(await shopCard());
    expect(counter.ask({ intention, ...changes })).toEqual(refused);
    await counter.restart();
    expect(counter.ask({ intention, ...changes })).toEqual(refused);
    expect(counter.ask({ intention, tender: 'cash' })).toMatchObject({ ok: true });
  });

  it('with another amount is refused, during, after, and after a restart', async () => {
    const first = await counter.sell({ amountMinor: 1250 });
    const other = { intention: first.intention, amountMinor: 1251 };
    const refused = { ok: false, error: { type: 'IntentionReused' } };
    expect(counter.ask(other)).toEqual(refused);
    await counter.tap(await shopCard());
    expect(counter.ask(other)).toEqual(refused);
    await counter.restart();
    expect(counter.ask(other)).toEqual(refused);
  });

  it('that named something else than a sale is refused', async () => {
    const intention = counter.uuid();
    counter.parts.journal.append([
      { kind: 'staff.signed-in', intention, staff: 'awa', role: 'cashier', postings: [], body: { by: 'pin' } },
    ]);
    expect(counter.ask({ intention })).toEqual({ ok: false, error: { type: 'IntentionReused' } });
  });

  it('that was refused may be tried again', async () => {
    const card = await shopCard();
    const refused = await counter.sold(blankCard());
    const late = await counter.sell({ intention: refused.intention, timeoutMs: 5_000 });
    await counter.clock.advance(5_000);
    expect(late.end()).toMatchObject({ ok: false, error: { type: 'NoCardInTime' } });
    const sold = await counter.sold(card, { intention: refused.intention });
    expect(sold.result()).toMatchObject({ card: 'applied' });
    expect(await newestOn(card)).toMatchObject({ counter: 13 });
  });
});

describe('two sales at once', () => {
  it('is one too many: there is one reader', async () => {
    const first = await counter.sell();
    expect(counter.ask()).toEqual({ ok: false, error: { type: 'SaleInProgress' } });
    counter.runs.cancel(first.intention);
    await settle();
    expect(counter.ask().ok).toBe(true);
  });
});

describe('a caller that hangs up', () => {
  it('does not end the sale, and is told everything when it comes back', async () => {
    const asked = counter.ask();
    if (!asked.ok) throw new Error(asked.error.type);
    const hungUp = new AbortController();
    const heard = asked.value.follow(hungUp.signal);
    expect((await heard.next()).value).toMatchObject({ stage: 'present-card' });
    const rest = heard.next();
    hungUp.abort();
    expect(await rest).toMatchObject({ done: true });
    await counter.tap(await shopCard());
    const back = follow(asked.value);
    await settle();
    expect(back.stages()).toEqual(['present-card', 'reading', 'result', 'printed']);
  });
});

describe('a defect of ours', () => {
  it('before anything is durable refuses the sale', async () => {
    counter.parts.feed = {
      ...counter.parts.feed,
      isBlocked: () => {
        throw new Error('defect');
      },
    };
    const sale = await counter.sold(await shopCard());
    expect(sale.end()).toEqual({ ok: false, error: { type: 'ProgramFault', facts: { what: 'defect' } } });
    expect(counter.defects).toHaveLength(1);
    expect(counter.entries()).toEqual([]);
  });

  it('after the sale is durable tells the sale as it stands', async () => {
    const card = await shopCard();
    const append = counter.parts.journal.append.bind(counter.parts.journal);
    counter.parts.journal = {
      append(drafts) {
        if (drafts[0]?.kind === 'card.outcome') throw new Error('defect');
        return append(drafts);
      },
    };
    const sale = await counter.sold(card);
    expect(sale.end()).toMatchObject({ ok: true });
    expect(sale.result()).toMatchObject({ card: 'unknown', points: 12 });
    expect(counter.defects).toHaveLength(1);
    await counter.restart();
    await counter.sold(card);
    expect(await newestOn(card)).toMatchObject({ counter: 14 });
    expect(counter.kinds().filter((kind) => kind === 'loyalty.sale')).toHaveLength(2);
  });

  it('ends the sale even where the journal cannot be read any more, and then says neither yes nor no', async () => {
    const defect = () => {
      throw new Error('defect');
    };
    const sale = await counter.sell();
    counter.parts.reader = { ...counter.parts.reader, card: defect, act: defect };
    await counter.tap(await shopCard());
    expect(sale.end()).toMatchObject({ ok: false, error: { type: 'ServiceGone' } });
    expect(counter.defects).toHaveLength(2);
  });

  it('in the printer’s port leaves the sale as it is, and the print unknown', async () => {
    counter.print = () => Promise.reject(new Error('defect'));
    const sale = await counter.sold(await shopCard());
    expect(sale.end()).toMatchObject({ ok: true });
    expect(sale.events.at(-1)).toMatchObject({ stage: 'printed', print: 'unknown' });
    expect(counter.entries().at(-1)).toMatchObject({
      kind: 'ticket.outcome',
      staff: awa.code,
      body: { outcome: 'unknown' },
    });
  });
});
