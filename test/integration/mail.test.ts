import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#backend/compose.ts';
import { keptSecret } from '#backend/db/embedded/secret.ts';
import { smtpTransport } from '#backend/mail/transport.ts';
import { type MailWorker, startMailWorker } from '#backend/mail/worker.ts';
import { sealWith } from '#backend/pki/sealing.ts';
import { centralContract } from '#contract/central/index.ts';
import { operationOfQr } from '#contract/tickets/operation-of-qr.ts';
import type { TicketFacts } from '#contract/tickets/token/facts.ts';
import { ticketToken } from '#contract/tickets/token/token.ts';
import type { Clock } from '#contract/time/index.ts';
import { newTillOf, officeOf } from '#test/harness/card-relay.ts';
import { type CentralClient, type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralProcess } from '#test/harness/central-process.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { Demo, eventually } from '#test/harness/demo.ts';
import { headerOf, MailServer } from '#test/harness/mail-server.ts';
import { certifiedBySomeServer } from '#test/harness/ticket-certificate.ts';
import { VirtualClock } from '#test/harness/virtual-clock.ts';

const cardNumber = '0417209320';
const page = 'https://central.example/verify/';
const holder = {
  ...{ name: 'Awa Koné', birthday: null, phone: null, email: 'awa@customer.example', language: 'fr' as const },
  ticketByEmail: true,
  consents: { sms: false, email: false, mail: false },
};

/** What the QR of a sale's ticket holds, behind any address. */
function tokenOf(till: CentralTill, ticketNumber: string): string {
  const certificate = Buffer.from(certifiedBySomeServer(till.id, till.publicKey), 'base64url');
  const facts: TicketFacts = {
    ...{ operation: 'sale', training: false, ticketNumber, wallSeconds: 1_800_000_000, amountMinor: 1_250 },
    ...{ currency: 'XOF', points: 12, balance: null, cardLastDigits: '9320', copy: 0 },
  };
  return ticketToken(facts, certificate, () => new Uint8Array(64));
}

/** A sale whose ticket its till left to e-mail, in the journal as a till writes it. @param qr of its ticket's number */
function emailedSale(
  till: CentralTill,
  qr = (ticketNumber: string) => `${page}#${tokenOf(till, ticketNumber)}`,
): string {
  const { intention, body } = till.sale(1_250, { cardNumber }).entry as {
    intention: string;
    body: { ticketNumber: string };
  };
  till.cardOutcome(intention, 'applied');
  const { ticketNumber } = body;
  const outcome = { ticketNumber, outcome: 'emailed' as const, why: null, copy: 0, qr: qr(ticketNumber) };
  till.append('ticket.outcome', { body: outcome, intention });
  return intention;
}

let mail: MailServer;
beforeEach(async () => {
  mail = await MailServer.start();
});
afterEach(() => mail.stop());

