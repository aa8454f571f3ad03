import type { SealedEntry } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import type { Outbox } from './store-port.ts';

const operationKinds = new Set(
  Object.keys(entryKinds).filter((kind) => entryKinds[kind as keyof typeof entryKinds].operation),
);

/** How many of these entries are operations. */
export const operationsIn = (entries: readonly SealedEntry[]): number =>
  entries.filter(({ entry }) => operationKinds.has(entry.kind)).length;

/**
 * What a person is told of the waiting entries: operations. Three sales are three, whatever entries they made; where only what goes
 * with operations is left (a sign-in, what became of a ticket), it counts as one, so that 0 always means that all is sent.
 */
export function outboxOf(waiting: { count: number; oldestMs: number | null; byKind: Record<string, number> }): Outbox {
  const operations = Object.entries(waiting.byKind).filter(([kind]) => operationKinds.has(kind));
  const onlyFollowUps = operations.length === 0 && waiting.count > 0;
  const unsentByKind = onlyFollowUps ? { other: 1 } : Object.fromEntries(operations);
  return {
    unsent: Object.values(unsentByKind).reduce((sum, count) => sum + count, 0),
    unsentEntries: waiting.count,
    oldestUnsentMs: waiting.oldestMs,
    unsentByKind,
  };
}
