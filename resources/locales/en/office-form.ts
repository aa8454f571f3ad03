import type { officeForm as french } from '../fr/office-form.ts';

export const officeForm: typeof french = {
  faults: {
    'number-missing': 'A number is missing here.',
    'number-not-whole': 'Write a whole number.',
    'number-out-of-bounds': 'Write a number from {min} to {max}.',
    'factor-invalid': 'Write 1.5 or 2, for example; 10 at most.',
    'weekdays-missing': 'Choose at least one day.',
    'time-missing': 'Choose both hours.',
    'text-missing': 'A name is missing here.',
    'other-currency': 'The shop counts in {expected}, these rules in {found}.',
    'other-programme': 'These rules are of another programme: {id}.',
    'name-missing': 'A name is missing, in French or in English.',
    'step-not-ascending': 'This step must begin above the one before it.',
    'step-lowers':
      'At {fromAmountMinor} this step would give {points} {points|point|points}; without it the customer has {usual}.',
    'multiplier-lowers': 'A happy hour cannot give less than usual.',
    'multipliers-overlap': 'These hours overlap hours {other}. Set them apart.',
    'hours-reversed': 'The end comes before the beginning. To go past midnight, make two lines.',
    'dates-reversed': 'The end comes before the beginning.',
    'gift-repeated': 'This gift is in the list already.',
    'points-out-of-reach': 'No card can spend so many: {maxPoints} points at most.',
    'money-out-of-reach':
      'Nobody could use it: one operation spends {maxPoints} at most, it would take {minimumPoints}.',
    'expiry-zero': 'After 0 months all would be lost at once. Leave it empty, or write at least 1.',
    'not-json': 'This file is no programme.',
    shape: 'This rule is not understood.',
    'amount-decimals': '{text} has too many decimals for this currency.',
    'amount-not-a-number': 'Write an amount.',
    'amount-out-of-bounds': 'This amount is out of bounds.',
  },
};
