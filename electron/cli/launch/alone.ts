import { TillError } from '#contract/till/errors.ts';
import { type Outcome, refused } from '../outcome.ts';
import type { AloneCall, Options } from '../verb.ts';
import { type Child, startChild } from './child.ts';
import { programs, screensAreBuilt, screensDir } from './places.ts';

const stopWithinMs = 15_000;

/** Options that a program understands under the same name. */
const passedOn = (options: Options, names: string[]): string[] =>
  names.flatMap((name) => (typeof options[name] === 'string' ? [`--${name}`, options[name]] : []));

/** `comptoir central`: the central server until it is interrupted. */
export function runCentral(call: AloneCall): Promise<Outcome> {
  const args = ['--data', call.dataDir, ...passedOn(call.options, ['database', 'port', 'host'])];
  return runUntilInterrupted(call, startChild(programs.central, args, call.progress));
}

/** `comptoir service`: the resident service until it is interrupted. */
export function runService(call: AloneCall): Promise<Outcome> {
  const screens = screensAreBuilt() ? ['--screens', screensDir] : [];
  const args = ['--data', call.dataDir, ...screens, ...passedOn(call.options, ['port'])];
  return runUntilInterrupted(call, startChild(programs.service, args, call.progress));
}

async function runUntilInterrupted(call: AloneCall, child: Child): Promise<Outcome> {
  const { ready, error, ...value } = await child.ready;
  if (!ready) return refusalOf(error);
  const document = { data: call.dataDir, ...value };
  process.stdout.write(
    call.json ? `${JSON.stringify({ ok: true, value: document })}\n` : `${Object.values(document).join('  ')}\n`,
  );
  await Promise.race([interrupted(), child.exited]);
  await child.stop(stopWithinMs);
  process.exit(0);
}

/** A start refused by one of our programs, in its own words. */
export function refusalOf(error: unknown): Outcome {
  const said = TillError.safeParse(error);
  return refused(
    said.success
      ? said.data
      : { type: 'CentralUnreachable', facts: { what: JSON.stringify(error ?? null).slice(0, 200) } },
  );
}

export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
