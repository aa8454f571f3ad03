import { z } from 'zod';

/** How a shop wants its counters to behave. Each member has a value that does for a shop that never looked. */
export const ShopSettings = z.object({
  /** A spending above so many points asks for the PIN even of a card that has none set: it is refused until one is set. Null: no such limit. */
  pinRequiredAbovePoints: z.int().positive().nullable().default(null),
  /** A purchase above this asks for the cardholder's PIN, where one is set. Null: never. */
  pinAboveAmountMinor: z.int().positive().nullable().default(null),
  /** The most points a card may spend at this shop in one operation while the till is offline. */
  offlineSpendCapPoints: z.int().nonnegative().default(1_000),
  /** The till asks who is there after so long without a key or a touch. Null: never. */
  idleLockSeconds: z.int().min(30).max(7_200).nullable().default(600),
  /** The drawer's cash is counted before the expected sum is shown. */
  blindCount: z.boolean().default(false),
  /** What a cashier may not do without a manager's approval. */
  cashierNeedsApproval: z
    .array(z.enum(['reversal', 'drawer', 'block', 'replace', 'pin', 'cash-movement', 'close']))
    .default(['reversal', 'replace', 'pin', 'cash-movement']),
  /** A reversal up to this amount needs no approval, whatever stands above. */
  reversalWithoutApprovalMinor: z.int().nonnegative().default(0),
});
export type ShopSettings = z.infer<typeof ShopSettings>;

export const defaultSettings: ShopSettings = ShopSettings.parse({});
