import { expect, it } from 'vitest';
import generic from '#resources/printers/generic-80mm.json' with { type: 'json' };
import { parsePrinterProfile } from './profile.ts';
import { printerProfile, printerProfileNames } from './profiles.ts';

const fieldOf = (data: unknown) => {
  const parsed = parsePrinterProfile('mine.json', data);
  return parsed.ok ? 'accepted' : parsed.error.field;
};

it.each(printerProfileNames())('ships a good profile %s under its own name', (name) => {
  expect(printerProfile(name)).toMatchObject({ ok: true, value: { name } });
});

it('names the field that is wrong', () => {
  expect(parsePrinterProfile('mine.json', { ...generic, columns: 0 })).toMatchObject({
    ok: false,
    error: { type: 'PrinterProfileInvalid', source: 'mine.json', field: 'columns' },
  });
  expect(fieldOf({ ...generic, codePages: [{ page: 'pc999', select: 1 }] })).toBe('codePages.0.page');
  expect(fieldOf({ ...generic, colums: 42 })).toBe('colums');
  expect(fieldOf({ ...generic, status: 'none' })).toBe('proof');
  expect(fieldOf('not a profile')).toBe('');
});

it('says which profiles there are when a name is unknown', () => {
  expect(printerProfile('star')).toEqual({
    ok: false,
    error: { type: 'DeviceProfileUnknown', name: 'star', known: printerProfileNames() },
  });
});
