import { expect, it } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';

const types = ['timestamptz', 'uuid', 'integer', 'text'] as const;
const keys = ['2026-11-01 23:59:59.103+00', '01990000-0000-7000-8000-000000000001', '12', 'a/é"'];

it('reads what it has written', () => {
  expect(readCursor(writeCursor(keys), types)).toEqual(keys);
});

it('takes nothing that the database would choke on, or that is of another list', () => {
  const wrong: string[][] = [
    keys.slice(1),
    [...keys, 'x'],
    ['2026-13-45 23:59:59+00', ...keys.slice(1)],
    ['now()', ...keys.slice(1)],
    [keys[0]!, 'not-a-uuid', '12', 'a'],
    [keys[0]!, keys[1]!, '99999999999', 'a'],
    [keys[0]!, keys[1]!, '12', 'a\0b'],
    [keys[0]!, keys[1]!, '12', 'x'.repeat(201)],
  ];
  for (const each of wrong) expect(readCursor(writeCursor(each), types)).toBeNull();
  expect(readCursor(Buffer.from('{"length":4}').toString('base64url'), types)).toBeNull();
  expect(readCursor("x'--", types)).toBeNull();
  expect(readCursor('', types)).toBeNull();
});
