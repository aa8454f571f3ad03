import type { Lamp } from '#contract/till/state.ts';

/** Where a device is, as a person reads it. */
export const addressOf = (lamp: Lamp, simulated: string): string =>
  lamp.address?.startsWith('simulated:') ? simulated : (lamp.address ?? '');
