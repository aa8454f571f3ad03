import { err, ok, type Result } from '#contract/result/index.ts';
import type { SyncFailure, SyncSession } from './session.ts';

/** Pages read in one go, of 1,000 items each: a first synchronisation brings every blocked card. What is left comes with the next round. */
const maxPages = 1_000;

/**
 * Follows the feed to its end. A page is applied whole with its cursor, or, if one item of it is bad, refused whole.
 * @returns how many items were applied
 */
export async function pullAll(session: SyncSession, signal: AbortSignal): Promise<Result<number, SyncFailure>> {
  const { central, terminal, store } = session;
  let applied = 0;
  for (let page = 0; page < maxPages; page += 1) {
    const after = store.feedCursor();
    const answer = await central.feed(terminal, after, signal);
    if (!answer.ok) return answer;
    const { items, cursor, more, ticketsByEmail } = answer.value;
    if (ticketsByEmail !== store.ticketsByEmail()) store.keepTicketsByEmail(ticketsByEmail);
    const moved = cursor > after;
    if (cursor < after || (!moved && (items.length > 0 || more))) return err({ type: 'FeedInvalid', cursor, after });
    if (moved) {
      const written = store.applyFeed(items, cursor);
      if (!written.ok) return err({ type: 'StoreRefused', cause: written.error.type });
      applied += items.length;
    }
    if (!more) return ok(applied);
  }
  return ok(applied);
}
