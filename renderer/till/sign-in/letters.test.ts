import { expect, it } from 'vitest';
import { lettersFor } from './letters.ts';

it('gives each person the first free letter of their name', () => {
  expect(lettersFor(['Awa Koné', 'Serge Tanoh', 'Aya Sow', 'Élise B', 'Léa'])).toEqual(['A', 'S', 'Y', 'E', 'B']);
});
