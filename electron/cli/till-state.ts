import type { TillState } from '#contract/till/state.ts';
import type { TillClient } from './door-client.ts';

/** The till's state as it is now: the first word of its watch. */
export async function tillStateNow(till: TillClient): Promise<TillState> {
  for await (const state of await till.till.watch()) return state;
  throw new Error('the service says nothing of its state');
}
