import { expect, it } from 'vitest';
import { sayDayReason } from './day-reason.ts';

it('[N1] a reason of the till’s own is said in the reader’s language, whatever language the Z was written in', () => {
  expect(sayDayReason('en', 'Vente non saisie')).toBe('Sale not rung up');
  expect(sayDayReason('fr', 'Vente non saisie')).toBe('Vente non saisie');
  expect(sayDayReason('fr', sayDayReason('en', 'Rendu de monnaie'))).toBe('Rendu de monnaie');
});

it('a reason in a person’s own words stays as it was written', () => {
  expect(sayDayReason('en', 'billet déchiré')).toBe('billet déchiré');
});
