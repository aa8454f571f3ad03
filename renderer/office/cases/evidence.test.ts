import { expect, it } from 'vitest';
import type { OfficeCase } from '#contract/central/office-cards.ts';
import { formatAmount } from '#contract/money/index.ts';
import { officeCards } from '#resources/locales/en/office-cards.ts';
import { evidenceLines } from './evidence.ts';

const euros = (minor: number) => formatAmount(minor, 'EUR', 'en');
const words = {
  t: officeCards,
  say: (sentence: string, facts: Record<string, unknown>) =>
    sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name])),
  signed: (points: number) => `${points > 0 ? '+' : ''}${points}`,
  amount: euros,
} as unknown as Parameters<typeof evidenceLines>[1];

it('[T20] says of what was taken back twice how much it was, and how much has gone back', () => {
  const back = { intention: 'a', currency: 'EUR', ofMinor: 1250, ofPoints: 12, backMinor: 1300, backPoints: -12 };
  const spending = { ...back, intention: 'b', ofMinor: 0, ofPoints: -50, backMinor: 0, backPoints: 100 };
  const found = { kind: 'ReversedTwice', evidence: [back, spending] } as unknown as OfficeCase;
  expect(evidenceLines(found, words).map(({ text }) => text)).toEqual([
    `Purchase of ${euros(1250)}, ${euros(1300)} given back`,
    'Spending of -50, +100 given back',
  ]);
});

it('[T20] says who asks what of the network, and which bonuses were given twice', () => {
  const plain = { ...words, moment: (at: string) => at, number: (digits: string) => digits };
  const asked = { shop: 'Librairie', till: 'Comptoir', saidAt: 'today', intention: 'a' };
  const moved = { ...asked, intention: 'b', toCard: '0417554058' };
  const linesOf = (evidence: object[]) =>
    evidenceLines({ evidence } as unknown as OfficeCase, plain as typeof words).map(({ text }) => text);
  expect(linesOf([asked, moved])).toEqual([
    'Librairie, Comptoir, on today',
    'Librairie, Comptoir, on today: the balance goes to card 0417554058',
  ]);
  const given = ['1-1', '2-1'].map((ticket) => ({ ticket, points: 50, at: 'today', intention: ticket }));
  expect(linesOf([{ given }])).toEqual([
    'Ticket 1-1 of today: bonus of +50 points',
    'Ticket 2-1 of today: bonus of +50 points',
  ]);
  const [sold, issued] = [
    { ...given[0], cardNumber: '1' },
    { ...given[1], cardNumber: '2', ticket: null },
  ];
  expect(linesOf([{ given: [sold, issued] }])).toEqual([
    'Ticket 1-1 of today, card 1: bonus of +50 points',
    'Card 2, issued on today: bonus of +50 points',
  ]);
});

it('[T20] says of a clock that went back what the till wrote before and after, and by how much', () => {
  const plain = { ...words, moment: (at: string) => at, integer: (figure: number) => String(figure) };
  const clock = [
    { epoch: 1, seq: 7, wallTime: 'noon' },
    { epoch: 2, seq: 1, wallTime: 'morning' },
  ];
  const found = { kind: 'ClockWentBack', evidence: [{ clock, backMs: 125 * 60_000 }] } as unknown as OfficeCase;
  const lines = evidenceLines(found, plain as typeof words).map(({ text }) => text);
  expect(lines.slice(0, 2)).toEqual(['Entry 7 of noon', 'Entry 1 of morning']);
  expect(lines[2]).toContain('The clock went back by 125');
});
