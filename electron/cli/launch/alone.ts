import { type Outcome, refused } from '../outcome.ts';
import type { AloneCall, Options } from '../verb.ts';
import { type Child, startChild } from './child.ts';
import { prepareDataFolder } from './data-folder.ts';
import { programs, screensAreBuilt, screensDir } from './places.ts';
import { startRefusal } from './start-refusal.ts';

const stopWithinMs = 15_000;

/** Options that a program understands under the same name. */
const passedOn = (options: Options, names: string[]): string[] =>
  names.flatMap((name) => (typeof options[name] === 'string' ? [`--${name}`, options[name]] : []));

/** `comptoir central`: the central server until it is interrupted. */
export async function runCentral(call: AloneCall): Promise<Outcome> {
  const unusable = prepareDataFolder(call.dataDir);
  if (unusable) return refused(unusable);
  const args = ['--data', call.dataDir, ...passedOn(call.options, ['database', 'port', 'host', 'smtp', 'public-url'])];
  return runUntilInterrupted(call, startChild(programs.central, args, call.progress));
}

/** `comptoir service`: the resident service until it is interrupted. */
export async function runService(call: AloneCall): Promise<Outcome> {
  const unusable = prepareDataFolder(call.dataDir);
  if (unusable) return refused(unusable);
  const screens = screensAreBuilt() ? ['--screens', screensDir] : [];
  const args = ['--data', call.dataDir, ...screens, ...passedOn(call.options, ['port'])];
  return runUntilInterrupted(call, startChild(programs.service, args, call.progress));
}

async function runUntilInterrupted(call: AloneCall, child: Child): Promise<Outcome> {
  const { ready, ...value } = await child.ready;
  if (!ready) return startRefusal({ ready, ...value }, call.dataDir);
  const document = { data: call.dataDir, ...value };
  process.stdout.write(
    call.json ? `${JSON.stringify({ ok: true, value: document })}\n` : `${Object.values(document).join('  ')}\n`,
  );
  const ending = await Promise.race([interrupted().then(() => 'asked'), child.exited.then(() => 'alone')]);
  await child.stop(stopWithinMs);
  return { status: 'ended', exitStatus: ending === 'asked' ? 0 : 1 };
}

/** Resolves at the first SIGINT or SIGTERM. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
