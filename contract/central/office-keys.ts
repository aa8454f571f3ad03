import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { centralBase as base } from './errors.ts';

export const ApiKey = z.object({
  id: Uuid,
  name: z.string(),
  /** Its first characters: enough to recognise it, too few to use it. */
  begins: z.string(),
  madeBy: z.string(),
  madeAt: z.string(),
  expiresAt: z.string(),
  /** Null: never. */
  usedAt: z.string().nullable(),
  state: z.enum(['live', 'expired', 'revoked']),
});
export type ApiKey = z.infer<typeof ApiKey>;

/**
 * Keys with which a shop's own programs read its data (T30): lists and their files, nothing else, and never to change anything.
 * `Authorization: Bearer ck_…`.
 */
export const officeKeysContract = {
  apiKeys: base
    .route({ method: 'GET', path: '/v1/office/api-keys', summary: "The shop's read-only keys" })
    .output(z.object({ keys: z.array(ApiKey) })),
  makeApiKey: base
    .route({ method: 'POST', path: '/v1/office/api-keys', summary: 'Makes a read-only key; it is shown once' })
    .input(z.object({ name: z.string().trim().min(1).max(60), days: z.int().min(1).max(730).default(365) }))
    .output(z.object({ key: z.string(), made: ApiKey })),
  revokeApiKey: base
    .route({ method: 'DELETE', path: '/v1/office/api-keys/{id}', summary: 'Ends a key, for good' })
    .input(z.object({ id: Uuid }))
    .output(ApiKey),
};
