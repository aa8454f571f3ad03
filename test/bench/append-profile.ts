import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV7 } from '#contract/ids/index.ts';
import { sealable } from '#contract/journal/chain.ts';
import { JournalEntry } from '#contract/journal/entry.ts';
import { sealWith } from '#service/store/index.ts';
import { must, newTillStore, openingDraft, saleDraft } from '#test/harness/till-store.ts';
import { type Bench, type BenchRow, row } from './row.ts';

const rounds = 600;

/** Where the time of one append goes: its stages by themselves, in turns with whole appends; the rest is SQLite and the disk. */
async function appendProfile(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-bench-'));
  try {
    const times = measure(folder);
    const whole = median(times.whole);
    const stages = { check: median(times.check), canonical: median(times.canonical), seal: median(times.seal) };
    const rest = whole - stages.check - stages.canonical - stages.seal;
    const part = (name: string, value: number, note: string) =>
      row({ id: `append-profile-${name}`, value, unit: 'µs', reference: whole, goal: null, note });
    return [
      part('check', stages.check, 'the entry against its schema; reference: one whole append'),
      part('canonical', stages.canonical, 'its RFC 8785 bytes; reference: one whole append'),
      part('seal', stages.seal, 'SHA-256 and the ES256 signature; reference: one whole append'),
      part('commit', rest, 'what is left: journal, projections and the synced commit; reference: one whole append'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Times = Record<'whole' | 'check' | 'canonical' | 'seal', number[]>;

function measure(folder: string): Times {
  const till = newTillStore(folder);
  const store = till.open();
  const journal = till.journal(store);
  must(journal.append([openingDraft(till)]));
  const seal = sealWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  const times: Times = { whole: [], check: [], canonical: [], seal: [] };
  for (let turn = 0; turn < rounds; turn++) {
    const intention = uuidV7(1_795_000_000_000 + turn, crypto.getRandomValues(new Uint8Array(10)));
    const draft = saleDraft({ intention, ticketNumber: `P1-${turn}` });
    const [sealed] = timed(times.whole, () => must(journal.append([draft])));
    const entry = timed(times.check, () => JournalEntry.parse(sealed!.entry));
    const bytes = timed(times.canonical, () => sealable(entry));
    timed(times.seal, () => seal(bytes));
  }
  store.close();
  return times;
}

function timed<T>(into: number[], work: () => T): T {
  const begun = performance.now();
  const value = work();
  into.push((performance.now() - begun) * 1000);
  return value;
}

const median = (samples: readonly number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1]!;

export const profile: Bench = {
  ids: ['check', 'canonical', 'seal', 'commit'].map((stage) => `append-profile-${stage}`),
  rows: appendProfile,
};
