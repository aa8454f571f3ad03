import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBackup, restoreBackup } from '#service/store/index.ts';
import { realClock } from '#test/harness/real-clock.ts';
import { must, newTillStore, openingDraft, saleDraft } from '#test/harness/till-store.ts';

/** A backup and a restore on a disk that is full: one JSON document on standard output. */
const disk = process.argv[2]!;
const away = mkdtempSync(join(tmpdir(), 'comptoir-away-'));
const file = join(away, 'monday.backup');

const till = newTillStore(disk);
const store = till.open();
const journal = till.journal(store);
must(journal.append([openingDraft(till), saleDraft()]));
must(makeBackup(till.path, file, realClock));
must(journal.append(Array.from({ length: 300 }, () => saleDraft())));

for (let part = 0, size = 65_536; size > 0; part++) {
  try {
    writeFileSync(join(disk, `ballast-${part}`), Buffer.alloc(size));
  } catch {
    size = Math.floor(size / 2);
  }
}
const backup = makeBackup(till.path, join(disk, 'full.backup'), realClock);
const left = readdirSync(disk).filter((name) => name.includes('backup'));
store.close();

const options = { path: till.path, file, pid: process.pid, publicKey: till.publicKey, clock: realClock };
const restore = await restoreBackup(options);

for (const name of readdirSync(disk)) if (name.startsWith('ballast')) rmSync(join(disk, name));
const unchanged = till.open();
const total = unchanged.reader.total();
unchanged.close();
const later = await restoreBackup(options);
rmSync(away, { recursive: true });
process.stdout.write(JSON.stringify({ backup, left, restore, total, later }));
