import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operationOfQr } from '#contract/tickets/operation-of-qr.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { parseTicketToken } from '#contract/tickets/token/token.ts';
import { shopCard, testEnrolment } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { certifiedBySomeServer } from '#test/harness/ticket-certificate.ts';
import { Reprints } from '../reprints.ts';
import { qrOf } from './by-email.ts';
import { markTickets } from './ticket-marks.ts';

const cardNumber = '0417209320';
const verifyUrl = 'https://central.example/verify/';
let counter: TestCounter;

beforeEach(async () => {
  counter = await TestCounter.open();
  const certificate = certifiedBySomeServer(testEnrolment.terminal, counter.keys.publicKeySpkiBase64);
  counter.mark = markTickets(() => ({ certificate, verifyUrl }), counter.keys.sign, false);
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

const tokenOf = (ticket: Ticket | undefined) => parseTicketToken(qrOf(ticket!)?.split('#')[1] ?? '');
const textsOf = (ticket: Ticket | undefined) =>
  (ticket?.lines ?? []).map((line) => (line.kind === 'text' ? line.text : '')).join('\n');

/** What the feed brought of the cardholder. */
function customerWishes(wishes: { language?: 'fr' | 'en'; ticketByEmail?: boolean }) {
  const { language = null, ticketByEmail = false } = wishes;
  const known = { cardNumber, birthday: null, birthdayBonusYear: null, language, ticketByEmail };
  counter.store.feed.apply([{ item: 'member', ...known }], counter.store.feed.cursor() + 1);
}
const outcomes = () => counter.entries().filter((entry) => entry.kind === 'ticket.outcome');

describe('a ticket’s QR', () => {
  it('[N10] holds the sale as the ticket says it, and leads back to it', async () => {
    const sale = await counter.sold(await shopCard(), { amountMinor: 12_500 });
    const { ticketNumber, balance, ticket } = sale.result();
    expect(tokenOf(counter.tickets[0])?.facts).toMatchObject({
      operation: 'sale',
      training: false,
      ticketNumber,
      amountMinor: 12_500,
      points: 125,
      balance,
      cardLastDigits: '9320',
      copy: 0,
    });
    expect(ticket.qr?.data).toBe(qrOf(counter.tickets[0]!));
    expect(operationOfQr(ticket.qr!.data)).toBe(ticketNumber);
  });

  it('[T20] of another shop, whose number is one of ours, takes nothing back here', async () => {
    const there = await TestCounter.open(1_000);
    there.mark = counter.mark;
    await there.clock.advance(60_000);
    const theirs = await there.sold(await shopCard(), { amountMinor: 400 });
    const ours = await counter.sold(await shopCard(), { amountMinor: 90_000 });
    there.close();
    const [far, here] = [theirs, ours].map((sale) => sale.result().ticket.qr!.data);
    expect(operationOfQr(far!)).toBe(ours.result().ticketNumber);
    expect(await counter.reverse(far!)).toMatchObject({ ok: false, error: { type: 'EntryNotFound' } });
    expect(await counter.reverse(here!)).toMatchObject({ ok: true, value: { amountMinor: 90_000 } });
  });

  it('[N10] of a duplicate says which copy it is', async () => {
    const sale = await counter.sold(await shopCard());
    const reprints = new Reprints();
    for (const copy of [1, 2]) {
      await reprints.print(counter.parts, awa, { intention: counter.uuid(), sale: sale.intention });
      expect(textsOf(counter.tickets.at(-1))).toContain(`DUPLICATA ${copy}`);
      expect(tokenOf(counter.tickets.at(-1))?.facts.copy).toBe(copy);
    }
  });

  it('[N10] is left out where nothing certifies the till, and the ticket is whole without it', async () => {
    counter.mark = markTickets(() => null, counter.keys.sign, false);
    const sale = await counter.sold(await shopCard());
    expect(sale.result().ticket.qr).toBeUndefined();
    expect(textsOf(counter.tickets[0])).toContain('Merci');
  });

  it('says of a training ticket that it is one, on paper and in the QR', async () => {
    const certificate = certifiedBySomeServer(testEnrolment.terminal, counter.keys.publicKeySpkiBase64);
    counter.mark = markTickets(() => ({ certificate, verifyUrl }), counter.keys.sign, true);
    await counter.sold(await shopCard());
    expect(textsOf(counter.tickets[0])).toMatch(/^\*\*\* FACTICE \*\*\*/);
    expect(tokenOf(counter.tickets[0])?.facts.training).toBe(true);
  });
});

describe('a ticket’s language', () => {
  it('is the customer’s where they have one, else the shop’s', async () => {
    const card = await shopCard();
    await counter.sold(card);
    customerWishes({ language: 'en' });
    await counter.sold(card);
    expect(counter.tickets.map(({ language }) => language)).toEqual(['fr', 'en']);
    expect(textsOf(counter.tickets[1])).toContain('Thank you');
  });
});

describe('a ticket by e-mail', () => {
  it('[T7] is not printed: the journal says so with its QR, and the server sends it', async () => {
    counter.ticketsByEmail = true;
    customerWishes({ ticketByEmail: true });
    const sale = await counter.sold(await shopCard());
    // The drawer opens for the cash all the same.
    expect(counter.tickets).toEqual([{ language: 'fr', lines: [], cut: 'none', drawer: true }]);
    expect(sale.events.at(-1)).toEqual({ stage: 'printed', print: 'emailed', why: null });
    const [outcome] = outcomes();
    expect(outcome).toMatchObject({ intention: sale.intention, body: { outcome: 'emailed', copy: 0 } });
    expect(operationOfQr(outcome!.body.qr!)).toBe(sale.result().ticketNumber);
  });

  it('is paper where the server sends none, where nobody asked, and for every copy', async () => {
    const card = await shopCard();
    customerWishes({ ticketByEmail: true });
    await counter.sold(card);
    counter.ticketsByEmail = true;
    customerWishes({ ticketByEmail: false });
    await counter.sold(card);
    customerWishes({ ticketByEmail: true });
    const { intention } = await counter.sold(card);
    const papers = () => counter.tickets.filter(({ lines }) => lines.length > 0);
    expect(papers()).toHaveLength(2);
    const copied = await new Reprints().print(counter.parts, awa, { intention: counter.uuid(), sale: intention });
    expect(copied).toMatchObject({ ok: true, value: { print: 'confirmed', copy: 1 } });
    expect(papers()).toHaveLength(3);
    expect(papers().map(({ drawer }) => drawer)).toEqual([true, true, false]);
  });

  it('is told as such again when the sale is asked for once more', async () => {
    counter.ticketsByEmail = true;
    customerWishes({ ticketByEmail: true });
    const { intention } = await counter.sold(await shopCard());
    await counter.restart();
    const again = await counter.sell({ intention });
    expect(again.events.at(-1)).toMatchObject({ stage: 'printed', print: 'emailed' });
  });
});
