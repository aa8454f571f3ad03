import { describe, expect, it } from 'vitest';
import { ticketMail } from './ticket-mail.ts';
import { smtpTransport } from './transport.ts';
import { outcomeOf, pauseAfter } from './worker.ts';

const intention = '019f0000-0000-7000-8000-000000000001';
const mailOf = (shop = 'Supérette Akwaba', verifyUrl: string | null = 'https://central.example/verify/#t') =>
  ticketMail(
    {
      ...{ to: 'awa@customer.example', language: 'fr', shop, ticketNumber: '1-7', verifyUrl },
      ticket: {
        language: 'fr',
        lines: [
          { kind: 'text', text: '<b>SUPÉRETTE</b>', bold: true },
          { kind: 'columns', left: 'ACHAT', right: '1 250 F' },
        ],
        cut: 'partial',
        drawer: false,
      },
    },
    intention,
    'shop.example',
  );

describe('a ticket as a message', () => {
  it('is the paper’s 42 columns, plain and in HTML, with its check and its reason', () => {
    const { text, html, subject, messageId } = mailOf();
    expect(subject).toBe('Supérette Akwaba : votre ticket n° 1-7');
    expect(messageId).toBe(`<ticket.${intention}@shop.example>`);
    expect(text).toContain(`ACHAT${' '.repeat(30)}1 250 F\n`);
    expect(text).toContain('Vérifier ce ticket :\nhttps://central.example/verify/#t');
    expect(html).toContain('<b>&#60;b&#62;SUPÉRETTE&#60;/b&#62;</b>');
    expect(mailOf('x', null).text).not.toContain('Vérifier');
  });

  it('lets no shop’s name write a header', () => {
    expect(mailOf('Akwaba\r\nBcc: all@customer.example').subject).toBe(
      'Akwaba Bcc: all@customer.example : votre ticket n° 1-7',
    );
  });
});

describe('a message that was not taken', () => {
  const fault = { type: 'MailNotTaken', lasting: false, what: 'ECONNECTION' } as const;

  it('waits twice as long each time, an hour at most, and is given up after twelve attempts', () => {
    expect([1, 2, 3, 8, 30].map(pauseAfter)).toEqual([30_000, 60_000, 120_000, 3_600_000, 3_600_000]);
    expect(outcomeOf(fault, 1, 1_000)).toEqual({ state: 'waiting', fault: 'ECONNECTION', nextAtMs: 31_000 });
    expect(outcomeOf(fault, 12, 1_000)).toEqual({ state: 'given-up', fault: 'ECONNECTION' });
    expect(outcomeOf({ ...fault, lasting: true }, 1, 1_000)).toMatchObject({ state: 'given-up' });
  });
});

it('takes smtp and smtps URLs alone, and a sender from them', () => {
  expect(smtpTransport('smtp://mail.example?from=tickets@shop.example')?.domain).toBe('shop.example');
  expect(smtpTransport('smtps://u:p@mail.example')?.domain).toBe('mail.example');
  for (const wrong of ['http://mail.example', 'mail.example', 'smtp://']) expect(smtpTransport(wrong)).toBeNull();
});
