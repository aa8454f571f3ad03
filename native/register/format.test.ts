import { expect, it } from 'vitest';
import framed from '#resources/registers/stx-etx-lrc.json' with { type: 'json' };
import { parseRegisterFormat } from './format.ts';
import { registerFormat, registerFormatNames } from './formats.ts';

const fieldOf = (data: unknown) => {
  const parsed = parseRegisterFormat('mine.json', data);
  return parsed.ok ? 'accepted' : parsed.error.field;
};

it.each(registerFormatNames())('ships a good format %s under its own name', (name) => {
  expect(registerFormat(name)).toMatchObject({ ok: true, value: { name } });
});

it('names the field that is wrong', () => {
  expect(fieldOf({ ...framed, end: '3' })).toBe('end');
  expect(fieldOf({ ...framed, end: '' })).toBe('end');
  expect(fieldOf({ ...framed, fields: [] })).toBe('fields');
  expect(fieldOf({ ...framed, fields: [{ field: 'blanks' }] })).toBe('fields');
  expect(fieldOf({ ...framed, fields: [{ field: 'amount', unit: 'cents' }] })).toBe('fields.0.unit');
  expect(fieldOf({ ...framed, baud: 9600 })).toBe('baud');
});

it('says which formats there are when a name is unknown', () => {
  expect(registerFormat('other')).toEqual({
    ok: false,
    error: { type: 'DeviceProfileUnknown', name: 'other', known: registerFormatNames() },
  });
});
