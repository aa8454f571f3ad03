import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { KeyStore } from './keys/index.ts';
import type { Log } from './log.ts';
import type { OpenError } from './store/index.ts';
import type { Fetch } from './sync/index.ts';
import type { ShiftableClock } from './system-clock.ts';

/** Time, randomness, network and disk: all that the service takes from the world. */
export type World = {
  dataDir: string;
  pid: number;
  clock: ShiftableClock;
  /** Time that goes on while the machine sleeps; absent: the monotonic clock does. */
  elapsedMs?: () => number;
  randomBytes: (length: number) => Uint8Array;
  fetch: Fetch;
  timeZone: string;
  /** Where the data key is held; a file where the operating system lends no key store. */
  keyStore: KeyStore | null;
  log: Log;
  version: string;
  demo: DemoSetup | null;
  /** A training till: simulated devices, FACTICE on every ticket, and a stand-in for the server that signs with this. */
  training?: { sign: (bytes: Uint8Array) => string };
};

export type ComposeError = OpenError | { type: 'KeysUnreadable'; cause: string };
