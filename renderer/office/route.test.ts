import { expect, it } from 'vitest';
import { addressOf, routeOf } from './route.ts';

it('an address names a page and what follows it', () => {
  expect(routeOf('#/cards/0417209320')).toEqual({ id: 'cards', rest: ['0417209320'] });
  expect(routeOf(addressOf('cards', 'a/b é'))).toEqual({ id: 'cards', rest: ['a/b é'] });
});

it('what is no address of a page is nowhere', () => {
  for (const hash of ['', '#', '#content', '#/']) expect(routeOf(hash)).toEqual({ id: '', rest: [] });
  expect(routeOf('#/cards/%')).toEqual({ id: 'cards', rest: ['%'] });
});
