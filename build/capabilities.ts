import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import mission from './capabilities/mission.json' with { type: 'json' };
import { reportOf } from './capabilities/report.ts';
import { testTitlesOf } from './capabilities/test-titles.ts';
import { repositoryFiles, root } from './files.ts';

const texts: Record<string, string> = mission;
const testFiles = repositoryFiles().filter((file) => /\.test\.tsx?$/.test(file) && existsSync(path.join(root, file)));
const tests = testFiles.flatMap((file) => testTitlesOf(readFileSync(path.join(root, file), 'utf8'), file));
const { report, unknown } = reportOf(Object.keys(texts), tests);

for (const { id, title } of unknown) console.error(`no such line in the mission: ${id}, in "${title}"`);
if (unknown.length > 0) process.exitCode = 1;

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(report));
} else {
  const shown = Object.entries(report).filter(([, titles]) => titles.length > 0);
  for (const [id, titles] of shown) {
    console.log(`${id}  ${texts[id]}`);
    for (const title of titles) console.log(`     ${title}`);
  }
  const missing = Object.keys(report).filter((id) => report[id]?.length === 0);
  console.log(`\nWith no test yet (${missing.length}): ${missing.join(' ')}`);
  console.log(
    `${shown.length} of ${Object.keys(report).length} lines of the mission are named by a test, in ${tests.length} tests read.`,
  );
}
