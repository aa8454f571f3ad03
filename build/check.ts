import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { verbs } from '#electron/cli/verbs/index.ts';
import manifest from '../package.json' with { type: 'json' };
import { checkDirections } from './check/directions.ts';
import { runProgram } from './check/program.ts';
import { uncheckedJson } from './check/unchecked-json.ts';
import { repositoryFiles, root } from './files.ts';
import { foldersWithoutReadme, readmeFaults } from './readme/faults.ts';
import { withVerbTable } from './readme/verb-table.ts';

/** One check: gives the faults it found, each a line or more of text. */
type Check = () => Promise<string[]>;

const files = repositoryFiles().filter((file) => existsSync(path.join(root, file)));
const code = files.filter((file) => /\.tsx?$/.test(file));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const checks: Record<string, Check> = {
  'lint and format': () =>
    runProgram('node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '--colors=off']),
  types: () => runProgram('node_modules/typescript/bin/tsc', ['--noEmit', '--pretty', 'false']),
  'dead code': () => runProgram('node_modules/knip/bin/knip.js', ['--no-progress']),
  'import directions': importDirections,
  'unchecked JSON': async () =>
    code
      .filter((file) => !file.startsWith('test/') && !/\.test\.tsx?$/.test(file))
      .flatMap((file) => uncheckedJson(read(file), file).map((call) => `${file}: ${call} without a schema gives any`)),
  READMEs: async () => [
    ...(withVerbTable(read('README.md'), verbs) === read('README.md')
      ? []
      : ['README.md: the verbs are not the command’s own: npx node build/readme-verbs.ts']),
    ...foldersWithoutReadme(files).map((folder) => `${folder}: no README.md`),
    ...files
      .filter((file) => path.basename(file) === 'README.md')
      .flatMap((file) =>
        readmeFaults(file, read(file), { exists: existsHere, scripts: Object.keys(manifest.scripts) }),
      ),
  ],
};

const wanted = process.argv.slice(2);
const chosen = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const started = performance.now();
const results = await Promise.all(
  chosen.map(async ([name, check]) => {
    const faults = await check();
    return { name, faults, seconds: (performance.now() - started) / 1000 };
  }),
);

for (const { name, faults, seconds } of results) {
  console.log(`${faults.length === 0 ? 'ok    ' : 'FAULTS'}  ${name} (${seconds.toFixed(1)} s)`);
  for (const fault of faults) console.log(fault.replaceAll(/^/gm, '        '));
}
if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;

function existsHere(file: string): boolean {
  return existsSync(path.join(root, file));
}

async function importDirections(): Promise<string[]> {
  const layers = [...new Set(code.filter((file) => file.includes('/')).map((file) => file.split('/')[0]!))];
  const report = await checkDirections(root, layers);
  // A checker that cannot read TypeScript sees nothing and finds nothing wrong.
  const unseen = code.filter((file) => file.includes('/') && !report.files.includes(file));
  const seen = report.files.length === 0 ? ['no file was seen'] : [];
  return [...seen, ...unseen.map((file) => `${file} was not seen`), ...report.violations];
}
