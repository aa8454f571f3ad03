import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Look, Report } from './columns.ts';
import { exported, fileName } from './export.ts';
import { sheetXml } from './xlsx/sheet.ts';

const tools = {
  deflateRaw: (chunks: AsyncIterable<Uint8Array>) => {
    const deflate = createDeflateRaw();
    pipeline(Readable.from(chunks), deflate, () => {});
    return deflate;
  },
  crc32,
};

type Row = {
  at: string | null;
  day: string | null;
  kind: string;
  card: string;
  name: string | null;
  amount: number | null;
  points: number;
  late: boolean;
};
const report: Report<Row> = {
  name: { fr: 'Opérations', en: 'Operations' },
  columns: [
    { key: 'at', label: { fr: 'Date', en: 'Date' }, kind: 'date' },
    { key: 'day', label: { fr: 'Jour', en: 'Day' }, kind: 'day' },
    {
      key: 'kind',
      label: { fr: 'Nature', en: 'Kind' },
      kind: 'code',
      words: { sale: { fr: 'Achat', en: 'Purchase' } },
    },
    { key: 'card', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
    { key: 'name', label: { fr: 'Nom; et prénom', en: 'Name, first name' }, kind: 'text' },
    { key: 'amount', label: { fr: 'Montant', en: 'Amount' }, kind: 'amount' },
    { key: 'points', label: { fr: 'Points', en: 'Points' }, kind: 'points' },
    { key: 'late', label: { fr: 'En retard', en: 'Late' }, kind: 'flag' },
  ],
};
const rows: Row[] = [
  {
    at: '2026-07-01T22:30:05.000Z',
    day: '2026-07-02',
    kind: 'sale',
    card: '0417209320',
    name: 'Awa "A;,\u0007" Koné\r\n<&>',
    amount: -1250,
    points: -12,
    late: true,
  },
  {
    at: '2026-12-01T22:30:05.250Z',
    day: null,
    kind: 'gift',
    card: '0000000101',
    name: '=HYPERLINK("http://x")',
    amount: 5,
    points: 3,
    late: false,
  },
  { at: null, day: null, kind: 'sale', card: '', name: null, amount: null, points: 0, late: false },
];
async function* batches(...all: Row[][]) {
  yield* all;
}
const paris: Look = { language: 'fr', currency: 'EUR', timeZone: 'Europe/Paris' };

async function fileOf(format: 'csv' | 'xlsx' | 'json', look: Look, ...all: Row[][]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exported(format, report, look, batches(...all), tools)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('CSV', () => {
  it('[T24] is what French Excel opens: mark, semicolons, decimal commas, local time on both sides of the summer', async () => {
    const text = (await fileOf('csv', paris, rows.slice(0, 1), rows.slice(1))).toString('utf8');
    expect(text).toBe(
      [
        '\ufeffDate;Jour;Nature;Carte;"Nom; et prénom";Montant;Points;En retard',
        '2026-07-02 00:30:05;2026-07-02;Achat;0417 2093 20;"Awa ""A;,\u0007"" Koné\r\n<&>";-12,50;-12;oui',
        '2026-12-01 23:30:05;;gift;0000 0001 01;"\'=HYPERLINK(""http://x"")";0,05;3;non',
        ';;Achat;;;;0;non',
        '',
      ].join('\r\n'),
    );
  });

  it('[T24] separates with commas in English, and writes no decimals where the currency has none', async () => {
    const look: Look = { language: 'en', currency: 'XOF', timeZone: 'Africa/Abidjan' };
    const [head, first] = (await fileOf('csv', look, [{ ...rows[0]!, name: 'Awa; Koné' }]))
      .toString('utf8')
      .split('\r\n');
    expect(head).toBe('\ufeffDate,Day,Kind,Card,"Name, first name",Amount,Points,Late');
    expect(first).toBe('2026-07-01 22:30:05,2026-07-02,Purchase,0417 2093 20,Awa; Koné,-1250,-12,yes');
  });

  it.each(['=1+1', '+225 07', '-2', '@sum', '\tx', '\rx', '\nx'])(
    '[T24] neutralises %j, which a spreadsheet would take for a formula',
    async (name) => {
      const [, line] = (await fileOf('csv', paris, [{ ...rows[2]!, name }])).toString('utf8').split(/\r\n(?=;;Achat)/);
      expect(line).toMatch(/^;;Achat;;"?'/);
      expect(line).toContain(`'${name}`);
    },
  );
});

describe('XLSX', () => {
  it('[T24] holds real numbers and dates, and text that is never a formula', async () => {
    const [sheet] = await readExcel(await fileOf('xlsx', paris, rows.slice(0, 1), rows.slice(1)));
    expect(sheet!.sheet).toBe('Opérations');
    expect(sheet!.data[0]).toEqual(report.columns.map(({ label }) => label.fr));
    expect(sheet!.data[1]).toEqual([
      new Date('2026-07-02T00:30:05.000Z'),
      new Date('2026-07-02T00:00:00.000Z'),
      'Achat',
      '0417 2093 20',
      'Awa "A;," Koné\r\n<&>',
      -12.5,
      -12,
      'oui',
    ]);
    expect(sheet!.data[2]!.slice(3, 7)).toEqual(['0000 0001 01', '=HYPERLINK("http://x")', 0.05, 3]);
    expect(sheet!.data[3]).toEqual([null, null, 'Achat', null, null, null, 0, 'non']);
  });

  it('[T24] freezes the row of names, also with nothing under it', async () => {
    const [sheet] = await readExcel(await fileOf('xlsx', paris));
    expect(sheet!.data).toHaveLength(1);
    expect(sheetXml(report, paris).head).toContain(
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    );
  });
});

it('[T24] JSON is the rows themselves, one a line', async () => {
  const text = (await fileOf('json', paris, rows.slice(0, 2), [], rows.slice(2))).toString('utf8');
  expect(JSON.parse(text)).toEqual(rows);
  expect(text.split('\n')).toHaveLength(rows.length + 3);
  expect(JSON.parse((await fileOf('json', paris)).toString('utf8'))).toEqual([]);
});

it('a failing source fails the file, in every format', async () => {
  async function* failing(): AsyncGenerator<Row[]> {
    yield rows;
    throw new Error('the database went away');
  }
  for (const format of ['csv', 'json', 'xlsx'] as const) {
    const read = async () => {
      for await (const _ of exported(format, report, paris, failing(), tools));
    };
    await expect(read()).rejects.toThrow('the database went away');
  }
});

it('names a file in letters that every system takes', () => {
  expect(fileName('csv', 'Opérations', '2026-11-01', null, '../x"')).toBe('operations-2026-11-01-x-.csv');
});
