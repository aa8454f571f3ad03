import type { Language } from '#contract/money/index.ts';

const locale = { fr: 'fr-FR', en: 'en-GB' } as const;

const formatter = (language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale[language], options);

/** `14:32` */
export const formatTime = (atMs: number, language: Language): string =>
  formatter(language, { hour: '2-digit', minute: '2-digit', hour12: false }).format(atMs);

/** `17 nov.`; with the year where it is not this one. */
export function formatDay(atMs: number, nowMs: number, language: Language): string {
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return formatter(language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(atMs);
}

/** `Lundi 23 novembre 2026`: a date as it is called, wherever one looks from. @param day `YYYY-MM-DD` */
export function formatLongDay(day: string, language: Language): string {
  const text = new Intl.DateTimeFormat(locale[language], { dateStyle: 'full', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `mar. 24 nov., 13:05`, or the time alone on the same day. */
export function formatMoment(atMs: number, nowMs: number, language: Language): string {
  const time = formatTime(atMs, language);
  if (new Date(atMs).toDateString() === new Date(nowMs).toDateString()) return time;
  const day = formatter(language, { weekday: 'short', day: 'numeric', month: 'short' }).format(atMs);
  return `${day}, ${time}`;
}

/** Seconds as the language writes them: `0,9`, and `0,04` where one decimal would say nothing. */
export function formatSeconds(durationMs: number, language: Language): string {
  const decimals = durationMs < 95 ? 2 : 1;
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale[language], options).format(durationMs / 1000);
}

/** `AK` for Awa Koné: two letters at most. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => word[0]!.toUpperCase())
    .join('');

/** `Awa K.`: what fits under the initials. */
export function shortNameOf(name: string): string {
  const [first = '', ...rest] = name.split(/\s+/).filter((word) => word !== '');
  const last = rest.at(-1);
  return last ? `${first} ${last[0]!.toUpperCase()}.` : first;
}
