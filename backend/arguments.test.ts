import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it('reads the command line, with a loopback host and any port by default', () => {
  expect(readArguments(['--data', '/d', '--seed', 'demo', '--with-parent'])).toEqual({
    ok: true,
    value: {
      ...{ data: '/d', database: null, port: 0, host: '127.0.0.1', seed: 'demo' },
      ...{ smtp: null, publicUrl: null, withParent: true },
    },
  });
});

it.each([
  [[], '--data'],
  [['--data', '/d', '--port', '70000'], '--port'],
  [['--data', '/d', '--port', '-1'], null],
  [['--data', '/d', '--seed', 'real'], '--seed'],
  [['--data', '/d', '--database', 'mysql://x'], '--database'],
  [['--data', '/d', '--smtp', 'http://mail.example'], '--smtp'],
  [['--data', '/d', '--public-url', 'central.example'], '--public-url'],
  [['--data', '/d', '--public-url', 'https://central.example/#'], '--public-url'],
  [['--data', '/d', '--public-url', 'https://central.example/?a'], '--public-url'],
  [['--data', '/d', '--unknown'], null],
])('refuses %j', (args, what) => {
  const result = readArguments(args);
  expect(result).toMatchObject({ ok: false, error: { type: 'WrongUsage', ...(what ? { what } : {}) } });
});

it('takes the address at which customers reach the server', () => {
  const publicUrl = 'https://central.example/comptoir';
  expect(readArguments(['--data', '/d', '--public-url', publicUrl])).toMatchObject({ value: { publicUrl } });
});

it('takes the mail server from the environment, where no list of processes shows its password', () => {
  const environment = { COMPTOIR_SMTP: 'smtps://shop:secret@mail.example?from=tickets@shop.example' };
  expect(readArguments(['--data', '/d'], environment)).toMatchObject({ value: { smtp: environment.COMPTOIR_SMTP } });
});
