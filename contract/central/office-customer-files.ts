import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { Language } from '#contract/money/index.ts';
import { exportFormats } from '#contract/reports/columns.ts';
import { centralBase as base } from './errors.ts';
import { listPageInput } from './office-lists.ts';

/** `approved`: whoever asked may have it, once. `expired`: nobody decided, or nobody came for it. */
export const fileRequestStates = ['waiting', 'approved', 'declined', 'taken', 'expired'] as const;

export const CustomerFileRequest = z.object({
  id: Uuid,
  format: z.enum(exportFormats),
  /** Holders whose personal data it is about, when it was asked for. */
  people: z.int(),
  state: z.enum(fileRequestStates),
  /** Asked by whoever looks. */
  mine: z.boolean(),
  askedBy: z.string(),
  askedAt: z.string(),
  expiresAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  takenAt: z.string().nullable(),
});
export type CustomerFileRequest = z.infer<typeof CustomerFileRequest>;

const id = { id: Uuid };

/**
 * The personal data of all the shop's cardholders as a file: one manager asks, another one says yes, and whoever asked has it
 * once. Every request stays on record.
 */
export const officeCustomerFilesContract = {
  customerFileRequests: base
    .route({
      method: 'GET',
      path: '/v1/office/customer-files',
      summary: "Who asked for the customers' file, and what became of it, newest first",
    })
    .input(z.object(listPageInput))
    .output(z.object({ rows: z.array(CustomerFileRequest), next: z.string().nullable(), count: z.int() })),
  askCustomerFile: base
    .route({ method: 'POST', path: '/v1/office/customer-files', summary: "Asks for the customers' file" })
    .input(z.object({ format: z.enum(exportFormats) }))
    .output(CustomerFileRequest),
  decideCustomerFile: base
    .route({
      method: 'POST',
      path: '/v1/office/customer-files/{id}/decision',
      summary: 'Yes or no, by another manager than the one who asked',
    })
    .input(z.object({ ...id, approved: z.boolean() }))
    .output(CustomerFileRequest),
  takeCustomerFile: base
    .route({
      method: 'POST',
      path: '/v1/office/customer-files/{id}/links',
      summary: 'A link that gives the file once, within a minute, for whoever asked and was given a yes',
    })
    .input(z.object({ ...id, language: Language.optional() }))
    .output(z.object({ url: z.string(), expiresAtMs: z.int() })),
};
