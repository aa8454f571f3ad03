import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { electronProgram } from '#electron/cli/launch/electron-program.ts';
import { testTitlesOf } from './capabilities/test-titles.ts';
import { repositoryFiles, root } from './files.ts';
import { buildScreens } from './renderer/build.ts';
import { type Counts, closingLine, sum } from './test/counts.ts';
import { debianInstaller, provision } from './test/provision.ts';
import { type Project, systemParts } from './test/system-parts.ts';
import { runProject } from './test/vitest-run.ts';

const projects: readonly Project[] = ['unit', 'integration', 'e2e'];
const isCi = process.env.CI === 'true';

const missing = provision(systemParts, debianInstaller());
// Once for all, for the tests that open the screens or pack the app.
await buildScreens();

const counts: Counts[] = [];
for (const project of projects) {
  const lacking = missing.filter((part) => part.neededBy.includes(project)).map((part) => part.name);
  console.log(`\n== ${project}`);
  counts.push(lacking.length === 0 ? await runProject(project) : notRun(project, lacking));
}
if (electronProgram(process.env.ELECTRON_OVERRIDE_DIST_PATH) === null) {
  console.log("\nElectron's binary is not on this machine: test/electron/real.test.ts did not run and is not counted.");
}

const total = sum(counts);
console.log(`\n${closingLine(total)}`);
if (total.failed > 0) process.exitCode = 1;

/** A missing part is a failure where everything can be installed, else each test that leans on it is counted as skipped. */
function notRun(project: Project, lacking: readonly string[]): Counts {
  console.log(`not run: missing ${lacking.join(', ')}`);
  if (isCi) return { passed: 0, failed: 1, skipped: 0 };
  const folders = project === 'e2e' ? ['test/e2e/'] : ['test/integration/', 'test/faults/', 'test/electron/'];
  const files = repositoryFiles().filter(
    (file) =>
      file.endsWith('.test.ts') &&
      folders.some((folder) => file.startsWith(folder)) &&
      existsSync(path.join(root, file)),
  );
  const tests = files.flatMap((file) => testTitlesOf(readFileSync(path.join(root, file), 'utf8'), file));
  return { passed: 0, failed: 0, skipped: tests.length };
}
