import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/files.ts';
import { benches } from './benches.ts';
import { machineFacts } from './machine.ts';
import { reportText } from './report.ts';
import type { BenchRow } from './row.ts';

/**
 * `npm run bench`: every figure, written to REPORT.md. `--only ID` measures that one and writes nothing; `--json` prints
 * the rows as one document.
 */
const asJson = process.argv.includes('--json');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const chosen = benches.filter(({ ids }) => only === undefined || ids.includes(only));
if (chosen.length === 0) {
  console.error(`no such figure: ${only}. There are: ${benches.flatMap(({ ids }) => ids).join(', ')}`);
  process.exit(2);
}

const rows: BenchRow[] = [];
for (const bench of chosen) {
  console.error(`measuring ${bench.ids.join(', ')} …`);
  rows.push(...(await bench.rows()));
}
const shown = rows.filter(({ id }) => only === undefined || id === only);

if (only === undefined) {
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(path.join(root, 'test/bench/REPORT.md'), reportText(rows, machineFacts(), day));
  writeFileSync(
    path.join(root, 'bench-report.json'),
    `${JSON.stringify({ machine: machineFacts(), day, rows }, null, 2)}\n`,
  );
}
if (asJson) console.log(JSON.stringify({ rows: shown }));
else console.table(shown.map(({ note: _note, ...figures }) => figures));
