import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err } from '#contract/result/index.ts';
import { previewLines } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { newestOn, shopCard } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import { Reprints } from '../reprints.ts';
import { settleAfterRestart } from './after-restart.ts';

let counter: TestCounter;
beforeEach(async () => {
  counter = await TestCounter.open();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const prints = () => counter.entries().filter((entry) => entry.kind === 'ticket.outcome');
const text = (ticket: Ticket | undefined) =>
  previewLines(ticket!, 42)
    .map((line) => line.text)
    .join('\n');

describe('a ticket', () => {
  it.each([
    ['failed', 'PrinterPaperOut'],
    ['unknown', 'PrinterSilent'],
    ['sent', null],
    ['no-printer', null],
  ] as const)('that is %s is on record once, and is not printed again by itself', async (print, type) => {
    const answer: PrintAnswer = { print, why: type && { type } };
    counter.print = async () => answer;
    const sale = await counter.sold(await shopCard());
    expect(sale.events.at(-1)).toEqual({ stage: 'printed', ...answer });
    expect(sale.end()).toMatchObject({ ok: true });
    expect(prints()).toMatchObject([{ intention: sale.intention, body: { outcome: print, why: type, copy: 0 } }]);
    await counter.clock.advance(600_000);
    await counter.restart();
    settleAfterRestart(counter.parts);
    expect(counter.tickets).toHaveLength(1);
    expect(prints()).toHaveLength(1);
  });

  it('under way when the service ended is unknown, and is not printed again by itself', async () => {
    counter.print = () => new Promise(() => {});
    const sale = await counter.sold(await shopCard());
    expect(prints()).toEqual([]);
    await counter.restart();
    settleAfterRestart(counter.parts);
    settleAfterRestart(counter.parts);
    expect(prints()).toMatchObject([
      { intention: sale.intention, staff: null, body: { outcome: 'unknown', why: 'Restart', copy: 0 } },
    ]);
    expect(counter.tickets).toHaveLength(1);
    const again = await counter.sell({ intention: sale.intention });
    expect(again.events.at(-1)).toEqual({ stage: 'printed', print: 'unknown', why: null });
  });
});

describe('a reprint', () => {
  const reprints = new Reprints();
  const reprint = (sale: string, intention = counter.uuid()) => reprints.print(counter.parts, awa, { intention, sale });

  it('[T7] says DUPLICATA and which one, is counted over a restart, and shows the sale as it was', async () => {
    const card = await shopCard();
    const sale = await counter.sold(card);
    await counter.sold(card);
    expect(await reprint(sale.intention)).toMatchObject({ ok: true, value: { print: 'confirmed', copy: 1 } });
    expect(await reprint(sale.intention)).toMatchObject({ ok: true, value: { copy: 2 } });
    await counter.restart();
    expect(await reprint(sale.intention)).toMatchObject({ ok: true, value: { copy: 3 } });
    const [first, , ...copies] = counter.tickets;
    expect(copies.map((ticket) => text(ticket).split('\n')[0]?.trim())).toEqual([
      '*** DUPLICATA 1 ***',
      '*** DUPLICATA 2 ***',
      '*** DUPLICATA 3 ***',
    ]);
    expect(text(copies[0]).split('\n').slice(1)).toEqual(text(first).split('\n'));
    expect(prints().map(({ body }) => body)).toMatchObject([
      { copy: 0 },
      { copy: 0 },
      { copy: 1 },
      { copy: 2 },
      { copy: 3 },
    ]);
  });

  it('asked twice with one intention prints once, also after a restart', async () => {
    const sale = await counter.sold(await shopCard());
    const intention = counter.uuid();
    const answers = await Promise.all([reprint(sale.intention, intention), reprint(sale.intention, intention)]);
    await counter.restart();
    answers.push(await reprint(sale.intention, intention));
    expect(answers.map((answer) => answer.ok && answer.value.copy)).toEqual([1, 1, 1]);
    expect(counter.tickets).toHaveLength(2);
  });

  it('under the id of the sale itself, or of another ticket’s copy, prints nothing', async () => {
    const card = await shopCard();
    const [sale, other] = [await counter.sold(card), await counter.sold(card)];
    const intention = counter.uuid();
    await reprint(sale.intention, intention);
    const reused = { ok: false, error: { type: 'IntentionReused' } };
    expect(await reprint(sale.intention, sale.intention)).toEqual(reused);
    expect(await reprint(other.intention, intention)).toEqual(reused);
    expect(counter.tickets).toHaveLength(3);
  });

  it('is on record before a byte reaches the printer, and is not printed on a full disk', async () => {
    const sale = await counter.sold(await shopCard());
    let onRecord: string[] = [];
    counter.print = async () => {
      onRecord = counter.kinds();
      return { print: 'confirmed', why: null };
    };
    await reprint(sale.intention);
    expect(onRecord.at(-1)).toBe('ticket.copy');
    counter.parts.journal = { append: () => err({ type: 'DiskFull', path: 'till.db', code: 'SQLITE_FULL' }) };
    expect(await reprint(sale.intention)).toMatchObject({ ok: false, error: { type: 'DiskFull' } });
    expect(counter.tickets).toHaveLength(2);
  });

  it('that a restart cut short is unknown, once, is counted, and is not printed again by itself', async () => {
    const sale = await counter.sold(await shopCard());
    const intention = counter.uuid();
    counter.print = () => new Promise<PrintAnswer>(() => {});
    void new Reprints().print(counter.parts, awa, { intention, sale: sale.intention });
    await settle();
    await counter.restart();
    settleAfterRestart(counter.parts);
    settleAfterRestart(counter.parts);
    expect(prints().map(({ body }) => body)).toMatchObject([
      { copy: 0, outcome: 'confirmed' },
      { copy: 1, outcome: 'unknown', why: 'Restart' },
    ]);
    counter.print = async () => ({ print: 'confirmed', why: null });
    const later = new Reprints();
    const asked = (id: string) => later.print(counter.parts, awa, { intention: id, sale: sale.intention });
    expect(await asked(intention)).toEqual({ ok: true, value: { print: 'unknown', why: null, copy: 1 } });
    expect(await asked(counter.uuid())).toMatchObject({ ok: true, value: { print: 'confirmed', copy: 2 } });
  });

  it('asked for twice at once by two people gives two numbers', async () => {
    const sale = await counter.sold(await shopCard());
    const answers = await Promise.all([reprint(sale.intention), reprint(sale.intention)]);
    expect(answers.map((answer) => answer.ok && answer.value.copy)).toEqual([1, 2]);
  });

  it('of what is no sale is refused', async () => {
    expect(await reprint(counter.uuid())).toMatchObject({ ok: false, error: { type: 'EntryNotFound' } });
    expect(counter.tickets).toEqual([]);
  });

  it('of a sale that a torn card still awaits says so', async () => {
    const card = await shopCard();
    card.tear('before');
    const sale = await counter.sell();
    await counter.tap(card);
    await counter.clock.advance(30_001);
    await reprint(sale.intention);
    expect(text(counter.tickets.at(-1))).toContain('Points gardés');
    await counter.show(card);
    await reprint(sale.intention);
    expect(text(counter.tickets.at(-1))).not.toContain('Points gardés');
  });
});

describe('a disk that fills up between the sale and its outcomes', () => {
  it('keeps the sale; the next tap settles the card, the next start the ticket', async () => {
    const card = await shopCard();
    const { journal } = counter.parts;
    counter.parts.journal = {
      append: (drafts) =>
        drafts[0]?.kind === 'loyalty.sale'
          ? journal.append(drafts)
          : err({ type: 'DiskFull', path: 'till.db', code: 'SQLITE_FULL' }),
    };
    const sale = await counter.sold(card);
    expect(sale.end()).toMatchObject({ ok: true });
    expect(sale.result()).toMatchObject({ card: 'applied', points: 12 });
    expect(counter.kinds()).toEqual(['loyalty.sale']);
    const next = await counter.sold(card);
    expect(next.end()).toMatchObject({ ok: false, error: { type: 'DiskFull' } });
    expect(await newestOn(card)).toMatchObject({ counter: 13 });
    await counter.restart();
    settleAfterRestart(counter.parts);
    await counter.sold(card);
    await settle();
    expect(counter.cardOutcomes(sale.intention)).toEqual(['applied']);
    expect(await newestOn(card)).toMatchObject({ counter: 14 });
    expect(counter.parts.reader.openPrints()).toEqual([]);
  });
});
