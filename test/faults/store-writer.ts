import { must, newTillStore, openingDraft, saleDraft } from '#test/harness/till-store.ts';

/**
 * A till that sells without end in the folder given as its argument, in an epoch of its own, until somebody kills it.
 * A sale is said on standard output only once `append` has returned: from there on it may not be lost.
 */
const till = newTillStore(process.argv[2]!);
const store = till.open();
const journal = till.journal(store);
const limit = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);

const opened = must(journal.openEpoch(openingDraft(till, store.reader.head())));
say(opened);
for (let sale = 0; sale < limit; sale++) {
  say(must(journal.append([saleDraft({ ticketNumber: `P1-${sale}` })]))[0]!);
  // Lets the lines out now and then; a pipe that fills up holds the loop back by itself.
  if (sale % 8 === 0) await new Promise(setImmediate);
}

function say({ entry, hash }: { entry: { epoch: number; seq: number }; hash: string }): void {
  process.stdout.write(`${entry.epoch} ${entry.seq} ${hash}\n`);
}
