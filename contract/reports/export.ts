import type { ExportFormat, Look, Report } from './columns.ts';
import { csvLines } from './csv.ts';
import { sheetXml } from './xlsx/sheet.ts';
import { sheetPath, workbookParts } from './xlsx/workbook.ts';
import { type ZipTools, zipped } from './xlsx/zip.ts';

/** More rows than this no file takes: Excel's own limit is 1,048,576. */
export const maxExportRows = 1_000_000;

export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

const utf8 = new TextEncoder();

type Batches<Row> = AsyncIterable<readonly Row[]>;

/**
 * A list as a file, a piece for each batch of rows: it is never in memory whole, whatever its size. CSV and XLSX hold what the
 * columns say, for people; JSON holds each row as it is (minor units, RFC 3339), for programs.
 */
export function exported<Row>(
  format: ExportFormat,
  report: Report<Row>,
  look: Look,
  batches: Batches<Row>,
  tools: ZipTools,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (format === 'csv') return csvFile(report, look, batches);
  return format === 'json' ? jsonFile(batches) : xlsxFile(report, look, batches, tools);
}

async function* csvFile<Row>(report: Report<Row>, look: Look, batches: Batches<Row>) {
  const { head, line } = csvLines(report, look);
  yield utf8.encode(head);
  for await (const rows of batches) yield utf8.encode(rows.map(line).join(''));
}

/** One array, a row a line: readable by a JSON parser whole, and by anything else line by line. */
async function* jsonFile<Row>(batches: Batches<Row>) {
  let before = '[\n';
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield utf8.encode(before + rows.map((row) => JSON.stringify(row)).join(',\n'));
    before = ',\n';
  }
  yield utf8.encode(before === '[\n' ? '[]\n' : '\n]\n');
}

function xlsxFile<Row>(report: Report<Row>, look: Look, batches: Batches<Row>, tools: ZipTools) {
  const parts = workbookParts(report.name[look.language]).map(([path, xml]) => ({ path, content: once(xml) }));
  return zipped([...parts, { path: sheetPath, content: sheet(report, look, batches) }], tools);
}

async function* once(text: string) {
  yield utf8.encode(text);
}

async function* sheet<Row>(report: Report<Row>, look: Look, batches: Batches<Row>) {
  const { head, line, tail } = sheetXml(report, look);
  yield utf8.encode(head);
  let number = 1;
  for await (const rows of batches) {
    yield utf8.encode(rows.map((row) => line(row, ++number)).join(''));
  }
  yield utf8.encode(tail);
}

/** `transactions-2026-11-01-2026-11-30.csv`: letters, digits and hyphens, whatever the parts hold. */
export const fileName = (format: ExportFormat, ...parts: readonly (string | null | undefined)[]): string => {
  const words = parts.filter((part) => part).map((part) => part!.normalize('NFD').replace(/[\u0300-\u036f]/g, ''));
  return `${words
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)}.${format}`;
};
