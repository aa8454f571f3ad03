import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Two pseudo-terminals joined by socat: what is written to one is read from the other, as on a crossed serial cable. */
export type PtyPair = {
  /** Paths of the two ends; they stay the same when the pair is plugged in again. */
  readonly host: string;
  readonly device: string;
  /** Pulls the cable: both ends go away. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
};

const START_ROUNDS_MAX = 200;
const ROUND_MS = 25;
const LIFETIME_S = 300;

async function start(host: string, device: string): Promise<ChildProcess> {
  const ends = [host, device].map((link) => `pty,raw,echo=0,link=${link}`);
  // Bounded by itself too: a test run that is killed leaves no socat behind for long.
  const socat = spawn('timeout', [String(LIFETIME_S), 'socat', '-d', '-d', ...ends], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  socat.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2000);
  });
  for (let round = 0; round < START_ROUNDS_MAX && socat.exitCode === null; round++) {
    // The links are there before this; what is written in between is lost.
    if (said.includes('starting data transfer loop')) return socat;
    await pause(ROUND_MS);
  }
  socat.kill('SIGTERM');
  throw new Error(`socat made no pseudo-terminals: ${said}`);
}

/** Makes a pair whose ends are links in `folder`. Debian: package socat. Unplug it at the end of the test. */
export async function ptyPair(folder: string): Promise<PtyPair> {
  const [host, device] = [`${folder}/host`, `${folder}/device`];
  let socat: ChildProcess | null = await start(host, device);
  return {
    host,
    device,
    async unplug() {
      const running = socat;
      socat = null;
      if (running === null || running.exitCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGTERM');
      await ended;
    },
    async plug() {
      socat ??= await start(host, device);
    },
  };
}
