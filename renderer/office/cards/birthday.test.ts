import { expect, it } from 'vitest';
import { birthdayText, readBirthday } from './birthday.ts';

it.each([
  ['14/03', '03-14'],
  ['4.3', '03-04'],
  [' 14-03-1987 ', '1987-03-14'],
  ['29/02', '02-29'],
  ['', null],
])('reads %j as %j, and writes it back', (text, value) => {
  expect(readBirthday(text)).toEqual({ ok: true, value });
  expect(readBirthday(birthdayText(value))).toEqual({ ok: true, value });
});

it.each(['31/02', '14', '03/14', '14/03/87', 'mars', '29/02/2023'])('refuses %j', (text) => {
  expect(readBirthday(text)).toEqual({ ok: false });
});
