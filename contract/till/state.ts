import { z } from 'zod';
import { Programme } from '#contract/loyalty/programme.ts';
import { CurrencyCode, Language } from '#contract/money/index.ts';

export const roles = [
  'cashier',
  'agent',
  'seller',
  'manager',
  'entity-manager',
  'carrier',
  'network-admin',
  'auditor',
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const StaffMember = z.object({ code: z.string(), name: z.string(), role: Role });
export type StaffMember = z.infer<typeof StaffMember>;

/** One lamp of the strip: its part, its shape and the words' key in resources/locales (`lamps.<part>.<detail>`). */
export const LampState = z.enum(['ok', 'warn', 'fault', 'absent']);
export const Lamp = z.object({
  part: z.enum(['reader', 'printer', 'register', 'network', 'clock', 'keys', 'queue']),
  state: LampState,
  /** Which sentence applies, for example `paper-out`; with its facts. */
  detail: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Where it is: a port, a reader's name, a URL. */
  address: z.string().optional(),
});
export type Lamp = z.infer<typeof Lamp>;

export const Link = z.object({
  state: z.enum(['online', 'offline', 'not-enrolled', 'quarantined', 'revoked']),
  /**
   * Operations (sales) that the server has not acknowledged: what people and scripts count. One operation makes several entries;
   * as long as any entry waits this is at least 1, so that 0 means that the server has everything.
   */
  unsent: z.int(),
  /** The same in journal entries. */
  unsentEntries: z.int(),
  /** Wall time (ms) of the oldest unsent entry, and of when the link was lost. */
  oldestUnsentMs: z.number().nullable(),
  offlineSinceMs: z.number().nullable(),
  /** Until when this till may go on without the server. */
  offlineUntilMs: z.number().nullable(),
  /** Adds up to `unsent`. `other`: only what goes with operations is still waiting. */
  unsentByKind: z.record(z.string(), z.int()),
  centralUrl: z.string().nullable(),
});
export type Link = z.infer<typeof Link>;

/** Everything the counter's screens show that changes by itself. Sent whole at each change. */
export const TillState = z.object({
  terminal: z.object({ id: z.string(), label: z.string(), ticketPrefix: z.string() }).nullable(),
  shop: z.object({ id: z.string(), name: z.string(), address: z.string() }).nullable(),
  currency: CurrencyCode,
  ticketLanguage: Language,
  programme: Programme.nullable(),
  lamps: z.array(Lamp),
  link: Link,
  clockOffsetMs: z.number().nullable(),
  /** N11: tap to result, 95th percentile of the last sales, in ms. */
  tapToResultP95Ms: z.number().nullable(),
  /** The last amount the cash register sent and nobody has used yet. */
  registerAmount: z
    .object({ id: z.string(), amountMinor: z.int(), receiptNumber: z.string().nullable(), atMs: z.number() })
    .nullable(),
  demo: z.boolean(),
  training: z.boolean(),
  devices: z.enum(['simulated', 'real']),
  /** The screens lock after so long without a key or a touch; null: never. */
  idleLockSeconds: z.int().nullable(),
  version: z.string(),
  nowMs: z.number(),
});
export type TillState = z.infer<typeof TillState>;
