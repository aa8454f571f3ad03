import { expect, it } from 'vitest';
import { chooseReader } from './reader-name.ts';

it('takes the first reader, but not the one of a security module', () => {
  expect(chooseReader(['ACS ACR1252 SAM 01 00', 'ACS ACR1252 PICC 00 00'])).toBe('ACS ACR1252 PICC 00 00');
  expect(chooseReader(['Only SAM 00 00'])).toBe('Only SAM 00 00');
  expect(chooseReader([])).toBeUndefined();
});

it('finds a wanted reader again under another number, never in another slot', () => {
  expect(chooseReader(['X 00 00', 'X 01 00'], 'X 01 00')).toBe('X 01 00');
  expect(chooseReader(['X 01 01', 'X 01 00'], 'X 00 00')).toBe('X 01 00');
  expect(chooseReader(['ACS ACR122 1'], 'ACS ACR122 0')).toBe('ACS ACR122 1');
  expect(chooseReader(['Y 00 00'], 'X 00 00')).toBeUndefined();
});
