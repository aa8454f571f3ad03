import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a scenario is given: a pcscd of its own, and a way to report facts to the test that asserts on them. */
export type PcscNamespace = {
  pcscd: Pcscd;
  /** TCP ports of the two slots of vsmartcard's virtual reader. */
  ports: readonly [number, number];
  /** One JSON line to the caller of `inPcscNamespace`. */
  report(line: Record<string, unknown>): void;
};

/** A scenario module's default export. */
export type PcscScenario = (inside: PcscNamespace, args: string[]) => Promise<void>;

export type Pcscd = {
  /**
   * Starts pcscd and resolves when it listens. `readers: false`: as if no reader were plugged in.
   * (vpcd's readers cannot come or go under a running pcscd: pcscd rescans USB only.)
   */
  start(options?: { readers?: boolean }): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Freezes and thaws the process. */
  pause(): void;
  resume(): void;
};

export type ScenarioOutcome = { exitCode: number | null; lines: Record<string, unknown>[]; stderr: string };

const APT = 'apt-get install -y pcscd vsmartcard-vpcd libpcsclite1 iproute2 util-linux';
const DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const SOCKET = '/run/pcscd/pcscd.comm';
const CONFIGURATION = '/run/pcscd/readers';
const PORTS = [35963, 35964] as const;
const VPCD = `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${PORTS[0]}\nLIBPATH ${DRIVER}\nCHANNELID ${PORTS[0]}\n`;
const INSIDE = fileURLToPath(new URL('./pcscd-inside.ts', import.meta.url));

/** What this machine lacks to run a real pcscd apart from everything else, as a sentence that says what to do; else undefined. */
export function missingForPcsc(): string | undefined {
  const missing = ['pcscd', 'unshare', 'mount', 'ip'].filter(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined,
  );
  if (!existsSync(DRIVER)) missing.push('the vpcd driver');
  if (missing.length > 0) return `Missing: ${missing.join(', ')}. Run as root: ${APT}`;
  if (spawnSync('unshare', ['-mnp', '--fork', 'true']).status !== 0)
    return 'Namespaces are refused: run the tests as root.';
  return undefined;
}

/**
 * Runs `script` (an absolute path or a file URL; its default export, if any, is a PcscScenario) beside a real pcscd with vsmartcard's readers, in
 * namespaces of its own: its mounts, its loopback, its processes. Nothing is shared with the machine, so any number may
 * run at once, and whatever happens all its processes end with it. Throws where the machine cannot do that.
 */
export async function inPcscNamespace(
  script: string | URL,
  args: readonly string[] = [],
  { timeoutMs = 60_000, onLine }: { timeoutMs?: number; onLine?: (line: Record<string, unknown>) => void } = {},
): Promise<ScenarioOutcome> {
  const missing = missingForPcsc();
  if (missing !== undefined) throw new Error(missing);
  const path = script instanceof URL || script.startsWith('file:') ? fileURLToPath(script) : script;
  const namespaces = ['-mnp', '--mount-proc', '--fork', '--kill-child'];
  const child = spawn('unshare', [...namespaces, '--', process.execPath, INSIDE, path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const lines: Record<string, unknown>[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-20_000);
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseLine(text);
    if (!line) return;
    lines.push(line);
    onLine?.(line);
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { exitCode, lines, stderr };
}

/** For code inside the namespace: makes it fit for a pcscd, without starting one. */
export function preparePcscNamespace(): Pcscd {
  mkdirSync('/run/pcscd', { recursive: true });
  run('mount', ['-t', 'tmpfs', 'tmpfs', '/run/pcscd']);
  run('ip', ['link', 'set', 'lo', 'up']);
  mkdirSync(CONFIGURATION);
  return createPcscd();
}

export const pcscPorts = PORTS;

function createPcscd(): Pcscd {
  let child: ChildProcess | undefined;
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  };
  return {
    async start({ readers = true } = {}) {
      rmSync(SOCKET, { force: true });
      writeFileSync(`${CONFIGURATION}/vpcd`, readers ? VPCD : '# no reader\n');
      const started = spawn('pcscd', ['--foreground', '--config', CONFIGURATION], { stdio: ['ignore', 'ignore', 2] });
      child = started;
      await until(() => existsSync(SOCKET) && started.exitCode === null, 'pcscd to listen');
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
  };
}

function parseLine(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function run(program: string, args: string[]): void {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`);
}

/** Polls for a condition, for five seconds at most. */
export async function until(condition: () => boolean, what: string, timeoutMs = 5_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
