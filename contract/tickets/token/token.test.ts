import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { operationOfQr } from '../operation-of-qr.ts';
import { certificateBytes, encodeCertificate, keyIdOf, parseCertificate, shortName } from './certificate.ts';
import type { TicketFacts } from './facts.ts';
import { compressedPoint, uncompressedPoint } from './point.ts';
import { parseTicketToken, ticketToken } from './token.ts';
import { type VerifyTools, verifyTicket } from './verify.ts';

const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ format: 'der', type: 'spki' }));
const es256 = (key: KeyObject) => (bytes: Uint8Array) =>
  new Uint8Array(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }));

const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const till = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyId = keyIdOf(createHash('sha256').update(spkiOf(server.publicKey)).digest());

function certificateOf(
  over: Partial<Parameters<typeof encodeCertificate>[0]> = {},
  by = server.privateKey,
): Uint8Array {
  const encoded = encodeCertificate({
    keyId,
    shop: { number: 1, name: 'Supérette Akwaba' },
    terminal: '0f3b92aa',
    validFromDay: 20_000,
    validUntilDay: 20_730,
    publicKey: compressedPoint(spkiOf(till.publicKey)),
    ...over,
  });
  return Uint8Array.from([...encoded, ...es256(by)(certificateBytes(encoded))]);
}

const sale: TicketFacts = {
  operation: 'sale',
  training: false,
  ticketNumber: '2-18447',
  wallSeconds: 20_100 * 86_400 + 52_328,
  amountMinor: 12_500,
  currency: 'XOF',
  points: 125,
  balance: 1_240,
  cardLastDigits: '0042',
  copy: 0,
};
const tokenOf = (facts = sale, certificate = certificateOf()) =>
  ticketToken(facts, certificate, es256(till.privateKey));

const tools: VerifyTools = {
  async verifyTill(point, bytes, signature) {
    const [x, y] = [uncompressedPoint(point)!.slice(1, 33), uncompressedPoint(point)!.slice(33)].map((half) =>
      Buffer.from(half).toString('base64url'),
    );
    const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x!, y: y! } });
    return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
  },
  verifyServer: (id, bytes, signature) =>
    id === keyId
      ? Promise.resolve(verify('sha256', bytes, { key: server.publicKey, dsaEncoding: 'ieee-p1363' }, signature))
      : null,
};

