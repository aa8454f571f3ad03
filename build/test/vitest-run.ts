import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../files.ts';
import { type Counts, countsOf } from './counts.ts';
import type { Project } from './system-parts.ts';

/** Runs one project of vitest.config.ts, its own report on the terminal, and counts its tests. */
export async function runProject(project: Project): Promise<Counts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-tests-'));
  const reportFile = path.join(folder, 'report.json');
  try {
    const exitCode = await exitCodeOf(project, reportFile);
    const text = await readFile(reportFile, 'utf8').catch(() => 'null');
    return countsOf(JSON.parse(text), exitCode);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function exitCodeOf(project: Project, reportFile: string): Promise<number | null> {
  const program = path.join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, [program, 'run', '--project', project, ...reporters], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
