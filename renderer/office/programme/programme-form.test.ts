import { describe, expect, it } from 'vitest';
import type { Programme } from '#contract/loyalty/programme.ts';
import { officeProgramme as t } from '#resources/locales/fr/office-programme.ts';
import { changesBetween } from './changes.ts';
import { formOf, type GiftForm, type ProgrammeForm } from './form.ts';
import { readForm } from './read-form.ts';

const full: Programme = {
  id: 'shop',
  version: 3,
  name: 'Points',
  currency: 'EUR',
  earn: {
    points: 1,
    perAmountMinor: 150,
    minimumAmountMinor: 500,
    steps: [{ fromAmountMinor: 5_000, points: 2, perAmountMinor: 150 }],
    multipliers: [{ weekdays: [2, 6], fromMinute: 1_080, toMinute: 1_440, percent: 150, from: '2026-11-01' }],
  },
  gifts: [
    { id: 'soap', name: { fr: 'Savon', en: 'Soap' }, points: 200 },
    { id: 'off', name: { fr: 'Bon', en: 'Voucher' }, points: 300, moneyOffMinor: 1_050, to: '2026-12-31' },
  ],
  money: { points: 100, amountMinor: 500, minimumPoints: 200 },
  dates: { from: '2026-01-01' },
  welcomePoints: 50,
  birthday: { points: 100, daysBefore: 7, daysAfter: 0 },
  expiryMonths: 24,
  timeZone: 'Europe/Paris',
};
const shop = { currency: 'EUR', programmeId: 'shop' } as const;
const read = (changes: Partial<ProgrammeForm>) => readForm({ ...formOf(full, 'fr'), ...changes }, full, shop);
const faults = (changes: Partial<ProgrammeForm>) => read(changes).faults.map(({ rule, why }) => `${rule}: ${why}`);

describe('the form of a programme', () => {
  it.each(['fr', 'en'] as const)('shows every rule and reads back the same (%s)', (language) => {
    expect(readForm(formOf(full, language), full, shop)).toEqual({ programme: full, faults: [] });
    expect(formOf(full, language).perAmount).toBe(language === 'fr' ? '1,50' : '1.50');
  });

  it('an empty field is a rule that is not there', () => {
    const { money: _, welcomePoints: __, birthday: ___, expiryMonths: ____, dates: _____, ...rest } = full;
    const emptied = read({
      from: '',
      minimumAmount: '',
      steps: [],
      hours: [],
      money: { points: '', amount: '', minimumPoints: '' },
      welcome: '',
      birthday: { points: '', daysBefore: '7', daysAfter: '' },
      expiryMonths: '',
    });
    expect(emptied).toEqual({ programme: { ...rest, earn: { points: 1, perAmountMinor: 150 } }, faults: [] });
  });

  it('[T18] says beside which field something cannot be read, all at once', () => {
    const [step] = formOf(full, 'fr').steps;
    expect(
      faults({
        points: '',
        perAmount: '1,505',
        minimumAmount: 'cinq',
        steps: [{ ...step!, points: '1,5' }],
        welcome: '0',
        hours: [{ ...formOf(full, 'fr').hours[0]!, weekdays: [], toTime: '', factor: '20' }],
      }),
    ).toEqual([
      'earn.points: number-missing',
      'earn.perAmountMinor: amount-decimals',
      'earn.minimumAmountMinor: amount-not-a-number',
      'earn.steps.0.points: number-not-whole',
      'earn.multipliers.0.weekdays: weekdays-missing',
      'earn.multipliers.0.fromMinute: time-missing',
      'earn.multipliers.0.percent: factor-invalid',
      'welcomePoints: number-out-of-bounds',
    ]);
  });

  it('[T18] reads contradictory rules, and names them', () => {
    const reading = read({ expiryMonths: '0', name: ' ' });
    expect(reading.programme).toMatchObject({ expiryMonths: 0 });
    expect(reading.faults.map(({ rule }) => rule)).toEqual(['name', 'expiryMonths']);
  });

  it('knows a new gift by its name', () => {
    const gift = (key: number, french: string): GiftForm => ({
      key,
      id: '',
      french,
      english: french,
      points: '10',
      moneyOff: '',
      from: '',
      to: '',
    });
    const { gifts } = formOf(full, 'fr');
    const { programme } = read({ gifts: [...gifts, gift(7, 'Thé à l’orange'), gift(8, 'Soap'), gift(9, '茶')] });
    expect(programme?.gifts.map(({ id }) => id)).toEqual(['soap', 'off', 'the-a-l-orange', 'soap-4', 'gift']);
  });
});

describe('what changes between two versions', () => {
  const found = (after: Programme) => changesBetween(full, after, 'fr', t).map(({ what }) => what);

  it('is nothing for the same rules, in whatever order they were written', () => {
    expect(
      found({ ...full, version: 9, publishedAtMs: 5, birthday: { daysAfter: 0, daysBefore: 7, points: 100 } }),
    ).toEqual([]);
  });

  it('[T18] names each rule that a customer would notice', () => {
    const [soap, off] = full.gifts as [Programme['gifts'][number], Programme['gifts'][number]];
    const after: Programme = {
      ...full,
      name: 'Étoiles',
      earn: {
        points: 2,
        perAmountMinor: 150,
        steps: [{ fromAmountMinor: 9_000, points: 4, perAmountMinor: 150 }],
        multipliers: [{ weekdays: [1], fromMinute: 0, toMinute: 60, percent: 200 }],
      },
      gifts: [
        { ...soap, points: 250, name: { fr: 'Savonnette', en: 'Soap' } },
        { ...off, id: 'new' },
      ],
      expiryMonths: 12,
    };
    expect(found(after)).toEqual([
      'name',
      'rate',
      'minimum-removed',
      'step-removed',
      'step-added',
      'hours-removed',
      'hours-added',
      'gift-removed',
      'gift-price',
      'gift-changed',
      'gift-added',
      'expiry-set',
    ]);
    const { money: _, welcomePoints: __, birthday: ___, expiryMonths: ____, dates: _____, ...plain } = full;
    expect(found(plain)).toEqual([
      'dates-removed',
      'money-removed',
      'welcome-removed',
      'birthday-removed',
      'expiry-removed',
    ]);
  });
});