describe('a ticket token', () => {
  it('[N10] is authentic as the till wrote it, with all its facts', async () => {
    const verdict = await verifyTicket(tokenOf(), tools);
    expect(verdict).toMatchObject({
      verdict: 'authentic',
      facts: sale,
      certificate: { shop: { number: 1, name: 'Supérette Akwaba' }, terminal: '0f3b92aa' },
    });
  });

  it('[N10] tells of any one changed character, wherever it stands', async () => {
    const token = tokenOf();
    for (let at = 0; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      const { verdict } = await verifyTicket(changed, tools);
      expect(verdict, `character ${at}`).not.toBe('authentic');
    }
  });

  it('[N10] tells what was cut off or is no token from what was altered', async () => {
    const token = tokenOf();
    for (let length = 0; length < token.length; length++) {
      expect(await verifyTicket(token.slice(0, length), tools), `${length}`).toEqual({ verdict: 'unreadable' });
    }
    const elsewhere = ['hello', 'https://elsewhere.example/menu', `${token}AAAA`, 'Ω'];
    for (const text of elsewhere) expect(await verifyTicket(text, tools)).toEqual({ verdict: 'unreadable' });
    const otherSignature = token.slice(0, 60) + (token[60] === 'A' ? 'B' : 'A') + token.slice(61);
    expect(await verifyTicket(otherSignature, tools)).toEqual({ verdict: 'altered' });
  });

  it('[N10] is not believed under another shop or another server', async () => {
    const parsed = parseTicketToken(tokenOf())!;
    const other = certificateOf({ shop: { number: 2, name: 'Boutique Baobab' } });
    const facts = Buffer.from(tokenOf(), 'base64url').subarray(0, -certificateOf().length);
    const moved = Buffer.concat([facts, other]).toString('base64url');
    expect(parseTicketToken(moved)?.facts).toEqual(parsed.facts);
    expect(await verifyTicket(moved, tools)).toEqual({ verdict: 'altered' });
    const stranger = certificateOf({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    expect(await verifyTicket(tokenOf(sale, stranger), tools)).toEqual({ verdict: 'altered' });
    const unknown = certificateOf({ keyId: keyId ^ 1 });
    expect(await verifyTicket(tokenOf(sale, unknown), tools)).toEqual({ verdict: 'unknown-key' });
  });

  it('[N10] [N5] is authentic whatever the till’s clock said, and says that its date is doubtful', async () => {
    expect(await verifyTicket(tokenOf(), tools)).toMatchObject({ verdict: 'authentic', dateDoubtful: false });
    for (const day of [0, 19_999, 20_731, 40_000]) {
      const verdict = await verifyTicket(tokenOf({ ...sale, wallSeconds: day * 86_400 }), tools);
      expect(verdict).toMatchObject({ verdict: 'authentic', dateDoubtful: true });
    }
  });

  it('keeps every fact it can be given', () => {
    const facts = fc.record<TicketFacts>({
      operation: fc.constantFrom('sale', 'spend', 'reversal', 'top-up', 'pay', 'refund', 'draw', 'repay'),
      training: fc.boolean(),
      ticketNumber: fc.stringMatching(/^[0-9.-]{1,20}$/),
      wallSeconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      amountMinor: fc.integer({ min: 0, max: 500_000_000 }),
      currency: fc.constantFrom('XOF', 'XAF', 'XPF', 'EUR', 'TND'),
      points: fc.integer({ min: -8_388_608, max: 8_388_607 }),
      balance: fc.option(fc.integer({ min: -(2 ** 51), max: 2 ** 51 })),
      cardLastDigits: fc.stringMatching(/^\d{4}$/),
      copy: fc.integer({ min: 0, max: 1_000 }),
    });
    fc.assert(
      fc.property(facts, (given) => {
        expect(parseTicketToken(tokenOf(given))?.facts).toEqual(given);
      }),
      {
        numRuns: 200,
      },
    );
  });

  it('[N10] writes operations by the numbers they have always had', () => {
    const secondByte = (operation: TicketFacts['operation']) =>
      Buffer.from(tokenOf({ ...sale, operation, balance: null }), 'base64url')[1];
    const all = ['sale', 'spend', 'reversal', 'top-up', 'pay', 'refund', 'draw', 'repay'] as const;
    expect(all.map(secondByte)).toEqual([0, 1, 2, 3, 16, 17, 18, 19]);
  });

  it('reads nothing out of what is no token, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        parseTicketToken(Buffer.from(bytes).toString('base64url'));
        parseCertificate(bytes);
      }),
    );
    expect(operationOfQr('https://elsewhere.example/#hello')).toBeNull();
    expect(operationOfQr('')).toBeNull();
  });

  it('gives the ticket’s number from the URL as a scanner types it', () => {
    expect(operationOfQr(`https://central.example/verify/#${tokenOf()}\n`)).toBe('2-18447');
    expect(operationOfQr(tokenOf())).toBe('2-18447');
  });

  it('[N10] fits a QR of version 13 at level M, whatever a usual ticket says', () => {
    const url = `https://central.example/verify/#${tokenOf()}`;
    const qr = encode(url, { ecc: 'M' });
    expect({ bytes: url.length, version: qr.version }).toEqual({ bytes: 319, version: 13 });
  });
});

describe('a point of P-256', () => {
  it('comes back from its compressed form', () => {
    for (let round = 0; round < 20; round++) {
      const spki = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
      expect(uncompressedPoint(compressedPoint(spki))).toEqual(spki.slice(-65));
    }
    expect(uncompressedPoint(Uint8Array.from([2, ...new Array(32).fill(255)]))).toBeNull();
  });
});

it('cuts a long shop name between letters', () => {
  expect(shortName('Épicerie générale des Deux Plateaux')).toBe('Épicerie générale des');
});
