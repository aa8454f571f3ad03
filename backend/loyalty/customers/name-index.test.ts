import { expect, it } from 'vitest';
import { nameIndex } from './name-index.ts';

const index = nameIndex('ab'.repeat(32), 'shop');
const found = (name: string, search: string) => {
  const wanted = index.wanted(search);
  const entries = index.entries(name);
  return wanted?.every((each) => entries.includes(each)) ?? false;
};

it('finds a name by the beginnings of its words, without accents or apostrophes', () => {
  for (const search of ['adj', 'NGUESSAN', 'nguess adjoua', 'N’gue'])
    expect([search, found('Adjoua N’Guessan', search)]).toEqual([search, true]);
  for (const search of ['guessan', 'a', '', 'adjouax'])
    expect([search, found('Adjoua N’Guessan', search)]).toEqual([search, false]);
  expect(found('Élodie', 'elo')).toBe(true);
});

it('says nothing of the name by itself, and not the same in another shop or at another server', () => {
  const entries = index.entries('Adjoua');
  expect(entries.join()).not.toMatch(/adj/i);
  for (const other of [nameIndex('ab'.repeat(32), 'other'), nameIndex('cd'.repeat(32), 'shop')]) {
    expect(other.entries('Adjoua').some((entry) => entries.includes(entry))).toBe(false);
  }
});
