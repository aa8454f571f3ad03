import type { Database as Sqlite } from 'better-sqlite3';

/**
 * Writes the list of cards that are out of use: this till's own word stands there at once, and the server's next word takes its place,
 * in every part. A till that blocks a card leaves known which one it was replaced by.
 */
export function blockedCards(db: Sqlite, by: 'till' | 'server') {
  const block = db.prepare<[string, string | null]>(
    `insert into blocked_cards (card_number, replaced_by) values (?, ?)
     on conflict (card_number) do update set
       replaced_by = ${by === 'till' ? 'coalesce(excluded.replaced_by, replaced_by)' : 'excluded.replaced_by'}`,
  );
  const unblock = db.prepare<[string]>('delete from blocked_cards where card_number = ?');
  return (cardNumber: string, blocked: boolean, replacedBy: string | null): void => {
    if (blocked) block.run(cardNumber, replacedBy);
    else unblock.run(cardNumber);
  };
}

/**
 * Has this till said of a card, in what the server has not heard yet, whether it is in use? A page of the feed is then older than
 * that word, which stands until the server has it and answers. Mostly nothing of the kind is unsent: that costs one look.
 */
export function saidUnsent(db: Sqlite): (cardNumber: string) => boolean {
  const any = db
    .prepare<[], number>(
      "select 1 from tallies where kind in ('card.blocked', 'card.replaced') and entries > acknowledged limit 1",
    )
    .pluck();
  const ofCard = db
    .prepare<[string], number>(
      `select 1 from journal where kind in ('card.blocked', 'card.replaced')
         and position > (select coalesce(max((epoch << 40) + seq), 0) from countersigned)
         and ? in (json_extract(entry, '$.body.cardNumber'), json_extract(entry, '$.body.fromCard')) limit 1`,
    )
    .pluck();
  return (cardNumber) => any.get() === 1 && ofCard.get(cardNumber) === 1;
}
