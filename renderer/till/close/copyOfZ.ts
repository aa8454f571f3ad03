import type { DayClosed } from '#contract/till/counter.ts';
import type { TillClient } from '../door/client.ts';
import { askForCopy } from '../result/askForCopy.ts';

/** A Z that stands, and how many copies of its paper are known of. */
export type Closed = DayClosed & { intention: string; copy: number };

/** The same Z, with what became of one more copy. Never rejects. */
export async function withCopy(service: TillClient, z: Closed, intention: string): Promise<Closed> {
  return { ...z, ...(await askForCopy(() => service.day.reprint({ intention, z: z.intention }), z.copy)) };
}
