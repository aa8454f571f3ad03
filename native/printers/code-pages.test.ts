import { expect, it } from 'vitest';
import { codePages } from './code-pages.ts';

const byteOf = (page: string, character: string) => codePages.get(page)?.byteOf.get(character);

it('has the bytes that IBM and Microsoft publish for French and the euro', () => {
  expect(['é', 'è', 'ç', 'à', 'ê'].map((one) => byteOf('pc850', one))).toEqual([0x82, 0x8a, 0x87, 0x85, 0x88]);
  expect(byteOf('pc437', 'É')).toBe(0x90);
  expect(byteOf('pc858', '€')).toBe(0xd5);
  expect(byteOf('pc850', '€')).toBeUndefined();
  expect(byteOf('wpc1252', '€')).toBe(0x80);
  expect(byteOf('wpc1252', 'œ')).toBe(0x9c);
  expect(byteOf('iso8859-15', '€')).toBe(0xa4);
});

it.each([
  ['wpc1252', 'windows-1252'],
  ['iso8859-15', 'iso-8859-15'],
])('agrees with the platform on %s', (name, label) => {
  const page = codePages.get(name)!;
  const platform = new TextDecoder(label);
  for (const [character, byte] of page.byteOf) expect(platform.decode(Uint8Array.of(byte))).toBe(character);
  expect(page.byteOf.size).toBeGreaterThanOrEqual(96);
});

it('says plainly that a byte has no character', () => {
  expect(codePages.get('wpc1252')?.characterOf(0x81)).toBe('\ufffd');
});
