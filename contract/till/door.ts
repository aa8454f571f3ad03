import { oc } from '@orpc/contract';
import { z } from 'zod';
import { tillContract } from './index.ts';
import { refusals } from './loyalty.ts';

/**
 * What the door of an installation offers: its till, and beside it the training till, which is another one altogether (own
 * database, keys, numbers, simulated devices, no server) that is spoken to in the same words.
 */
export const doorContract = {
  ...tillContract,
  training: {
    /** Makes the training till ready. Refused before the till itself is enrolled and has its programme. */
    enter: oc.errors(refusals).output(z.object({ done: z.literal(true) })),
    on: tillContract,
  },
};
export type DoorContract = typeof doorContract;
