import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateBytes, encodeCertificate, keyIdOf } from '#contract/tickets/token/certificate.ts';
import type { TicketFacts } from '#contract/tickets/token/facts.ts';
import { compressedPoint } from '#contract/tickets/token/point.ts';
import { ticketToken } from '#contract/tickets/token/token.ts';
import { verifyTicket } from '#contract/tickets/token/verify.ts';
import { webTools } from './keys.ts';
import { tell, words } from './verdict.ts';

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = (key: KeyObject) => new Uint8Array(key.export({ format: 'der', type: 'spki' }));
const es256 = (key: KeyObject) => (bytes: Uint8Array) =>
  new Uint8Array(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }));
const [server, till, stranger] = [pair(), pair(), pair()];
const base64 = (key: KeyObject) => Buffer.from(spki(key)).toString('base64');

const facts: TicketFacts = {
  operation: 'reversal',
  training: false,
  ticketNumber: '1-42',
  wallSeconds: 20_500 * 86_400,
  amountMinor: 1_250,
  currency: 'EUR',
  points: -12,
  balance: null,
  cardLastDigits: '9320',
  copy: 0,
};

function tokenOf(changes: Partial<TicketFacts> = {}, by = server): string {
  const encoded = encodeCertificate({
    keyId: keyIdOf(createHash('sha256').update(spki(by.publicKey)).digest()),
    shop: { number: 3, name: 'Boutique Baobab' },
    terminal: '0f3b92aa',
    validFromDay: 20_400,
    validUntilDay: 21_000,
    publicKey: compressedPoint(spki(till.publicKey)),
  });
  const certificate = Uint8Array.from([...encoded, ...es256(by.privateKey)(certificateBytes(encoded))]);
  return ticketToken({ ...facts, ...changes }, certificate, es256(till.privateKey));
}
const judged = async (token: string) =>
  verifyTicket(token, await webTools(crypto.subtle, [base64(server.publicKey), base64(pair().publicKey)]));
const told = async (token: string, language: 'fr' | 'en' = 'fr') => tell(await judged(token), language);

describe('what the ticket page says', () => {
  it('[N10] of a genuine ticket: its facts, with the browser’s own cryptography', async () => {
    const { kind, tone, facts: shown, remark } = await told(tokenOf());
    expect({ kind, tone, remark }).toEqual({ kind: 'authentic', tone: 'go', remark: null });
    const values = shown.map(({ value }) => value.replaceAll(/[\u00a0\u202f]/g, ' '));
    expect(values).toEqual(
      expect.arrayContaining(['Boutique Baobab, n° 3', 'Contre-passation', '12,50 €', '−12', 'finit par 9320', '1-42']),
    );
    expect(shown.map(({ name }) => name)).not.toContain('Nouveau solde');
  });

  it('[N10] [T28] of what was done with a purse or a credit: money alone, and no points', async () => {
    const onAccount = { points: 0, balance: 3_800, amountMinor: 1_200 };
    const paid = await told(tokenOf({ ...onAccount, operation: 'pay' }));
    const plain = ({ name, value }: { name: string; value: string }) => [
      name,
      value.replaceAll(/[\u00a0\u202f]/g, ' '),
    ];
    expect(paid.facts.map(plain)).toEqual(
      expect.arrayContaining([
        ['Nature', 'Payé par porte-monnaie'],
        ['Montant', '12,00 €'],
        ['Porte-monnaie après', '38,00 €'],
      ]),
    );
    expect(paid.facts.map(({ name }) => name)).not.toContain('Points');
    const drawn = await told(tokenOf({ ...onAccount, operation: 'draw', balance: null, copy: 1 }), 'en');
    expect(drawn).toMatchObject({ kind: 'copy' });
    expect(drawn.facts.map(plain)).toContainEqual(['What', 'Purchase on credit']);
    expect(drawn.facts.map(({ name }) => name)).not.toContain('Still owed after this');
  });

  it('[N10] of a copy, a training ticket, another network’s, an altered one: each its own word', async () => {
    expect(await told(tokenOf({ copy: 2 }), 'en')).toMatchObject({
      kind: 'copy',
      detail: expect.stringContaining('no. 2'),
    });
    expect(await told(tokenOf({ training: true, copy: 2 }))).toMatchObject({ kind: 'training', tone: 'warn' });
    expect(await told(tokenOf({}, stranger))).toMatchObject({ kind: 'unknown-key', facts: [] });
    const token = tokenOf();
    const changed = `${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`;
    expect(await told(changed)).toMatchObject({ kind: 'altered', tone: 'stop', facts: [] });
  });

  it('[N10] of what is no ticket’s code: not readable, never altered, and what to do', async () => {
    const token = tokenOf();
    for (const other of ['hello', 'https://elsewhere.example/', token.slice(0, -2), `${token}AA`, token.slice(4)]) {
      expect(await told(other), other).toMatchObject({ kind: 'unreadable', tone: 'warn', facts: [] });
    }
    expect((await told('hello', 'en')).detail).toContain('Scan the square');
  });

  it('[N10] [N5] of a till whose clock was wrong: authentic, the date alone is doubtful', async () => {
    expect(await told(tokenOf({ wallSeconds: 0 }))).toMatchObject({
      kind: 'authentic',
      remark: expect.stringContaining('horloge'),
    });
  });

  it('[N10] in both languages, sentence by sentence', () => {
    const paths = (tree: object, at = ''): string[] =>
      Object.entries(tree).flatMap(([key, branch]: [string, unknown]) =>
        typeof branch === 'object' && branch !== null ? paths(branch, `${at}.${key}`) : [`${at}.${key}`],
      );
    expect(paths(words.en)).toEqual(paths(words.fr));
  });
});
