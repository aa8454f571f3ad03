import { afterEach, beforeEach, expect, it } from 'vitest';
import { err, ok } from '#contract/result/index.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { parseTicketToken } from '#contract/tickets/token/token.ts';
import { testEnrolment } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { certifiedBySomeServer } from '#test/harness/ticket-certificate.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import { CardWorks } from '../cards/works.ts';
import { qrOf } from '../loyalty/by-email.ts';
import { markTickets } from '../loyalty/ticket-marks.ts';
import { Reprints } from '../reprints.ts';
import { actOnce } from './act.ts';
import { accountResult } from './posted.ts';

const cardNumber = '0417209320';
let counter: TestCounter;
let reprints: Reprints;

beforeEach(async () => {
  counter = await TestCounter.open();
  certify(false);
  reprints = new Reprints();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

function certify(training: boolean) {
  const certificate = certifiedBySomeServer(testEnrolment.terminal, counter.keys.publicKeySpkiBase64);
  const proof = { certificate, verifyUrl: 'https://central.example/verify/' };
  counter.mark = markTickets(() => proof, counter.keys.sign, training);
}

/** A top-up by the card's number, without a link. @returns its intention */
async function toppedUp(amountMinor = 5_000): Promise<string> {
  const { parts: loyalty } = counter;
  const works = new CardWorks(() => false, loyalty.onDefect);
  const parts = { ...loyalty, training: false, lastZ: () => 0, central: () => null, works, sendFirst: async () => {} };
  const intention = counter.uuid();
  const run = actOnce(parts, awa, {
    ...{ intention, act: 'top-up', amountMinor, cardNumber, pin: null, approvedBy: null },
    ...{ useCardAsItLies: false, timeoutMs: 30_000 },
  });
  expect(run.ok).toBe(true);
  await settle();
  return intention;
}
const factsOf = (ticket: Ticket | undefined) => parseTicketToken(qrOf(ticket!)?.split('#')[1] ?? '')?.facts;
const textsOf = (ticket: Ticket | undefined) =>
  (ticket?.lines ?? []).map((line) => (line.kind === 'text' ? line.text : '')).join('\n');
const reprint = (sale: string, intention = counter.uuid()) => reprints.print(counter.parts, awa, { intention, sale });

it('[N10] [T28] the ticket of an act holds in its QR what it says, signed by the till', async () => {
  const intention = await toppedUp();
  const result = accountResult(counter.parts, intention);
  if (!result.ok) throw new Error(result.error.type);
  expect(factsOf(counter.tickets.at(-1))).toMatchObject({
    ...{ operation: 'top-up', training: false, amountMinor: 5_000, currency: 'XOF', points: 0, balance: null },
    ...{ ticketNumber: result.value.ticketNumber, cardLastDigits: '9320', copy: 0 },
  });
  const shown = parseTicketToken(result.value.ticket.qr?.data.split('#')[1] ?? '');
  expect(shown?.facts).toEqual(factsOf(counter.tickets.at(-1)));
});

it('[T28] a copy is counted, says DUPLICATA, and opens no drawer', async () => {
  const intention = await toppedUp();
  expect(counter.tickets.at(-1)).toMatchObject({ drawer: true });
  for (const copy of [1, 2]) {
    expect(await reprint(intention)).toMatchObject({ ok: true, value: { copy, print: 'confirmed' } });
    expect(textsOf(counter.tickets.at(-1))).toContain(`DUPLICATA ${copy}`);
    expect(factsOf(counter.tickets.at(-1))).toMatchObject({ operation: 'top-up', copy });
    expect(counter.tickets.at(-1)).toMatchObject({ drawer: false });
  }
  expect(counter.kinds().slice(-4)).toEqual(['ticket.copy', 'ticket.outcome', 'ticket.copy', 'ticket.outcome']);
});

it('[T28] a copy that is asked for twice is printed once, also after the service was killed', async () => {
  const intention = await toppedUp();
  const asked = counter.uuid();
  const both = await Promise.all([reprint(intention, asked), reprint(intention, asked)]);
  expect(both).toEqual([ok(expect.objectContaining({ copy: 1 })), ok(expect.objectContaining({ copy: 1 }))]);
  await counter.restart();
  expect(await reprint(intention, asked)).toMatchObject({ ok: true, value: { copy: 1, print: 'confirmed' } });
  expect(counter.kinds().filter((kind) => kind === 'ticket.copy')).toHaveLength(1);
  const other = await toppedUp(100);
  expect(await reprint(other, asked)).toEqual(err({ type: 'IntentionReused' }));
});

it('says of a training ticket that it is one, on the screen too', async () => {
  certify(true);
  const intention = await toppedUp();
  const result = accountResult(counter.parts, intention);
  expect(result.ok && JSON.stringify(result.value.ticket)).toContain('FACTICE');
  expect(factsOf(counter.tickets.at(-1))).toMatchObject({ training: true });
});
