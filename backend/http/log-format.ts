import type { Clock } from '#contract/time/index.ts';

/** The log format of the whole product, as the till writes it too: `at`, `level`, `event`, then the facts; no machine's name. */
export const logFormat = (clock: Clock) => ({
  base: null,
  messageKey: 'event',
  timestamp: () => `,"at":"${new Date(clock.wallMs()).toISOString()}"`,
  formatters: { level: (level: string) => ({ level }) },
});
