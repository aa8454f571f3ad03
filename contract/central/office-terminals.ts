import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { centralBase as base } from './errors.ts';
import { listFilter, listPageInput } from './office-lists.ts';

export const OfficeTerminal = z.object({
  id: Uuid,
  label: z.string(),
  /** What the till calls its own computer. */
  machine: z.string(),
  ticketPrefix: z.string(),
  state: z.enum(['active', 'quarantined', 'revoked']),
  enrolledAt: z.string(),
  /** To the minute. Null: never since its enrolment. */
  seenAt: z.string().nullable(),
  /** What it runs, as it says itself. */
  program: z.string().nullable(),
  lastEntryAt: z.string().nullable(),
  /** Where its journal stands here. */
  epoch: z.int().nullable(),
  entries: z.int().nullable(),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
});
export type OfficeTerminal = z.infer<typeof OfficeTerminal>;

/** The shop's tills. */
export const officeTerminalsContract = {
  terminals: base
    .route({ method: 'GET', path: '/v1/office/terminals', summary: "The shop's tills" })
    .input(z.object({ ...listPageInput, search: listFilter.search, status: listFilter.status }))
    .output(z.object({ rows: z.array(OfficeTerminal), next: z.string().nullable(), count: z.int() })),
  /** For good: a till that comes back is enrolled anew. Nothing that it has not sent by now is ever accepted of it. */
  revokeTerminal: base
    .route({
      method: 'POST',
      path: '/v1/office/terminals/{terminal}/revocation',
      summary: 'Takes a till out of use for good; names the last entry that counts',
    })
    .input(z.object({ terminal: Uuid }))
    .output(OfficeTerminal),
};
