import type { Router } from '@orpc/server';
import type { DoorContract } from '#contract/till/door.ts';
import type { tillContract } from '#contract/till/index.ts';
import type { Acting } from '../acting.ts';

/** By which way in: a page of the screens, or the command, whose token only this machine's own user can read. */
export type Through = 'screens' | 'command';

/** What belongs to one connection: how it came in, and who has signed in on it. It ends with the connection. */
export type DoorContext = {
  through: Through;
  session: { acting: Acting | null };
  /** The same of the training till. */
  training: { acting: Acting | null };
};

export type TillRouter = Router<typeof tillContract, DoorContext>;
export type DoorRouter = Router<DoorContract, DoorContext>;

export const connectionContext = (through: Through): DoorContext => ({
  through,
  session: { acting: null },
  training: { acting: null },
});
