import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, verifyStore } from '#service/store/index.ts';
import { must, newTillStore, openingDraft, saleDraft } from '#test/harness/till-store.ts';

/** What happened on a disk that filled up and was cleared: one JSON document on standard output. */
const disk = process.argv[2]!;
const ballast = join(disk, 'ballast');

function fillDisk(): void {
  for (let part = 0, size = 65_536; size > 0; part++) {
    try {
      writeFileSync(`${ballast}-${part}`, Buffer.alloc(size));
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'ENOSPC') throw thrown;
      size = Math.floor(size / 2);
    }
  }
}

function clearDisk(): void {
  for (let part = 0; part < 1000; part++) rmSync(`${ballast}-${part}`, { force: true });
}

const till = newTillStore(disk);
let store = till.open();
const journal = till.journal(store);
let kept = must(journal.append([openingDraft(till), saleDraft()])).length;
fillDisk();

// What the log has room for is still taken; then the disk is full for good.
let refused = saleDraft();
let error: unknown = null;
for (let sale = 0; sale < 10_000 && error === null; sale++) {
  refused = saleDraft();
  const result = journal.append([refused]);
  if (result.ok) kept++;
  else error = result.error;
}
const again = [1, 2, 3].map(() => journal.append([saleDraft(), saleDraft()]));
const beside = [store.tries.raise('1001'), store.settings.set('a', 1), store.feed.apply([], 1)];
const whileFull = {
  total: store.reader.total(),
  seq: store.reader.head()?.seq,
  refused: store.reader.act(refused.intention),
  tries: store.tries.get('1001'),
};

clearDisk();
const after = must(journal.append([refused]))[0]!.entry.seq;
store.close();
const report = await verifyStore(till.path);

fillDisk();
const elsewhere = openStore({ path: join(disk, 'new.db'), pid: 1 });
const reopened = openStore({ path: till.path, pid: 1 });
if (reopened.ok) reopened.value.close();
clearDisk();
store = till.open();
const total = store.reader.total();
store.close();

const outcome = { kept, error, again, beside, whileFull, after, report, total };
process.stdout.write(
  JSON.stringify({
    ...outcome,
    elsewhere: elsewhere.ok || elsewhere.error.type,
    reopened: reopened.ok || reopened.error.type,
  }),
);
