import { canonicalJson, type Json } from '#contract/journal/canonical.ts';
import { sealable } from '#contract/journal/chain.ts';
import {
  genesisHash,
  type Head,
  JournalEntry,
  type Posting,
  type SealedEntry,
  unbalanced,
} from '#contract/journal/entry.ts';
import { type EntryBody, type EntryKind, entryKinds } from '#contract/journal/kinds.ts';
import { type ProjectionTables, project } from '#contract/journal/projection.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { StorageError } from './errors.ts';
import { type JournalTable, journalTable } from './journal-table.ts';
import { projectionTables } from './projections.ts';
import type { Seal } from './seal.ts';
import { type SetAside, setAsideTable } from './set-aside.ts';
import type { Writer } from './writer.ts';

/** A fact as a use case states it; the journal adds its place, its time and its seal. */
export type EntryDraft<K extends EntryKind = EntryKind> = K extends EntryKind
  ? {
      kind: K;
      intention: string;
      staff: string | null;
      role: string | null;
      postings: readonly Posting[];
      body: EntryBody<K>;
    }
  : never;

/** Invariant 13: this intention is on record already, as something else. */
export type IntentionReused = { type: 'IntentionReused'; intention: string };
export type AppendError = StorageError | IntentionReused;

/** Who writes, and with what. */
export type JournalIdentity = { terminal: string; seal: Seal; clock: Clock };

/** At most this many facts in one transaction. */
export const maxDrafts = 1000;

export interface Journal {
  /**
   * Makes facts durable, all or none, with their projections, in one transaction. When it returns, they survive a power cut.
   * An acting intention that is on record with the same body gets its first entry back (invariant 12).
   * @throws on a defect of the caller: a body that breaks its schema, postings that do not balance, an epoch not opened
   */
  append(drafts: readonly EntryDraft[]): Result<SealedEntry[], AppendError>;
  /**
   * Begins a new epoch with its first entry. `body.previousHead` must be the head so far (null in an empty journal).
   * @param above the epoch's number is above this one, too
   */
  openEpoch(opening: EntryDraft<'terminal.opened'>, above?: number): Result<SealedEntry, AppendError>;
  /**
   * What stands behind `body.previousHead` was written at places that the server had taken already: it is set aside, never changed,
   * and each of its facts is stated again in a new epoch, with its own intention and its own time, in the same order.
   * @param above the epoch's number is above this one, too
   * @returns how many facts were stated again
   */
  reissue(opening: EntryDraft<'terminal.opened'>, above: number): Result<number, StorageError>;
}

type Chain = { head: Head | null; terminal: string | null };

export function createJournal(writer: Writer, identity: JournalIdentity): Journal {
  const table = journalTable(writer.db);
  const projections = projectionTables(writer.db);
  const aside = setAsideTable(writer.db);
  // Kept in memory so that an append reads nothing; forgotten after any failure, since the file alone knows then.
  let known: Chain | null = null;

  const write = (drafts: readonly EntryDraft[], newEpoch: number | null): Result<SealedEntry[], AppendError> => {
    if (drafts.length < 1 || drafts.length > maxDrafts) throw new RangeError(`${drafts.length} drafts in one append`);
    const chain = known ?? table.chain();
    known = null;
    const pen = newPen(chain, newEpoch, identity, table, projections);
    const result = writer.transact<SealedEntry[], IntentionReused>(() => appendAll(drafts, pen, table));
    known = result.ok ? pen.chain() : chain;
    if (!result.ok && result.error.type !== 'IntentionReused') known = null;
    return result;
  };

  return {
    append: (drafts) => write(drafts, null),
    openEpoch(opening, above = 0) {
      const result = write([opening], above);
      return result.ok ? ok(result.value[0]!) : result;
    },
    reissue(opening, above) {
      // What the journal's own end has used is used, too; and of its new end only the file knows.
      const used = Math.max(above, table.chain().head?.epoch ?? 0);
      known = null;
      const start = { head: opening.body.previousHead, terminal: identity.terminal };
      const pen = newPen(start, used, identity, table, projections);
      return writer.transact<number, never>(() => ok(reissueAll(opening, pen, aside, identity.clock.wallMs())));
    },
  };
}

function reissueAll(opening: EntryDraft<'terminal.opened'>, pen: Pen, aside: SetAside, atMs: number): number {
  const { previousHead } = opening.body;
  if (!previousHead) throw new Error('a journal is never set aside whole');
  const tail = aside.after(previousHead, atMs);
  pen.write(opening);
  const facts = tail.filter(({ entry }) => entry.kind !== 'terminal.opened');
  for (let gone = facts.length; gone < tail.length; gone++) aside.uncount('terminal.opened');
  for (const { entry } of facts) aside.moveOperation(entry, pen.again(entry).entry);
  return facts.length;
}

