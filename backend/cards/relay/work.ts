import type { CardSecrets } from '#backend/cards/card-secrets.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import type { Plan } from './plan.ts';

/** All that card work is made of, beside the card's answers. */
export type Work = { plan: Plan; uid: Uint8Array; secrets: CardSecrets };

export type WorkEnd =
  /** The card has been looked at; before it is changed, its number must stand in the server's rows. */
  | { type: 'seen'; found: string | null }
  /** `newest`: the record that stands there now. `changed` false: the card had it all. */
  | { type: 'made'; changed: boolean; newest: CardRecord }
  | { type: 'pin-done'; changed: boolean };
