import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { Hash } from './shapes.ts';

/** The first entry of every epoch: who writes this journal, with which key. */
export const terminalOpened = z.strictObject({
  tenant: Uuid,
  place: z.string().max(120),
  publicKey: z.string().max(200),
  previousHead: z.strictObject({ epoch: z.int().positive(), seq: z.int().positive(), hash: Hash }).nullable(),
});

export const staffSignedIn = z.strictObject({ by: z.enum(['pin', 'badge']) });
