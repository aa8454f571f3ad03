import { checkProgramme, Programme, type ShopFacts } from '#contract/loyalty/programme.ts';
import type { Fault } from '../form/faults.ts';
import { FormReader } from '../form/reader.ts';
import type { GiftForm, HoursForm, ProgrammeForm, StepForm } from './form.ts';

/** `programme` is null while a field cannot be read; with one, `faults` are contradictions of its rules. */
export type FormReading = { programme: Programme | null; faults: Fault[] };

const maxPointsPerStep = 10_000;
const maxBonus = 1_000_000;
const maxGiftPoints = 1_000_000_000;
const maxDays = 60;

/**
 * The programme that a form says, or what of it cannot be read.
 * @param base the rules it began from: what the form does not show stays as it is there
 */
export function readForm(form: ProgrammeForm, base: Programme, shop: ShopFacts): FormReading {
  const reader = new FormReader(base.currency);
  const { publishedAtMs: _, ...kept } = base;
  const read = Programme.safeParse(
    without({
      ...kept,
      name: form.name.trim(),
      earn: without({
        points: reader.needed('earn.points', form.points, 1, maxPointsPerStep),
        perAmountMinor: reader.neededAmount('earn.perAmountMinor', form.perAmount),
        minimumAmountMinor: reader.amount('earn.minimumAmountMinor', form.minimumAmount),
        steps: some(form.steps.map((step, index) => stepOf(reader, step, index))),
        multipliers: some(form.hours.map((hours, index) => multiplierOf(reader, hours, index))),
      }),
      gifts: form.gifts.map((gift, index) => giftOf(reader, gift, index, form.gifts)),
      money: moneyOf(reader, form.money),
      dates: form.from === '' && form.to === '' ? undefined : without(periodOf(form)),
      welcomePoints: reader.number('welcomePoints', form.welcome, 1, maxBonus),
      birthday: birthdayOf(reader, form.birthday),
      // Zero is read, so that the contradiction says what it would mean.
      expiryMonths: reader.number('expiryMonths', form.expiryMonths, 0, 120),
    }),
  );
  if (reader.faults.length > 0) return { programme: null, faults: reader.faults };
  if (read.success) return { programme: read.data, faults: checkProgramme(read.data, shop) };
  const faults = read.error.issues.map(({ path }): Fault => ({ rule: path.map(String).join('.'), why: 'shape' }));
  return { programme: null, faults };
}

/** An absent rule is no member, not an undefined one. */
const without = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

const some = <T>(rows: T[]): T[] | undefined => (rows.length > 0 ? rows : undefined);

const periodOf = ({ from, to }: { from: string; to: string }) => ({
  from: from === '' ? undefined : from,
  to: to === '' ? undefined : to,
});

function stepOf(reader: FormReader, step: StepForm, index: number) {
  const rule = `earn.steps.${index}`;
  return {
    fromAmountMinor: reader.neededAmount(`${rule}.fromAmountMinor`, step.fromAmount),
    points: reader.needed(`${rule}.points`, step.points, 1, maxPointsPerStep),
    perAmountMinor: reader.neededAmount(`${rule}.perAmountMinor`, step.perAmount),
  };
}

function multiplierOf(reader: FormReader, hours: HoursForm, index: number) {
  const rule = `earn.multipliers.${index}`;
  if (hours.weekdays.length === 0) reader.fault(`${rule}.weekdays`, 'weekdays-missing');
  const [fromMinute, end] = [minuteOf(hours.fromTime), minuteOf(hours.toTime)];
  if (fromMinute === null || end === null) reader.fault(`${rule}.fromMinute`, 'time-missing');
  return without({
    weekdays: hours.weekdays.toSorted((a, b) => a - b),
    fromMinute: fromMinute ?? 0,
    // Midnight at the end is the end of the day.
    toMinute: end === 0 ? 1_440 : (end ?? 0),
    percent: percentOf(reader, `${rule}.percent`, hours.factor),
    ...periodOf(hours),
  });
}

function minuteOf(time: string): number | null {
  const match = /^(\d\d):(\d\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** `1,5` is 150 percent. */
function percentOf(reader: FormReader, rule: string, text: string): number {
  const match = /^(\d{1,2})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  const percent = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Number.NaN;
  if (percent <= 1_000) return percent;
  reader.fault(rule, 'factor-invalid');
  return 100;
}

function giftOf(reader: FormReader, gift: GiftForm, index: number, all: readonly GiftForm[]) {
  const rule = `gifts.${index}`;
  return without({
    id: gift.id === '' ? idFor(gift, index, all) : gift.id,
    name: { fr: gift.french.trim(), en: gift.english.trim() },
    points: reader.needed(`${rule}.points`, gift.points, 1, maxGiftPoints),
    moneyOffMinor: reader.amount(`${rule}.moneyOffMinor`, gift.moneyOff),
    ...periodOf(gift),
  });
}

/** A new gift is known by its name in plain letters; a number tells it from another of that name. */
function idFor(gift: GiftForm, index: number, all: readonly GiftForm[]): string {
  const plain = gift.french.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const slug =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 32) || 'gift';
  const taken = new Set(all.map(({ id }) => id));
  if (!taken.has(slug) && !all.slice(0, index).some(({ id, french }) => id === '' && french === gift.french))
    return slug;
  return `${slug}-${index + 1}`;
}

function moneyOf(reader: FormReader, money: ProgrammeForm['money']) {
  if (money.points.trim() === '' && money.amount.trim() === '') return undefined;
  return without({
    points: reader.needed('money.points', money.points, 1, maxGiftPoints),
    amountMinor: reader.neededAmount('money.amountMinor', money.amount),
    minimumPoints: reader.number('money.minimumPoints', money.minimumPoints, 1, maxGiftPoints),
  });
}

function birthdayOf(reader: FormReader, birthday: ProgrammeForm['birthday']) {
  const points = reader.number('birthday.points', birthday.points, 1, maxBonus);
  if (points === undefined) return undefined;
  return {
    points,
    daysBefore: reader.number('birthday.daysBefore', birthday.daysBefore, 0, maxDays) ?? 0,
    daysAfter: reader.number('birthday.daysAfter', birthday.daysAfter, 0, maxDays) ?? 0,
  };
}
