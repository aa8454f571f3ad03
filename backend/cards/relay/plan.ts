import { z } from 'zod';
import type { Seal } from '#backend/pki/sealing.ts';
import { OpenWrite } from '#contract/central/feed.ts';
import { RelayPurpose } from '#contract/central/till-cards.ts';

/** What a card's first record in a shop holds. */
export const Opening = z.strictObject({
  /** The act of a person that it was decided for: its id stands in the record. */
  intention: z.string(),
  points: z.int(),
  balance: z.int(),
  totalSpendMinor: z.int(),
  rulesVersion: z.int(),
});
export type Opening = z.infer<typeof Opening>;

/** What another shop has still to write on the card, as it stood when the work began. */
const Elsewhere = z.strictObject({
  tenant: z.string(),
  /** Its number in the network, which names its application and its keys. */
  shop: z.int(),
  /** The highest counter that its ledger has seen applied. */
  counter: z.int(),
  writes: z.array(OpenWrite),
});
export type Elsewhere = z.infer<typeof Elsewhere>;

const Settled = z.strictObject({
  cardNumber: z.string(),
  /** Null: the work writes no first record. */
  opening: Opening.nullable(),
  elsewhere: z.array(Elsewhere).optional(),
});
export type Settled = z.infer<typeof Settled>;

/** All that the work on a card depends on beside the card's answers. It may hold a PIN: at rest it is sealed, and gone at the end. */
export const Plan = z.strictObject({
  /** Where the work's random bytes come from, hex. */
  seed: z.string(),
  purpose: RelayPurpose,
  /** The server's time when the work began, whole seconds: what the first record says. */
  timeSeconds: z.int(),
  /** Has the card proved to the server before that it is what its number says? */
  known: z.boolean(),
  mayPrepare: z.boolean(),
  /** Number and first record, once they stand in the server's own rows. */
  settled: Settled.nullable(),
});
export type Plan = z.infer<typeof Plan>;

const sealedFor = (relay: string): string => `card relay ${relay}`;

export const sealPlan = (seal: Seal, relay: string, plan: Plan): Buffer =>
  seal.seal(sealedFor(relay), Buffer.from(JSON.stringify(plan)));

export const openPlan = (seal: Seal, relay: string, sealed: Uint8Array): Plan =>
  Plan.parse(JSON.parse(seal.open(sealedFor(relay), sealed).toString('utf8')));
