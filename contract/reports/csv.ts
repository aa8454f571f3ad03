import { type CurrencyCode, currencies, type Language } from '#contract/money/index.ts';
import { type Column, instantOf, type Look, type Report, wordsOf } from './columns.ts';
import { localTexts, localTimeIn } from './local-time.ts';

/** Excel takes a file for UTF-8 by this alone. */
export const byteOrderMark = '\ufeff';
/** What Excel expects where the decimal sign is a comma, and where it is not. */
const separatorOf: Readonly<Record<Language, string>> = { fr: ';', en: ',' };
const endOfLine = '\r\n';

export type CsvLines<Row> = { head: string; line: (row: Row) => string };

/**
 * A list as CSV (RFC 4180): a head that begins the file, then a line per row, each with its end. Text that a spreadsheet would take
 * for a formula is neutralised; figures stay figures, with the decimal sign of the language.
 */
export function csvLines<Row>({ columns }: Report<Row>, look: Look): CsvLines<Row> {
  const separator = separatorOf[look.language];
  const cells = columns.map((column) => cellWriter(column, look));
  const labels = columns.map(({ label }) => quoted(label[look.language], separator));
  return {
    head: `${byteOrderMark}${labels.join(separator)}${endOfLine}`,
    line: (row) => {
      let text = '';
      for (let at = 0; at < columns.length; at++) {
        if (at > 0) text += separator;
        text += cells[at]!(row[columns[at]!.key]);
      }
      return text + endOfLine;
    },
  };
}

function cellWriter<Row>(column: Column<Row>, look: Look): (value: unknown) => string {
  const separator = separatorOf[look.language];
  switch (column.kind) {
    case 'integer':
    case 'points':
      return (value) => (typeof value === 'number' ? String(value) : '');
    case 'amount':
      return (value) => (typeof value === 'number' ? decimal(value, look.currency, look.language) : '');
    case 'date': {
      const text = localTexts(localTimeIn(look.timeZone));
      return (value) => {
        const ms = instantOf(value);
        return ms === null ? '' : text(ms);
      };
    }
    default:
      return (value) => quoted(neutral(wordsOf(column, value, look.language)), separator);
  }
}

/** Minor units as a plain decimal number: `-12,50` in French, `-12.50` in English, `1250` where the currency has no decimals. */
export function decimal(amountMinor: number, currency: CurrencyCode, language: Language): string {
  const { exponent } = currencies[currency];
  if (exponent === 0) return String(amountMinor);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const figure = `${digits.slice(0, -exponent)}${language === 'fr' ? ',' : '.'}${digits.slice(-exponent)}`;
  return amountMinor < 0 ? `-${figure}` : figure;
}

/** A name that begins like a formula must not become one: an apostrophe tells the spreadsheet that it is text (OWASP, CSV injection). */
const neutral = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

function quoted(text: string, separator: string): string {
  const plain = !text.includes(separator) && !/["\r\n]/.test(text) && !/^\s|\s$/.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}
