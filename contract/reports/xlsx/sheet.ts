import { currencies } from '#contract/money/index.ts';
import { type Column, type ColumnKind, instantOf, type Look, type Report, wordsOf } from '../columns.ts';
import { type LocalTime, localTimeIn } from '../local-time.ts';
import { cellStyles } from './workbook.ts';
import { xmlText } from './xml.ts';

/** Excel counts days from 30 December 1899 (its own 29 February 1900 makes it so). */
const excelEpochMs = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;
/** Of a column, in characters. */
const widthOf: Readonly<Record<ColumnKind, number>> = {
  text: 18,
  code: 16,
  card: 14,
  day: 12,
  date: 19,
  amount: 14,
  points: 10,
  integer: 10,
  flag: 8,
};

export type SheetXml<Row> = { head: string; line: (row: Row, number: number) => string; tail: string };

/**
 * A worksheet (ECMA-376, part 1, 18.3) in pieces, so that it need never be in memory whole: its head with the frozen row of names, a
 * row of cells each, its tail. Text lies in the cell (`inlineStr`): it is never a formula, whatever it begins with.
 * `number` counts from 2; the names are row 1.
 */
export function sheetXml<Row>({ columns }: Report<Row>, look: Look): SheetXml<Row> {
  const cells = columns.map((column) => cellWriter(column, look));
  const widths = columns.map(
    ({ kind }, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf[kind]}" customWidth="1"/>`,
  );
  const letters = columns.map((_, at) => columnLetters(at));
  const names = columns.map(({ label }, at) => textCell(`${letters[at]}1`, label[look.language], cellStyles.heading));
  return {
    head: `${sheetStart}<cols>${widths.join('')}</cols><sheetData><row r="1">${names.join('')}</row>`,
    line: (row, number) => {
      let text = `<row r="${number}">`;
      for (let at = 0; at < columns.length; at++) text += cells[at]!(letters[at]! + number, row[columns[at]!.key]);
      return `${text}</row>`;
    },
    tail: '</sheetData></worksheet>',
  };
}

const sheetStart =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">' +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

type CellWriter = (place: string, value: unknown) => string;

const figure = (place: string, value: number, style: number) => `<c r="${place}" s="${style}"><v>${value}</v></c>`;
const textCell = (place: string, text: string, style: number) =>
  text === ''
    ? ''
    : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

function cellWriter<Row>(column: Column<Row>, look: Look): CellWriter {
  switch (column.kind) {
    case 'integer':
    case 'points':
      return (place, value) => (typeof value === 'number' ? figure(place, value, cellStyles.integer) : '');
    case 'amount': {
      const { exponent } = currencies[look.currency];
      const style = cellStyles.amounts[exponent]!;
      return (place, value) => (typeof value === 'number' ? figure(place, value / 10 ** exponent, style) : '');
    }
    case 'date':
      return dateCells(localTimeIn(look.timeZone), cellStyles.date);
    case 'day':
      return dateCells((ms) => ms, cellStyles.day);
    default:
      return (place, value) => textCell(place, wordsOf(column, value, look.language), cellStyles.text);
  }
}

const dateCells =
  (local: LocalTime, style: number): CellWriter =>
  (place, value) => {
    const ms = instantOf(value);
    return ms === null ? '' : figure(place, excelDays(local(ms)), style);
  };

/** A quarter of a millisecond more: a reader that cuts the fraction off, instead of rounding it, then still finds the millisecond. */
const excelDays = (localMs: number): number => (localMs + 0.25 - excelEpochMs) / dayMs;

/** A, B … Z, AA: at most 702 columns. */
const columnLetters = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : columnLetters(Math.floor(at / 26) - 1) + columnLetters(at % 26);
