import { expect, it } from 'vitest';
import { meaningOf, nameOf, toTransportError } from './codes.ts';

it('tells a lost card, a lost reader and a lost service apart', () => {
  expect(toTransportError(0x80100069)).toEqual({ type: 'CardRemoved' });
  expect(toTransportError(0x80100017)).toEqual({ type: 'ReaderUnavailable', detail: 'SCARD_E_READER_UNAVAILABLE' });
  expect(toTransportError(0x8010001d)).toEqual({ type: 'CardServiceUnavailable', detail: 'SCARD_E_NO_SERVICE' });
});

it('answers an unknown code with its value', () => {
  expect(nameOf(0x1f)).toBe('0x0000001f');
  expect(meaningOf(0x1f)).toBe('reader-lost');
});
