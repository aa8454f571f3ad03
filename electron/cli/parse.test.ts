import { expect, it } from 'vitest';
import { parseCommand } from './parse.ts';

const parsed = (line: string) => {
  const found = parseCommand(line.split(' '));
  return 'usage' in found ? found.usage : { verb: found.verb.name, words: found.words, ...found.options };
};

it('finds verbs of one word and of two, and their options', () => {
  expect(parsed('sale --amount 1250 --json')).toMatchObject({ verb: 'sale', amount: '1250', json: true });
  expect(parsed('device set printer serial:/dev/ttyS0 --profile generic-58mm')).toMatchObject({
    verb: 'device set',
    words: ['printer', 'serial:/dev/ttyS0'],
    profile: 'generic-58mm',
  });
});

it('takes --training with all that is done at a till, and with the check of its journal', () => {
  for (const line of ['sale --amount 5', 'card issue', 'close x', 'journal verify', 'simulate card present 3']) {
    expect(parsed(`${line} --training`)).toMatchObject({ training: true });
  }
});

it('takes a number below zero for a number', () => {
  expect(parsed('simulate clock shift -86400 --json')).toMatchObject({
    words: ['clock', 'shift', '-86400'],
    json: true,
  });
  expect(parsed('sale --amount -5')).toMatchObject({ verb: 'sale', amount: '-5' });
});

it.each([
  ['sale', /^comptoir sale --amount A .*--amount\?$/],
  ['enrol --code A', /--central\?$/],
  ['sale --amount 5 --timeout abc', "comptoir sale: --timeout 1..300, not 'abc'"],
  ['sale --amount 5 --timeout 301', "comptoir sale: --timeout 1..300, not '301'"],
  ['sale --amount 5 --lang de', "comptoir sale: --lang fr|en, not 'de'"],
  ['sale --amount 5 --intention 7', "comptoir sale: --intention UUID, not '7'"],
  ['demo --devices toy', "comptoir demo: --devices simulated|real, not 'toy'"],
  ['journal list --limit 0', "comptoir journal list: --limit 1..500, not '0'"],
  ['sale --amount 5 --price 6', /^comptoir sale: Unknown option '--price'/],
  ['journal --json', 'comptoir journal list | comptoir journal verify | comptoir journal export'],
  ['demo --training', 'comptoir demo: no --training'],
  ['backup f --training', 'comptoir backup: no --training'],
  ['frobnicate --json', "comptoir: unknown verb 'frobnicate'"],
])('names what is wrong with `%s`', (line, usage) => {
  expect(parsed(line)).toEqual(expect.stringMatching(usage instanceof RegExp ? usage : ''));
  if (typeof usage === 'string') expect(parsed(line)).toBe(usage);
});
