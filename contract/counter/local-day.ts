/** Tells the date of a moment (Unix ms) where the till stands, as `YYYY-MM-DD`. */
export type LocalDayOf = (wallMs: number) => string;

/** @param timeZone IANA, as `Africa/Lome` */
export function localDayIn(timeZone: string): LocalDayOf {
  // The Swedish format is the ISO one.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return (wallMs) => format.format(wallMs);
}
