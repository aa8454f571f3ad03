import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOut, PREVIEW_COLUMNS, previewLines } from './layout.ts';
import type { Ticket, TicketLine } from './ticket.ts';
import { characters, widthOf } from './wrap.ts';

const ticketOf = (...lines: TicketLine[]): Ticket => ({ language: 'fr', lines, cut: 'partial', drawer: false });
const linesOf = (columns: number, ...lines: TicketLine[]) =>
  previewLines(ticketOf(...lines), columns).map(({ text }) => text);

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.lorem({ maxCount: 12 }),
  fc.constantFrom('1\u202f250\u00a0€', 'Thé à la menthe, bœuf', 'a\nb', '\u001b@', 'e\u0301te\u0301', '👩‍👩‍👧'),
);
const anyLine: fc.Arbitrary<TicketLine> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text,
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    size: fc.constantFrom('normal' as const, 'large' as const),
  }),
  fc.record({ kind: fc.constant('columns' as const), left: text, right: text }),
  fc.record({ kind: fc.constant('qr' as const), data: text, caption: text }),
  fc.constantFrom({ kind: 'rule' as const }, { kind: 'space' as const }),
);
const letters = (value: string) => characters(value.normalize('NFC')).filter((one) => !/^[\s\p{Cc}]*$/u.test(one));

it('[T7] the ticket reads as a cashier expects it on 42 columns', () => {
  expect(
    linesOf(
      PREVIEW_COLUMNS,
      { kind: 'text', text: 'SUPÉRETTE AKWABA', align: 'center', bold: true },
      { kind: 'rule' },
      { kind: 'columns', left: 'ACHAT', right: '12\u202f500\u00a0F CFA' },
      { kind: 'space' },
      { kind: 'text', text: 'SOLDE 1\u202f340 points', size: 'large' },
      { kind: 'qr', data: 'secret', caption: 'Vérifiez ce ticket' },
    ),
  ).toEqual([
    '             SUPÉRETTE AKWABA',
    '------------------------------------------',
    'ACHAT                         12\u202f500\u00a0F CFA',
    '',
    'SOLDE 1\u202f340 points',
    '                   [QR]',
    '            Vérifiez ce ticket',
  ]);
});

it('wraps at words and cuts only a word longer than the line', () => {
  expect(linesOf(10, { kind: 'text', text: 'Merci de votre visite' })).toEqual(['Merci de', 'votre', 'visite']);
  expect(linesOf(10, { kind: 'text', text: 'anticonstitutionnel' })).toEqual(['anticonsti', 'tutionnel']);
});

it('never breaks an amount at its no-break spaces', () => {
  expect(linesOf(16, { kind: 'text', text: 'Le total est 12\u202f500\u00a0F' })).toEqual([
    'Le total est',
    '12\u202f500\u00a0F',
  ]);
});

it('wraps the left of two columns and keeps the right whole at the end of the last line', () => {
  expect(linesOf(20, { kind: 'columns', left: 'Café en grains moulu fin', right: '12,50 €' })).toEqual([
    'Café en',
    'grains moulu',
    'fin          12,50 €',
  ]);
});

it('puts the right part under the left when there is no room beside it', () => {
  expect(linesOf(12, { kind: 'columns', left: 'Remise client', right: '1 234 567 F' })).toEqual([
    'Remise',
    'client',
    ' 1 234 567 F',
  ]);
});

it('gives a large line half the columns', () => {
  const [line] = layOut(ticketOf({ kind: 'text', text: 'SOLDE', align: 'right', size: 'large' }), 42);
  expect(line).toEqual({ kind: 'text', text: `${' '.repeat(16)}SOLDE`, bold: false, large: true });
});

it('drops control characters, so that no name can carry a printer command', () => {
  expect(linesOf(20, { kind: 'text', text: 'A\u001bp\u0000B\u0085' })).toEqual(['ApB']);
});

it('ends with the cut the ticket asks for', () => {
  expect(layOut({ ...ticketOf(), cut: 'full' }, 42)).toEqual([{ kind: 'cut', cut: 'full' }]);
  expect(layOut({ ...ticketOf(), cut: 'none' }, 42)).toEqual([]);
});

it('refuses paper without a column', () => {
  expect(() => layOut(ticketOf({ kind: 'text', text: 'a' }), 0)).toThrow(RangeError);
});

it('keeps every line within the paper, whatever the ticket', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 6 }), fc.integer({ min: 1, max: 64 }), (lines, columns) => {
      for (const line of layOut(ticketOf(...lines), columns)) {
        if (line.kind !== 'text') continue;
        expect(widthOf(line.text) * (line.large ? 2 : 1)).toBeLessThanOrEqual(columns);
        expect(line.text).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});

it('loses no letter and keeps their order', () => {
  fc.assert(
    fc.property(
      fc.lorem({ maxCount: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 2, max: 64 }),
      (left, right, columns) => {
        const laid = linesOf(columns, { kind: 'columns', left, right });
        expect(letters(laid.join(' '))).toEqual([...letters(left), ...letters(right)]);
      },
    ),
  );
});
