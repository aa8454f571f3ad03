import type { Database as Sqlite } from 'better-sqlite3';

/**
 * Writes the list of cards that are out of use: this till's own word stands there at once, and the server's next word takes its place.
 * The card that one was replaced by stays known: a card is replaced for good.
 */
export function blockedCards(db: Sqlite) {
  const block = db.prepare<[string, string | null]>(
    `insert into blocked_cards (card_number, replaced_by) values (?, ?)
     on conflict (card_number) do update set replaced_by = coalesce(excluded.replaced_by, replaced_by)`,
  );
  const unblock = db.prepare<[string]>('delete from blocked_cards where card_number = ?');
  return (cardNumber: string, blocked: boolean, replacedBy: string | null): void => {
    if (blocked) block.run(cardNumber, replacedBy);
    else unblock.run(cardNumber);
  };
}
