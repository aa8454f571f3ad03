import type { CentralError } from '#contract/central/index.ts';
import type { CardError } from '#native/cards/errors.ts';
import type { IssueRefusal } from '#native/cards/issue-card.ts';
import { serverRefusal } from '#native/cards/server-refusal.ts';

/** A card that speaks well, and that the server's own rows refuse. */
export type NotAdmitted = { type: 'NotAdmitted'; why: CentralError };

/** What a card's own answers come to for the till that relays them, or what the server's rows said of it. */
export const cardRefusal = (error: CardError | IssueRefusal | NotAdmitted): CentralError =>
  error.type === 'NotAdmitted' ? error.why : serverRefusal(error);
