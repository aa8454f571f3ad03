import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, currencies, formatAmount, formatInteger, type Language } from '#contract/money/index.ts';

/** Facts as the contract carries them; a name ends in its unit, which says how a person reads it. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

const currencyOf = (facts: Facts): CurrencyCode | null =>
  typeof facts.currency === 'string' && facts.currency in currencies ? (facts.currency as CurrencyCode) : null;

const isSingular = (count: number, language: Language): boolean =>
  language === 'fr' ? Math.abs(count) < 2 : Math.abs(count) === 1;

/** `10 ans`, `3 j`, `2 h 04`, `3 min`, `12 s`: the units that matter at a counter. */
export function formatDuration(durationMs: number, language: Language): string {
  const seconds = Math.round(Math.abs(durationMs) / 1000);
  const day = language === 'fr' ? 'j' : 'd';
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 24) return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(rest).padStart(2, '0')}`;
  const days = Math.round(hours / 24);
  if (days < 2 * 365) return `${days}\u00a0${day}`;
  return `${Math.round(days / 365.25)}\u00a0${language === 'fr' ? 'ans' : 'years'}`;
}

/** One fact as text, or null where it is missing and its optional part must go. */
function textOf(name: string, facts: Facts, language: Language): string | null {
  const value = facts[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return /cardNumber$/i.test(name) ? formatCardNumber(value) : value;
  if (typeof value === 'boolean') return String(value);
  if (name.endsWith('Minor')) {
    const currency = currencyOf(facts);
    return currency ? formatAmount(value, currency, language) : formatInteger(value, language);
  }
  if (name.endsWith('Ms')) return formatDuration(value, language);
  if (name.endsWith('Seconds')) return formatDuration(value * 1000, language);
  return formatInteger(value, language);
}

/**
 * Puts facts into a sentence.
 * `{name}` is a fact; `{name|one|many}` agrees with a count; `[…]` goes whole when a fact inside it is missing.
 * A `{name}` outside brackets whose fact is missing becomes nothing: no sentence ever shows a brace.
 */
export function fill(text: string, facts: Facts, language: Language): string {
  const place = (part: string, onMissing: () => void): string =>
    part.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
      if (one !== undefined) {
        const count = facts[name];
        if (typeof count !== 'number') onMissing();
        else return isSingular(count, language) ? one : (many ?? '');
        return '';
      }
      const shown = textOf(name, facts, language);
      if (shown === null) onMissing();
      return shown ?? '';
    });
  const withoutOptional = text.replace(/\[([^\]]*)\]/g, (_, part: string) => {
    let complete = true;
    const filled = place(part, () => {
      complete = false;
    });
    return complete ? filled : '';
  });
  return place(withoutOptional, () => {}).trim();
}
