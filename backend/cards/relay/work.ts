import type { CardSecrets } from '#backend/cards/card-secrets.ts';
import type { Reported } from '#backend/loyalty/ledger/merge-outcomes.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import type { Plan } from './plan.ts';

/** All that card work is made of, beside the card's answers. */
export type Work = { plan: Plan; uid: Uint8Array; secrets: CardSecrets };

export type WorkEnd =
  /** The card has been looked at; before it is changed, its number must stand in the server's rows. */
  | { type: 'seen'; found: string | null }
  /** `newest`: the record that stands there now. `changed` false: the card had it all. */
  | { type: 'made'; changed: boolean; newest: CardRecord }
  | { type: 'pin-done'; changed: boolean }
  /** What the card has shown of other shops' writes. */
  | { type: 'settled-elsewhere'; settled: SettledElsewhere[] };

/** A write of another shop as it was found, or made, on the card. */
export type SettledElsewhere = { tenant: string } & Omit<Reported, 'cardNumber'>;
