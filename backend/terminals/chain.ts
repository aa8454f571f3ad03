import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { linkFaults } from '#contract/journal/chain.ts';
import { type Head, type SealedEntry, unbalanced } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import { isTrainingTicket } from '#contract/loyalty/training.ts';

export type Position = { epoch: number; seq: number };

/** Negative, 0 or positive: journals are ordered by epoch, then by sequence number. Never by time. */
export const compare = (a: Position, b: Position): number => (a.epoch === b.epoch ? a.seq - b.seq : a.epoch - b.epoch);

export const headAfter = ({ entry, hash }: SealedEntry): Head => ({ epoch: entry.epoch, seq: entry.seq, hash });

/** Who must have written a batch. */
export type Writer = { terminal: string; tenant: string; publicKey: string };

/** All that can be said of a batch without looking at what the server holds. Hashes and signatures are checked apart. */
export function batchFault(entries: readonly SealedEntry[], writer: Writer): CentralError | null {
  const acted = new Set<string>();
  for (const [index, sealed] of entries.entries()) {
    const { entry } = sealed;
    const where = { index, epoch: entry.epoch, seq: entry.seq };
    const invalid = (what: string) => refusal('EntryInvalid', { ...where, what });
    if (entry.terminal !== writer.terminal) return invalid('terminal');
    if ('ticketNumber' in entry.body && isTrainingTicket(String(entry.body.ticketNumber))) return invalid('training');
    if (unbalanced(entry.postings).length > 0) return invalid('postings');
    if (entry.kind === 'terminal.opened' && entry.body.tenant !== writer.tenant) return invalid('tenant');
    if (entry.kind === 'terminal.opened' && entry.body.publicKey !== writer.publicKey) return invalid('public-key');
    if (entryKinds[entry.kind].acts) {
      if (acted.has(entry.intention)) return refusal('IntentionReused', { ...where, intention: entry.intention });
      acted.add(entry.intention);
    }
    const before = entries[index - 1];
    const [what] = before ? linkFaults(entry, headAfter(before)) : [];
    if (what) return refusal('ChainBroken', { ...where, what });
  }
  return null;
}

/** Does the first entry that is new to the server go on from the head it has? */
export function joinFault(first: SealedEntry, head: Head | null): CentralError | null {
  const [what] = linkFaults(first.entry, head);
  if (!what) return null;
  const { epoch, seq } = first.entry;
  return refusal('ChainBroken', { index: 0, epoch, seq, what, headEpoch: head?.epoch ?? 0, headSeq: head?.seq ?? 0 });
}

/** Openings, with the head each claims to go on from: none for the very first, an accepted entry for all others. */
export const openings = (entries: readonly SealedEntry[]) =>
  entries.flatMap(({ entry }) => (entry.kind === 'terminal.opened' ? [entry] : []));
