import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';

/**
 * A DESFire card and a reader of it, both in Python and without anything of ours (`independent_desfire/`): the card lays
 * itself on vpcd's reader and keeps its contents in a file, each laying a process of its own.
 */

// Debian's own, for which Debian's python3-cryptography is: another on the path may lack it.
const PYTHON = '/usr/bin/python3';
const CRYPTOGRAPHY = '/usr/lib/python3/dist-packages/cryptography';
const APT = 'apt-get install -y python3 python3-cryptography';
const program = (name: string) => join(import.meta.dirname, 'independent_desfire', name);

export const missingForIndependentCard = (): string | undefined =>
  existsSync(PYTHON) && existsSync(CRYPTOGRAPHY) ? undefined : `Run as root: ${APT}`;

/** Where and how it is pulled: at the `nth` command `at` (instruction, hex; the commit unless said) since it was laid. */
export type Tear = { moment: 'before' | 'after'; nth?: number; at?: string };
export type Laying = { port: number; tear?: Tear; contact?: boolean };

/** A card that lies there. It may have been pulled already. */
export type LaidIndependentCard = { remove(): Promise<void> };

export class IndependentCard {
  readonly #folder = mkdtempSync(join(tmpdir(), 'independent-card-'));
  readonly #uid: string;

  /** @param uid 7 bytes, hex */
  constructor(uid: string) {
    this.#uid = uid;
  }

  /** Lays it on the reader; blank the first time, then as it was left. Throws with what it said when it cannot lie there. */
  async lay({ port, tear, contact = false }: Laying): Promise<LaidIndependentCard> {
    const { moment, at = 'c7', nth = 1 } = tear ?? {};
    const torn = moment ? ['--tear', moment, '--at', at, '--nth', String(nth)] : [];
    const words = ['--port', String(port), '--uid', this.#uid, '--state', join(this.#folder, 'card')];
    const child = spawn(PYTHON, ['-B', program('vpcd.py'), ...words, ...torn, ...(contact ? ['--contact'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
    });
    const gone = once(child, 'exit');
    const line = await Promise.race([once(createInterface(child.stdout), 'line'), gone]);
    if (line[0] !== 'laid') throw new Error(`the independent card did not come: ${said}`);
    const remove = async () => {
      child.kill();
      await gone;
      // A card that broke is a fault of the model, which must not pass for a torn one.
      if (said !== '') throw new Error(said);
    };
    return { remove };
  }

  /** Throws it away. */
  destroy(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const Read = z.object({
  network: z.int(),
  cardData: z.int(),
  operation: z.string(),
  counter: z.int(),
  balance: z.int(),
  points: z.int(),
  sameCard: z.boolean(),
  intention: z.string(),
});

/** What a stranger's reader finds on the card that lies there, given the shop's number and its read key (hex) alone. */
export async function readWithReadKey(reader: string, shop: number, readKey: string): Promise<z.infer<typeof Read>> {
  const words = ['--reader', reader, '--shop', String(shop), '--read-key', readKey];
  const { stdout } = await promisify(execFile)(PYTHON, ['-B', program('reader.py'), ...words]);
  return Read.parse(JSON.parse(stdout));
}
