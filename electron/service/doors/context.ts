import type { Router } from '@orpc/server';
import type { tillContract } from '#contract/till/index.ts';
import type { Acting } from '../loyalty/parts.ts';

/** What belongs to one connection: who has signed in on it. It ends with the connection. */
export type DoorContext = { session: { acting: Acting | null } };

export type TillRouter = Router<typeof tillContract, DoorContext>;

export const connectionContext = (): DoorContext => ({ session: { acting: null } });
