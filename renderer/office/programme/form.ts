import type { Programme } from '#contract/loyalty/programme.ts';
import type { Language } from '#contract/money/index.ts';
import { amountText, numberText } from '../form/texts.ts';

/** A row has a key of its own: its place changes when one above it is removed. */
export type StepForm = { key: number; fromAmount: string; points: string; perAmount: string };
export type HoursForm = {
  key: number;
  weekdays: number[];
  fromTime: string;
  toTime: string;
  factor: string;
  from: string;
  to: string;
};
export type GiftForm = {
  key: number;
  /** Empty until it is saved: made from the name. */
  id: string;
  french: string;
  english: string;
  points: string;
  moneyOff: string;
  from: string;
  to: string;
};

/** The programme as it is typed: each field a text, an empty one a rule that is not there. */
export type ProgrammeForm = {
  name: string;
  from: string;
  to: string;
  points: string;
  perAmount: string;
  minimumAmount: string;
  steps: StepForm[];
  hours: HoursForm[];
  gifts: GiftForm[];
  money: { points: string; amount: string; minimumPoints: string };
  welcome: string;
  birthday: { points: string; daysBefore: string; daysAfter: string };
  expiryMonths: string;
};

const minutesPerDay = 1_440;

/** `17:30`. The end of the day is written as its first minute, as clocks do. */
export function timeText(minute: number): string {
  const shown = minute % minutesPerDay;
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

/** `1,5` for 150 percent. */
export const factorText = (percent: number, language: Language): string =>
  String(percent / 100).replace('.', language === 'fr' ? ',' : '.');

/** The form that shows a programme. */
export function formOf(programme: Programme, language: Language): ProgrammeForm {
  const { earn, money, birthday } = programme;
  const amount = (amountMinor: number | undefined) => amountText(amountMinor, programme.currency, language);
  return {
    name: programme.name,
    from: programme.dates?.from ?? '',
    to: programme.dates?.to ?? '',
    points: numberText(earn.points),
    perAmount: amount(earn.perAmountMinor),
    minimumAmount: amount(earn.minimumAmountMinor),
    steps: (earn.steps ?? []).map((step, key) => ({
      key,
      fromAmount: amount(step.fromAmountMinor),
      points: numberText(step.points),
      perAmount: amount(step.perAmountMinor),
    })),
    hours: (earn.multipliers ?? []).map((hours, key) => ({
      key,
      weekdays: hours.weekdays,
      fromTime: timeText(hours.fromMinute),
      toTime: timeText(hours.toMinute),
      factor: factorText(hours.percent, language),
      from: hours.from ?? '',
      to: hours.to ?? '',
    })),
    gifts: programme.gifts.map((gift, key) => ({
      key,
      id: gift.id,
      french: gift.name.fr,
      english: gift.name.en,
      points: numberText(gift.points),
      moneyOff: amount(gift.moneyOffMinor),
      from: gift.from ?? '',
      to: gift.to ?? '',
    })),
    money: {
      points: numberText(money?.points),
      amount: amount(money?.amountMinor),
      minimumPoints: numberText(money?.minimumPoints),
    },
    welcome: numberText(programme.welcomePoints),
    birthday: {
      points: numberText(birthday?.points),
      daysBefore: numberText(birthday?.daysBefore),
      daysAfter: numberText(birthday?.daysAfter),
    },
    expiryMonths: numberText(programme.expiryMonths),
  };
}

type Row = { key: number };

/** A key that no row has. */
export const nextKey = (rows: readonly Row[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1;
