import { z } from 'zod';
import { contradictionReasons, maxProgrammeFileLength, Programme } from '#contract/loyalty/programme.ts';
import { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { AmountMinor } from '#contract/money/index.ts';
import { centralBase } from './errors.ts';

const Version = z.int().min(1);

export const ProgrammeContradiction = z.object({
  /** The way to the rule in the programme: `earn.steps.1`, `gifts.0`, `money`. */
  rule: z.string(),
  why: z.enum(contradictionReasons),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** A version that was published. `atMs` and `by` are null for the one that the shop began with. */
export const PublishedVersion = z.object({ version: Version, atMs: z.int().nullable(), by: z.string().nullable() });
export type PublishedVersion = z.infer<typeof PublishedVersion>;

const Draft = z.object({
  programme: Programme,
  /** The version that it was made from. */
  basedOn: Version,
  by: z.string(),
  savedAtMs: z.int(),
  contradictions: z.array(ProgrammeContradiction),
});
export type ProgrammeDraft = z.infer<typeof Draft>;

/** A purchase to try rules on. `weeksAway` since the card's last visit; null: its first. */
const SamplePurchase = z.object({
  amountMinor: AmountMinor,
  excludedMinor: z.int().nonnegative().default(0),
  wallMs: z.int().min(0).max(8_640_000_000_000),
  balance: z.int().min(-1_000_000_000).max(1_000_000_000).default(0),
  weeksAway: z.int().min(0).max(1_000).nullable().default(1),
  birthdayToday: z.boolean().default(false),
});
export type SamplePurchase = z.input<typeof SamplePurchase>;

const Tried = z.object({
  earned: z.int(),
  extras: z.array(z.object({ what: z.enum(['welcome', 'birthday', 'expired']), points: z.int() })),
  points: z.int(),
});
export type Tried = z.infer<typeof Tried>;

/** What the office asks of the shop's programme. Those who may enter may look; a manager or the network's administrator writes. */
export const officeProgrammeContract = {
  programme: {
    show: centralBase
      .route({
        method: 'GET',
        path: '/v1/office/programme',
        summary: 'The programme in force, the draft, the versions',
      })
      .output(
        z.object({
          current: Programme,
          draft: Draft.nullable(),
          /** Newest first. */
          versions: z.array(PublishedVersion).max(50),
          more: z.boolean(),
          timeZone: z.string(),
          mayWrite: z.boolean(),
        }),
      ),
    versions: centralBase
      .route({ method: 'GET', path: '/v1/office/programme/versions', summary: 'Older versions, newest first' })
      .input(z.object({ before: z.coerce.number().int().min(1) }))
      .output(z.object({ versions: z.array(PublishedVersion).max(50), more: z.boolean() })),
    version: centralBase
      .route({ method: 'GET', path: '/v1/office/programme/versions/{version}', summary: 'The rules of one version' })
      .input(z.object({ version: z.coerce.number().int().min(1) }))
      .output(PublishedVersion.extend({ programme: Programme })),
    /** Contradictions are kept and told: a draft may be half done. */
    saveDraft: centralBase
      .route({ method: 'PUT', path: '/v1/office/programme/draft', summary: 'Keeps a draft in place of the last one' })
      .input(z.object({ programme: Programme, basedOn: Version }))
      .output(Draft),
    discardDraft: centralBase
      .route({ method: 'DELETE', path: '/v1/office/programme/draft', summary: 'Forgets the draft' })
      .output(z.object({ done: z.literal(true) })),
    /** Changes nothing. */
    tryOut: centralBase
      .route({
        method: 'POST',
        path: '/v1/office/programme/trials',
        summary: 'What purchases earn now, and would earn under other rules',
      })
      .input(z.object({ programme: Programme, purchases: z.array(SamplePurchase).min(1).max(50) }))
      .output(
        z.object({
          current: z.array(Tried),
          draft: z.array(Tried),
          contradictions: z.array(ProgrammeContradiction),
        }),
      ),
    /**
     * Makes rules the next version, for every till at its next feed round; the draft is used up.
     * Refusals: ProgrammeContradictory (`rule`, `why`, `count`), VersionChanged (`version`: another one is in force by now).
     */
    publish: centralBase
      .route({ method: 'POST', path: '/v1/office/programme/versions', summary: 'Publishes rules as the next version' })
      .input(z.object({ programme: Programme, basedOn: Version }))
      .output(z.object({ programme: Programme })),
    /** Refusals: ProgrammeContradictory, where anything in the file is wrong; the draft is then as it was. */
    importFile: centralBase
      .route({ method: 'POST', path: '/v1/office/programme/imports', summary: "Makes a programme's file the draft" })
      .input(z.object({ text: z.string().max(maxProgrammeFileLength) }))
      .output(Draft),
  },
  settings: {
    show: centralBase
      .route({ method: 'GET', path: '/v1/office/settings', summary: "How the shop's counters behave" })
      .output(
        z.object({
          settings: ShopSettings,
          /** 0: never changed. */
          version: z.int().nonnegative(),
          atMs: z.int().nullable(),
          by: z.string().nullable(),
          mayWrite: z.boolean(),
        }),
      ),
    /** Refusals: VersionChanged. */
    save: centralBase
      .route({ method: 'PUT', path: '/v1/office/settings', summary: "Changes how the shop's counters behave" })
      .input(z.object({ settings: ShopSettings, basedOn: z.int().nonnegative() }))
      .output(z.object({ version: z.int() })),
  },
};
