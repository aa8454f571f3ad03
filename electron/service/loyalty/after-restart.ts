import type { EntryDraft } from '../store/index.ts';
import { rememberBirthday } from './birthday-given.ts';
import { recordCardOutcome } from './card-outcome.ts';
import type { LoyaltyParts } from './parts.ts';

type RestartParts = Pick<LoyaltyParts, 'reader' | 'journal' | 'feed' | 'timeZone' | 'rulesMs'>;

/** What was under way when the service stopped: nobody waits for it any more. */
export function settleAfterRestart(parts: RestartParts): void {
  settleSpendings(parts);
  settlePrints(parts);
  rememberBirthday(parts, parts.reader.list({ before: null, limit: 1, kinds: ['loyalty.sale'] })[0]?.entry);
}

/** Their cards were awaited; from now on whoever sees the card decides whether anything was taken. */
function settleSpendings(parts: RestartParts): void {
  for (const { facts } of parts.reader.openCardIntents()) {
    const { kind, intention, cardNumber, cardOutcome } = facts;
    if (kind !== 'loyalty.spend' || cardOutcome !== null) continue;
    recordCardOutcome(parts, intention, { cardNumber, outcome: 'unknown', exchanges: 0, tapToResultMs: null });
  }
}

/** Copies that a restart looks back on: more than a till prints between two starts that both go wrong. */
const copiesLookedAt = 200;

/**
 * Tickets and copies that were under way: nobody knows, and nobody prints them again unasked. Of a spending that its card has not
 * paid for none was begun.
 */
function settlePrints({ reader, journal }: RestartParts): void {
  for (const { sealed, facts } of reader.openPrints()) {
    if (facts.ticketNumber === null) continue;
    const unpaid = facts.kind === 'loyalty.spend' && facts.cardOutcome !== 'applied';
    const { intention } = sealed.entry;
    journal.append([
      unpaid
        ? printOutcome(intention, facts.ticketNumber, 'failed', 'CardTorn', 0)
        : printOutcome(intention, facts.ticketNumber, 'unknown', 'Restart', 0),
    ]);
  }
  for (const { entry } of reader.list({ before: null, limit: copiesLookedAt, kinds: ['ticket.copy'] })) {
    if (entry.kind !== 'ticket.copy' || reader.outcomes(entry.intention).length > 0) continue;
    journal.append([printOutcome(entry.intention, entry.body.ticketNumber, 'unknown', 'Restart', entry.body.copy)]);
  }
}

const printOutcome = (
  intention: string,
  ticketNumber: string,
  outcome: 'failed' | 'unknown',
  why: string,
  copy: number,
): EntryDraft<'ticket.outcome'> => ({
  kind: 'ticket.outcome',
  intention,
  staff: null,
  role: null,
  postings: [],
  body: { ticketNumber, outcome, why, copy },
});
