import type { Seal } from '#backend/pki/sealing.ts';
import type { Outgoing } from '#backend/terminals/outgoing.ts';
import type { IdSource } from '#contract/ids/index.ts';

/** What a change of cards is made with: when, ids for what the server adds, and what tills are told of it at the end. */
export type CardWork = { at: Date; ids: IdSource; seal: Seal; outgoing: Outgoing };
