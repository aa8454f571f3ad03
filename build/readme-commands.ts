import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryFiles, root } from './files.ts';
import { type BlockMode, commandBlocksOf, withoutSteps } from './readme/commands.ts';
import { endsWithin, runCommand, startCommand } from './readme/run-command.ts';

/**
 * Runs every command of every README. `--done "npm ci"` names a step that has been run, or will be, by who calls this.
 * Commands marked `with-demo` share one demonstration; all of them work in data folders of their own.
 */
const done = process.argv.flatMap((word, at) => (process.argv[at - 1] === '--done' ? [word] : []));
const commandTimeoutMs = 600_000;
const readyTimeoutMs = 180_000;
const demonstration = 'npx node electron/cli/main.ts demo --no-open';

interface Job {
  where: string;
  command: string;
  mode: BlockMode;
}

const jobs = jobsOf(repositoryFiles().filter((file) => path.basename(file) === 'README.md'));
const failures: string[] = [];
let ran = 0;

for (const job of jobs.filter(({ mode }) => mode.kind === 'no-run')) {
  console.log(`not run  ${job.where}: ${job.command} (${job.mode.kind === 'no-run' ? job.mode.reason : ''})`);
}
for (const job of jobs)
  if (job.mode.kind === 'plain' || job.mode.kind === 'until') await withOwnData((env) => run(job, env));
const besideDemo = jobs.filter(({ mode }) => mode.kind === 'with-demo');
if (besideDemo.length > 0) await withOwnData((environment) => runBesideDemo(besideDemo, environment));

console.log(`\nREADMEs: ${ran} commands ran, ${failures.length} went wrong`);
for (const failure of failures) console.log(`  ${failure}`);
if (failures.length > 0) process.exitCode = 1;

function jobsOf(files: readonly string[]): Job[] {
  const byCommand = new Map<string, Job>();
  for (const file of files.filter((name) => existsSync(path.join(root, name)))) {
    for (const block of commandBlocksOf(file, readFileSync(path.join(root, file), 'utf8'))) {
      for (const whole of block.commands) {
        const command = withoutSteps(whole, done);
        const where = `${file}:${block.line}`;
        if (command === '') console.log(`done     ${where}: ${whole}`);
        else if (!byCommand.has(command)) byCommand.set(command, { where, command, mode: block.mode });
      }
    }
  }
  return [...byCommand.values()];
}

async function run(job: Job, environment: NodeJS.ProcessEnv): Promise<void> {
  const started = performance.now();
  const until = job.mode.kind === 'until' ? { until: job.mode.text } : {};
  const timeoutMs = job.mode.kind === 'until' ? readyTimeoutMs : commandTimeoutMs;
  const { ok, why, output } = await runCommand(job.command, { environment, timeoutMs, ...until });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  ran++;
  console.log(`${ok ? 'ok      ' : 'FAILED  '} ${job.where}: ${job.command} (${seconds} s)${ok ? '' : `: ${why}`}`);
  if (ok) return;
  failures.push(`${job.where}: ${job.command}: ${why}`);
  console.log(output.replaceAll(/^/gm, '         | '));
}

async function runBesideDemo(group: readonly Job[], environment: NodeJS.ProcessEnv): Promise<void> {
  const demo = startCommand(demonstration, environment);
  if (await demo.seen('/till/', readyTimeoutMs)) {
    for (const job of group) await run(job, environment);
  } else {
    failures.push(`the demonstration was not ready: ${demo.output()}`);
  }
  demo.interrupt();
  if (!(await endsWithin(demo, 30_000))) failures.push('the demonstration did not end when interrupted');
}

async function withOwnData(work: (environment: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  try {
    await work({ ...process.env, COMPTOIR_DATA: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