/** Writes entries one behind another. Its chain moves on in memory; only a commit makes that true. */
interface Pen {
  write(draft: EntryDraft): SealedEntry;
  /** States a fact of another place once more. The projections hold it already. */
  again(fact: JournalEntry): SealedEntry;
  chain(): Chain;
}

function newPen(
  start: Chain,
  /** Not null: it begins with an epoch above this number. */
  newEpoch: number | null,
  { terminal, seal, clock }: JournalIdentity,
  table: JournalTable,
  projections: ProjectionTables,
): Pen {
  let { head } = start;
  let opening = newEpoch !== null || head === null;
  if (!opening && start.terminal !== null && start.terminal !== terminal)
    throw new Error('another terminal must open an epoch of its own');
  const next = (): Pick<JournalEntry, 'epoch' | 'seq' | 'previousHash'> =>
    opening || head === null
      ? { epoch: Math.max(head?.epoch ?? 0, newEpoch ?? 0) + 1, seq: 1, previousHash: genesisHash }
      : { epoch: head.epoch, seq: head.seq + 1, previousHash: head.hash };
  const put = (stated: object): SealedEntry => {
    const entry = checked(stated);
    const bytes = sealable(entry);
    const sealed = { entry, ...seal(bytes) } as SealedEntry;
    table.insert(sealed, bytes);
    head = { epoch: entry.epoch, seq: entry.seq, hash: sealed.hash };
    opening = false;
    return sealed;
  };
  return {
    write(draft) {
      assertOpening(draft, opening, head);
      const time = {
        wallTime: new Date(clock.wallMs()).toISOString(),
        monotonicMs: Math.trunc(clock.monotonicMs()),
        bootId: clock.bootId,
      };
      const sealed = put({ v: 1, terminal, ...next(), ...draft, ...time });
      project(sealed.entry, projections);
      return sealed;
    },
    again: (fact) => put({ ...fact, ...next() }),
    chain: () => ({ head, terminal }),
  };
}

function appendAll(
  drafts: readonly EntryDraft[],
  pen: Pen,
  table: JournalTable,
): Result<SealedEntry[], IntentionReused> {
  const entries: SealedEntry[] = [];
  const repeated = new Set<string>();
  for (const draft of drafts) {
    const first = firstOf(draft, repeated, table);
    if (first && !sameFact(first, draft)) return err({ type: 'IntentionReused', intention: draft.intention });
    if (first) repeated.add(draft.intention);
    entries.push(first ?? pen.write(draft));
  }
  return ok(entries);
}

/**
 * The entry that already states this draft. For an outcome only when its own act is a repeat in the same append:
 * the batch was one transaction, so it is on record whole; a later outcome of the same words is a fact of its own.
 */
function firstOf(draft: EntryDraft, repeated: ReadonlySet<string>, table: JournalTable): SealedEntry | null {
  if (entryKinds[draft.kind].acts) return table.act(draft.intention);
  if (!repeated.has(draft.intention)) return null;
  return table.outcomes(draft.intention).find((entry) => sameFact(entry, draft)) ?? null;
}

function sameFact({ entry }: SealedEntry, draft: EntryDraft): boolean {
  const words = ({ kind, body, postings }: Pick<EntryDraft, 'kind' | 'body' | 'postings'>) =>
    canonicalJson({ kind, body, postings } as unknown as Json);
  return words(entry as EntryDraft) === words(draft);
}

/** Nothing that the server or `verify` would refuse may ever be sealed: to try is a defect. */
function checked(entry: unknown): JournalEntry {
  const valid = JournalEntry.parse(entry);
  const leftOver = unbalanced(valid.postings);
  if (leftOver.length > 0) throw new Error(`postings do not sum to zero: ${JSON.stringify(leftOver)}`);
  return valid;
}

function assertOpening(draft: EntryDraft, opening: boolean, head: Head | null): void {
  if ((draft.kind === 'terminal.opened') !== opening) {
    throw new Error(
      opening ? 'an epoch begins with terminal.opened' : 'terminal.opened begins an epoch: use openEpoch',
    );
  }
  if (draft.kind !== 'terminal.opened') return;
  const { previousHead } = draft.body;
  if (JSON.stringify(previousHead && [previousHead.epoch, previousHead.seq, previousHead.hash]) !== headText(head)) {
    throw new Error('previousHead is not the head of this journal');
  }
}

const headText = (head: Head | null): string => JSON.stringify(head && [head.epoch, head.seq, head.hash]);
