import type { BenchRow } from './row.ts';

/** The report as it is kept: one table, as measured. */
export function reportText(rows: readonly BenchRow[], machine: string, day: string): string {
  const cells = rows.map(({ id, value, unit, reference, ratio, goal, met, note }) => [
    id,
    `${value} ${unit}`,
    reference === null ? '' : `${reference} ${unit}`,
    ratio === null ? '' : `${ratio} x`,
    goal ?? '',
    met === null ? '' : met ? 'yes' : '**no**',
    note,
  ]);
  return [
    '# Bench report',
    '',
    `Written by \`npm run bench\` on ${day}: ${machine}. Figures as measured; nothing is tuned by hand.`,
    '',
    '| id | value | reference | ratio | goal | met | what is measured |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...cells.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}
