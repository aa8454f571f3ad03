import type { Programme } from '#contract/loyalty/programme.ts';
import type { Language } from '#contract/money/index.ts';
import type { Facts } from '#resources/locales/fill.ts';
import type { officeProgramme } from '#resources/locales/fr/office-programme.ts';
import { factorText, timeText } from './form.ts';

/** One thing that is different under other rules; its sentence is in the locales. */
export type Change = { what: keyof typeof officeProgramme.changes; facts: Facts };
type Words = Pick<typeof officeProgramme, 'weekdays'>;

type Hours = NonNullable<Programme['earn']['multipliers']>[number];
type Step = NonNullable<Programme['earn']['steps']>[number];

/** What a customer would notice between two versions, in the order of the form. Empty for rules that mean the same. */
export function changesBetween(before: Programme, after: Programme, language: Language, t: Words): Change[] {
  const { currency } = after;
  const found: Change[] = [];
  const tell = (what: Change['what'], facts: Facts = {}) => found.push({ what, facts: { currency, ...facts } });
  if (before.name !== after.name) tell('name', { after: after.name });
  if (!isSame(before.dates, after.dates)) tell(after.dates ? 'dates' : 'dates-removed', after.dates);
  earning(before, after, tell);
  for (const [what, hours] of compared(before.earn.multipliers ?? [], after.earn.multipliers ?? [], 'hours')) {
    tell(what, hoursFacts(hours, language, t));
  }
  gifts(before, after, language, tell);
  if (!isSame(before.money, after.money)) tell(after.money ? 'money-set' : 'money-removed', after.money);
  attentions(before, after, tell);
  return found;
}

/** Whether two versions promise the same, whoever published them and when. */
export const isSamePromise = (a: Programme, b: Programme): boolean => isSame(rulesOf(a), rulesOf(b));

const rulesOf = ({ version: _, publishedAtMs: __, timeZone: ___, ...rules }: Programme) => rules;

type Tell = (what: Change['what'], facts?: Facts) => void;

const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** Members in one order: rules that were typed and rules that were stored compare as equal. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  ) ?? '';

/** Rows that only one of the two has. */
function compared<T, K extends 'step' | 'hours'>(before: readonly T[], after: readonly T[], kind: K) {
  const only = (rows: readonly T[], others: readonly T[]) =>
    rows.filter((row) => !others.some((other) => isSame(row, other)));
  return [
    ...only(before, after).map((row) => [`${kind}-removed`, row] as const),
    ...only(after, before).map((row) => [`${kind}-added`, row] as const),
  ] as const satisfies readonly (readonly [string, T])[];
}

function earning({ earn: before }: Programme, { earn: after }: Programme, tell: Tell): void {
  if (before.points !== after.points || before.perAmountMinor !== after.perAmountMinor) {
    const { points, perAmountMinor } = after;
    tell('rate', { points, perAmountMinor, oldPoints: before.points, oldPerAmountMinor: before.perAmountMinor });
  }
  const { minimumAmountMinor } = after;
  if (before.minimumAmountMinor !== minimumAmountMinor) {
    tell(minimumAmountMinor === undefined ? 'minimum-removed' : 'minimum-set', { minimumAmountMinor });
  }
  for (const [what, step] of compared<Step, 'step'>(before.steps ?? [], after.steps ?? [], 'step')) tell(what, step);
}

function hoursFacts(hours: Hours, language: Language, { weekdays }: Words): Facts {
  const days = hours.weekdays.map((day) => weekdays[String(day) as keyof typeof weekdays]).join(' ');
  const factor = factorText(hours.percent, language);
  return {
    factor,
    days,
    hours: `${timeText(hours.fromMinute)}–${timeText(hours.toMinute)}`,
    from: hours.from,
    to: hours.to,
  };
}

function gifts(before: Programme, after: Programme, language: Language, tell: Tell): void {
  for (const gift of before.gifts) {
    if (!after.gifts.some(({ id }) => id === gift.id)) tell('gift-removed', { name: gift.name[language] });
  }
  for (const gift of after.gifts) {
    const old = before.gifts.find(({ id }) => id === gift.id);
    const name = gift.name[language];
    if (!old) tell('gift-added', { name, points: gift.points });
    else if (old.points !== gift.points) tell('gift-price', { name, points: gift.points, oldPoints: old.points });
    if (old && !isSame({ ...old, points: 0 }, { ...gift, points: 0 })) tell('gift-changed', { name });
  }
}

function attentions(before: Programme, after: Programme, tell: Tell): void {
  if (before.welcomePoints !== after.welcomePoints) {
    tell(after.welcomePoints === undefined ? 'welcome-removed' : 'welcome-set', { points: after.welcomePoints });
  }
  if (!isSame(before.birthday, after.birthday)) {
    tell(after.birthday ? 'birthday-set' : 'birthday-removed', after.birthday);
  }
  if (before.expiryMonths !== after.expiryMonths) {
    tell(after.expiryMonths === undefined ? 'expiry-removed' : 'expiry-set', { months: after.expiryMonths });
  }
}
