import { expect, it } from 'vitest';
import { newSale, type Sale, step } from '../sale/sale.ts';
import { beforeTraining } from './before.ts';

const typed = step(newSale, { act: 'digits', digits: '777', source: 'keyboard' });
const waiting = step(typed, { act: 'ask', id: 'i1', currency: 'XOF' });
const ended = (type: 'PinRequired' | 'CardBlocked') =>
  step(waiting, { act: 'ended', intention: 'i1', error: { type } });

it('[N8] nothing is under way on an empty till, nor behind a result', () => {
  expect(beforeTraining(newSale)).toBe('none');
  expect(beforeTraining({ stage: 'result' } as Sale)).toBe('none');
});

it('[N8] what was typed is given up only by a person’s word; what a card may hold is finished first', () => {
  expect([typed, ended('PinRequired'), ended('CardBlocked')].map(beforeTraining)).toEqual(['ask', 'ask', 'ask']);
  expect(beforeTraining(waiting)).toBe('finish');
  expect(beforeTraining(step(waiting, { act: 'lost', intention: 'i1' }))).toBe('finish');
});