describe('tickets by e-mail', () => {
  let central: RunningCentral;
  let till: CentralTill;
  let clock: VirtualClock;
  let worker: MailWorker;

  beforeAll(async () => {
    central = await startCentral();
    till = await newTillOf(central);
    await till.push();
    const office = await officeOf(central, 'manager');
    await emailedHolder(office);
  });
  afterAll(() => central?.stop());
  beforeEach(async () => {
    await sql`DELETE FROM mail_outbox`.execute(central.owner);
    clock = new VirtualClock(Date.now() + 1_000);
    const secret = await keptSecret(join(central.folder, 'server.secret'), () => Buffer.alloc(32));
    const seal = sealWith(secret, (length) => Buffer.alloc(length));
    const transport = smtpTransport(mail.url)!;
    worker = startMailWorker({ db: central.app, clock, seal, page, transport, log: () => {} });
    await worker.round();
  });
  afterEach(() => worker.stop());

  const emailedHolder = (office: Awaited<ReturnType<typeof officeOf>>, changes: Partial<typeof holder> = {}) =>
    office.office.putCustomer({ cardNumber, customer: { ...holder, ...changes } });
  const stateOf = async (intention: string) => {
    const { rows } = await sql<{ state: string; attempts: number; last_fault: string | null }>`
      SELECT state, attempts, last_fault FROM mail_outbox WHERE intention = ${intention}
    `.execute(central.owner);
    return rows[0];
  };

  it('[T7] go out once, laid out as on paper, in the customer’s language, and lead to their check', async () => {
    const intention = emailedSale(till);
    await till.push();
    await till.push();
    await worker.round();
    await worker.round();
    expect(mail.received).toHaveLength(1);
    const [received] = mail.received;
    expect(received!.to).toEqual(['awa@customer.example']);
    expect(headerOf(received!, 'Message-ID')).toBe(`<ticket.${intention}@shop.example>`);
    expect(headerOf(received!, 'From')).toBe('tickets@shop.example');
    const text = textOf(received!.message);
    expect(text).toMatch(/SUPÉRETTE AKWABA/);
    expect(text.replaceAll(/[\u00a0\u202f]/g, ' ')).toMatch(/ACHAT +1 250 F CFA/);
    const [link = ''] = /https?:\S+/.exec(text) ?? [];
    expect(link.startsWith(page)).toBe(true);
    const { ticketNumber } = till.entries.at(-1)!.entry.body as { ticketNumber: string };
    expect(operationOfQr(link)).toBe(ticketNumber);
    expect(await stateOf(intention)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('[T7] bear no link but the server’s own, with a token of this ticket alone, whatever the till has written', async () => {
    const other = 'https://elsewhere.example/';
    const linksAfter = async (qr: (ticketNumber: string) => string) => {
      emailedSale(till, qr);
      await till.push();
      await worker.round();
      const { message } = mail.received.at(-1)!;
      expect(message.replaceAll('=\r\n', '')).not.toContain('elsewhere');
      return textOf(message).match(/https?:\S+/g);
    };
    let mine = '';
    const stolen = await linksAfter((number) => {
      mine = tokenOf(till, number);
      return `${other}#${mine}`;
    });
    expect(stolen).toEqual([`${page}#${mine}`]);
    expect(await linksAfter(() => `${other}#pay`)).toBeNull();
    expect(await linksAfter(() => other)).toBeNull();
    expect(await linksAfter(() => `${page}#${tokenOf(till, '9-999999')}`)).toBeNull();
    expect(await linksAfter((number) => `${page}#${tokenOf(till, number)} ${other}`)).toBeNull();
    expect(mail.received).toHaveLength(5);
  });

  it('[T7] bear no link where nobody has told the server its address', async () => {
    await worker.stop();
    const secret = await keptSecret(join(central.folder, 'server.secret'), () => Buffer.alloc(32));
    const seal = sealWith(secret, (length) => Buffer.alloc(length));
    const transport = smtpTransport(mail.url)!;
    worker = startMailWorker({ db: central.app, clock, seal, page: null, transport, log: () => {} });
    emailedSale(till);
    await till.push();
    await worker.round();
    expect(textOf(mail.received[0]!.message)).not.toMatch(/https?:/);
  });

  it('are tried again, later each time, as long as the mail server cannot take them', async () => {
    mail.onMessage = () => Promise.reject(Object.assign(new Error('try later'), { responseCode: 451 }));
    const intention = emailedSale(till);
    await till.push();
    await worker.round();
    await worker.round();
    expect(mail.received).toHaveLength(1);
    expect(await stateOf(intention)).toMatchObject({ state: 'waiting', attempts: 1, last_fault: 'EMESSAGE 451' });
    mail.onMessage = () => {};
    await clock.advance(31_000);
    await worker.round();
    expect(mail.received).toHaveLength(2);
    expect(mail.received.map((one) => headerOf(one, 'Message-ID'))).toEqual(
      new Array(2).fill(`<ticket.${intention}@shop.example>`),
    );
    expect(await stateOf(intention)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('are given up at once where the mail server will never take them', async () => {
    mail.onMessage = () => Promise.reject(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    const intention = emailedSale(till);
    await till.push();
    await worker.round();
    await clock.advance(7 * 24 * 3_600_000);
    expect(mail.received).toHaveLength(1);
    expect(await stateOf(intention)).toMatchObject({ state: 'given-up', attempts: 1, last_fault: 'EMESSAGE 550' });
  });

  it('wait while there is no mail server at all', async () => {
    const nowhere = smtpTransport('smtp://127.0.0.1:1?from=tickets@shop.example')!;
    await worker.stop();
    const intention = emailedSale(till);
    await till.push();
    const secret = await keptSecret(join(central.folder, 'server.secret'), () => Buffer.alloc(32));
    const seal = sealWith(secret, (length) => Buffer.alloc(length));
    worker = startMailWorker({ db: central.app, clock, seal, page, transport: nowhere, log: () => {} });
    await worker.round();
    expect(await stateOf(intention)).toMatchObject({ state: 'waiting' });
    expect((await stateOf(intention))?.last_fault).toContain('ESOCKET');
  });

  it('go to nobody once the person is erased, though they were queued before', async () => {
    await worker.stop();
    const intention = emailedSale(till);
    await till.push();
    const office = await officeOf(central, 'manager');
    await office.office.eraseCustomer({ cardNumber });
    const secret = await keptSecret(join(central.folder, 'server.secret'), () => Buffer.alloc(32));
    const seal = sealWith(secret, (length) => Buffer.alloc(length));
    worker = startMailWorker({
      db: central.app,
      clock,
      seal,
      page,
      transport: smtpTransport(mail.url)!,
      log: () => {},
    });
    await worker.round();
    expect(mail.received).toEqual([]);
    expect(await stateOf(intention)).toMatchObject({ state: 'no-address' });
    await emailedHolder(office);
  });

  it('are promised to tills only by a server that can send them', async () => {
    const feed = await till.client().terminals.feed({ terminal: till.id, cursor: 0 });
    expect(feed.ticketsByEmail).toBe(false);
  });

  it('lie under their shop alone, and hold no address', async () => {
    emailedSale(till);
    await till.push();
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM mail_outbox`.execute(central.app);
    expect(rows[0]!.n).toBe(0);
    const { rows: all } = await sql`SELECT * FROM mail_outbox`.execute(central.owner);
    expect(all).toHaveLength(1);
    expect(JSON.stringify(all)).not.toContain('customer.example');
  });
});

/** The plain text of a message of two parts (RFC 2045 §6.7, §6.8). */
function textOf(message: string): string {
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] ?? expect.unreachable();
  const plain = message.split(`--${boundary}`).find((part) => part.includes('text/plain')) ?? expect.unreachable();
  const [head = '', ...body] = plain.split('\r\n\r\n');
  const content = body.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(content, 'base64').toString('utf8');
  const bytes = content
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

describe('a server that is killed', () => {
  it('between the mail server’s answer and its own note sends the ticket again, under the same Message-ID', async () => {
    const server = new CentralProcess();
    let restarted: RunningCentral | null = null;
    try {
      await server.start({ COMPTOIR_SMTP: mail.url });
      const clientWith = (headers: Record<string, string>): CentralClient =>
        createORPCClient(new OpenAPILink(centralContract, { url: server.url, headers }));
      const till = await CentralTill.enrol(server.url, clientWith({}), server.takeCode());
      expect(
        await till.push().then(() => till.client().terminals.feed({ terminal: till.id, cursor: 0 })),
      ).toMatchObject({ ticketsByEmail: true });
      const office = clientWith({ authorization: `Bearer ${await server.signIn()}` });
      await office.office.putCustomer({ cardNumber, customer: holder });
      const killed = new Promise<void>((resolve) => {
        mail.onMessage = async () => {
          await server.end('SIGKILL');
          resolve();
        };
      });
      const intention = emailedSale(till);
      await till.push();
      await killed;
      expect(mail.received).toHaveLength(1);
      mail.onMessage = () => {};
      // Another server, three minutes later: the lease of the one before has ended.
      const later: Clock = { ...systemClock(), wallMs: () => Date.now() + 180_000 };
      restarted = await startCentral({ folder: server.folder, smtp: mail.url, clock: later, keep: true });
      await eventually(
        () => mail.received.length,
        (received) => received > 1,
      );
      expect(mail.received).toHaveLength(2);
      expect(mail.received.map((one) => headerOf(one, 'Message-ID'))).toEqual(
        new Array(2).fill(`<ticket.${intention}@shop.example>`),
      );
    } finally {
      await restarted?.stop();
      await server.remove();
    }
  });
});

describe('a whole network', () => {
  it('[T7] [N10] sells to a customer who wants no paper: the till prints nothing, the ticket comes by e-mail and can be checked', async () => {
    process.env.COMPTOIR_SMTP = mail.url;
    const demo = await Demo.start().finally(() => delete process.env.COMPTOIR_SMTP);
    try {
      const { centralUrl, staff } = demo.ready;
      const clientWith = (headers: Record<string, string>): CentralClient =>
        createORPCClient(new OpenAPILink(centralContract, { url: centralUrl, headers }));
      const { pin } = staff.find(({ code }) => code === 'manager')!;
      const { token } = await clientWith({}).office.signIn({ code: 'manager', password: pin });
      const office = clientWith({ authorization: `Bearer ${token}` });
      await office.office.putCustomer({ cardNumber, customer: { ...holder, language: 'en' } });
      await demo.done('simulate', 'card', 'present', '1');
      // The wish comes to the till with its feed: until then it prints.
      const sold = await eventually(
        () => demo.done('sale', '--amount', '1250'),
        ({ print }) => print === 'emailed',
      );
      const received = await eventually(
        () => mail.received.at(-1),
        (one) => one !== undefined,
      );
      expect(received!.to).toEqual([holder.email]);
      const text = textOf(received!.message);
      expect(text).toContain('Thank you, see you soon');
      const [url = ''] = /https?:\S+\/verify\/#\S+/.exec(text.replaceAll('\r\n', '\n')) ?? [];
      expect(operationOfQr(url)).toBe(sold.ticketNumber);
    } finally {
      await demo.remove();
    }
  }, 150_000);
});
