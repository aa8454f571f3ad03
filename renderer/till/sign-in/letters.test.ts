import { expect, it } from 'vitest';
import { lettersFor } from './letters.ts';

it('gives each person the first letter of their name that nothing else on the page has', () => {
  expect(lettersFor(['Awa Koné', 'Serge Tanoh', 'Aya Sow', 'Élise B', 'Léa'])).toEqual(['A', 'E', 'Y', 'I', 'B']);
});
