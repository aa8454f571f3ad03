import { expect, it } from 'vitest';
import { pinHashes } from './pin-hashes.ts';

const secret = 'ab'.repeat(32);
const attempt = { intention: '0197a4b2-1c3d-7e4f-b1e5-5ed0c0ffee42', cardNumber: '0417209320', pin: '4711' };

it('[T26] knows a PIN by a hash that nobody checks without the server secret', async () => {
  const phc = await pinHashes(secret).hash('4711');
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await pinHashes(secret).matches(phc, '4711')).toBe(true);
  expect(await pinHashes(secret).matches(phc, '4712')).toBe(false);
  expect(await pinHashes('cd'.repeat(32)).matches(phc, '4711')).toBe(false);
});

it('names a try by all that makes it another one', () => {
  const name = pinHashes(secret).nameOfTry(attempt);
  expect(pinHashes(secret).nameOfTry(attempt)).toEqual(name);
  for (const other of [
    { pin: '4712' },
    { cardNumber: '0417554002' },
    { intention: attempt.intention.replace('42', '43') },
  ]) {
    expect(pinHashes(secret).nameOfTry({ ...attempt, ...other })).not.toEqual(name);
  }
  expect(pinHashes('cd'.repeat(32)).nameOfTry(attempt)).not.toEqual(name);
});
