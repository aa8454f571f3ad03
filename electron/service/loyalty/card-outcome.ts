import type { EntryDraft } from '../store/index.ts';
import type { LoyaltyParts } from './parts.ts';

/** A disk that filled up since the intent keeps the outcome out of the journal; the next tap settles it from the card. */
export function recordCardOutcome(
  { journal }: Pick<LoyaltyParts, 'journal'>,
  intention: string,
  body: EntryDraft<'card.outcome'>['body'],
): void {
  journal.append([{ kind: 'card.outcome', intention, staff: null, role: null, postings: [], body }]);
}
