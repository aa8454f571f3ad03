import type { CurrencyCode, Language } from '#contract/money/index.ts';

/**
 * What a column holds, and so how it is written. In the row: `text`, `code` and `card` a string, `day` a `YYYY-MM-DD`, `date` an
 * instant (a Date, ms, or RFC 3339 text), `amount` minor units, `points` and `integer` whole numbers, `flag` a boolean; null anywhere.
 */
export type ColumnKind = 'text' | 'code' | 'card' | 'day' | 'date' | 'amount' | 'points' | 'integer' | 'flag';

export type Wording = Readonly<Record<Language, string>>;

export type Column<Row> = {
  key: keyof Row & string;
  label: Wording;
  kind: ColumnKind;
  /** Of a `code`: what people call it. One without words stays as it is. */
  words?: Readonly<Record<string, Wording>>;
};

/** A list as a file: its name (part of the file's) and its columns in order. */
export type Report<Row> = { name: Wording; columns: readonly Column<Row>[] };

/** For whom a file is written. */
export type Look = {
  language: Language;
  /** Of the `amount` columns. */
  currency: CurrencyCode;
  /** IANA name: the one in which instants are shown. */
  timeZone: string;
};

export const exportFormats = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a `date` column holds, in ms; null where there is none. */
export function instantOf(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value : Date.parse(String(value));
  return Number.isNaN(ms) ? null : ms;
}

const yesNo = { true: { fr: 'oui', en: 'yes' }, false: { fr: 'non', en: 'no' } } as const;

/** The words of a cell that is no figure and no date. */
export function wordsOf<Row>(column: Column<Row>, value: unknown, language: Language): string {
  if (value === null || value === undefined) return '';
  if (column.kind === 'flag') return yesNo[value === true ? 'true' : 'false'][language];
  const text = String(value);
  if (column.kind === 'code') return column.words?.[text]?.[language] ?? text;
  // Apart as on the card: ten digits together lose their leading zero in a spreadsheet.
  return column.kind === 'card' && text.length === 10
    ? `${text.slice(0, 4)} ${text.slice(4, 8)} ${text.slice(8)}`
    : text;
}
