import type { JournalEntry } from '#contract/journal/entry.ts';
import { birthdayYearAt } from '#contract/loyalty/programme.ts';
import type { LoyaltyParts } from './parts.ts';

/**
 * The server learns of a birthday's bonus by the sale's entry; this till must not give it again before the server has said so.
 * Stated after every sale, and of the last one at a start, which may have ended between its entry and this.
 */
export function rememberBirthday(
  { feed, timeZone, rulesMs }: Pick<LoyaltyParts, 'feed' | 'timeZone' | 'rulesMs'>,
  entry: JournalEntry | undefined,
): void {
  if (entry?.kind !== 'loyalty.sale' || !entry.body.extras?.some(({ what }) => what === 'birthday')) return;
  const birthday = feed.member(entry.body.cardNumber)?.birthday;
  const programme = feed.programmeVersion(entry.body.programme, entry.body.rulesVersion);
  if (!birthday || !programme) return;
  const year = birthdayYearAt(programme, birthday, { wallMs: rulesMs(), timeZone });
  if (year !== null) feed.birthdayBonusGiven(entry.body.cardNumber, year);
}
