import type { CardStatus } from '#backend/db/tables.ts';

/** Has the network taken the card out of use? No row of it, or none yet: it has not. */
export const isOutOfUse = (status: CardStatus | null | undefined): status is 'blocked' | 'replaced' =>
  status === 'blocked' || status === 'replaced';
