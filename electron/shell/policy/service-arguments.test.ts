import { expect, it } from 'vitest';
import { serviceArguments } from './service-arguments.ts';

it.each([
  [['comptoir'], ['--data', '/home/a/.config/comptoir']],
  [
    ['electron', 'main.js', '--disable-gpu'],
    ['--data', '/home/a/.config/comptoir'],
  ],
  [
    ['electron', 'main.js', '--', '--data', '/tmp/d', '--devices', 'simulated'],
    ['--data', '/tmp/d', '--devices', 'simulated'],
  ],
  [
    ['comptoir', '--', '--devices', 'real'],
    ['--data', '/home/a/.config/comptoir', '--devices', 'real'],
  ],
])('%o gives %o', (argv, expected) => {
  expect(serviceArguments(argv, '/home/a/.config/comptoir')).toEqual(expected);
});
