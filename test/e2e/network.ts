import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { root } from '#build/files.ts';

const Ready = z.object({
  ok: z.literal(true),
  value: z.object({
    tillUrl: z.string(),
    officeUrl: z.string(),
    staff: z.array(z.object({ code: z.string(), pin: z.string(), role: z.string() })),
  }),
});

const Done = z.object({ ok: z.literal(true) });

/** A whole demonstration network in its own folder: database, central server, resident service, simulated devices. */
export type Network = z.infer<typeof Ready>['value'] & {
  data: string;
  pinOf: (code: string) => string;
  /** Runs the command against it and gives what it printed; a refusal is no throw. */
  comptoir: (...args: string[]) => Promise<unknown>;
  /** Drives the simulated devices. Throws when the command refuses: a test must not wait for what was never done. */
  simulate: (...args: string[]) => Promise<void>;
  /** A sale by the command, as the cashier. */
  sale: (amount: string) => Promise<unknown>;
  stop: () => Promise<void>;
};

const main = path.join(root, 'electron/cli/main.ts');
const startWithinMs = 110_000;

/** Starts what `comptoir demo` starts, and waits for its one document. */
export async function startNetwork(): Promise<Network> {
  const data = mkdtempSync(path.join(tmpdir(), 'comptoir-e2e-'));
  const child = spawn(process.execPath, [main, 'demo', '--no-open', '--json', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { value } = Ready.parse(JSON.parse(await documentOf(child)));
  return {
    ...value,
    data,
    pinOf: (code) => value.staff.find((staff) => staff.code === code)?.pin ?? '',
    comptoir: (...args) => runCommand(data, args),
    simulate: async (...args) => {
      const answer = await runCommand(data, ['simulate', ...args]);
      if (!Done.safeParse(answer).success) throw new Error(`simulate ${args.join(' ')}: ${JSON.stringify(answer)}`);
    },
    sale: (amount) =>
      runCommand(
        data,
        ['sale', '--amount', amount, '--staff', 'cashier', '--pin-stdin'],
        `${value.staff.find(({ code }) => code === 'cashier')?.pin}\n`,
      ),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function documentOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    let said = '';
    const tooLate = setTimeout(() => reject(new Error(`the demonstration did not start: ${said}`)), startWithinMs);
    child.stderr?.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-4_000);
    });
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk);
      if (!isDocument(printed)) return;
      clearTimeout(tooLate);
      resolve(printed);
    });
    child.once('exit', (status) => reject(new Error(`the demonstration ended with ${status}: ${said}`)));
  });
}

function isDocument(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as unknown) === 'object';
  } catch {
    return false;
  }
}

function runCommand(data: string, args: string[], input = ''): Promise<unknown> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args, '--json', '--data', data], { cwd: root }, (_, stdout) => {
      const document: unknown = isDocument(stdout) ? JSON.parse(stdout) : { ok: false, stdout };
      resolve(document);
    });
    child.stdin?.end(input);
  });
}
