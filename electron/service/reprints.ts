import type { Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import { reprintAccount } from './accounts/posted.ts';
import type { Acting } from './acting.ts';
import type { LoyaltyParts } from './loyalty/parts.ts';
import { reprintOperation } from './loyalty/reprint.ts';
import type { Reprinted } from './papers/print-copy.ts';

/** Prints tickets once more, one at a time, so that no two copies bear the same number. */
export class Reprints {
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Prints the ticket of an operation, or of a card's purse and credit, once more, marked and counted. A repeat of the intention
   * prints nothing and hears the outcome on record (without its `why`). Errors: EntryNotFound, CardTorn (a spending that the card
   * may not have paid for), NotEnrolled, DiskFull, IntentionReused (the id is another act's, or another ticket's copy).
   */
  print(
    parts: LoyaltyParts,
    acting: Acting,
    asked: { intention: string; sale: string },
  ): Promise<Result<Reprinted, TillError>> {
    const printed = this.#turn.then(
      async () => (await reprintAccount(parts, acting, asked)) ?? reprintOperation(parts, acting, asked),
    );
    this.#turn = printed.catch(() => undefined);
    return printed;
  }
}
