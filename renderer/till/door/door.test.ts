import { expect, it } from 'vitest';
import { createBrowserEntrance, type EnterResult } from './browser.ts';
import type { DoorClient } from './client.ts';
import { openDoor } from './door.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('comes back by itself after the service was lost, with longer waits, until it is there', async () => {
  const waits: number[] = [];
  const tasks: (() => void)[] = [];
  let lose = () => {};
  const client = {} as DoorClient;
  const ready: EnterResult = {
    ok: true,
    entrance: {
      client,
      onClosed: (closed) => {
        lose = closed;
      },
    },
  };
  const away: EnterResult = { ok: false, why: 'unreachable' };
  const answers = [ready, away, away, ready];
  const door = openDoor({
    enter: async () => answers.shift()!,
    now: () => 1000,
    random: () => 0.5,
    after: (delayMs, task) => {
      waits.push(delayMs);
      tasks.push(task);
      return () => {};
    },
  });
  await settled();
  expect(door.store.getState()).toEqual({ state: 'ready', client });
  lose();
  expect(door.store.getState()).toEqual({ state: 'lost', retryAtMs: 1250 });
  for (const _ of [1, 2, 3]) {
    tasks.shift()!();
    await settled();
  }
  expect(waits).toEqual([250, 500, 1000]);
  expect(door.store.getState().state).toBe('ready');
});

it('stops when the page is not let in any more', async () => {
  const door = openDoor({
    enter: async () => ({ ok: false, why: 'refused' }),
    now: () => 0,
    random: () => 0,
    after: () => () => {},
  });
  await settled();
  expect(door.store.getState()).toEqual({ state: 'closed' });
});

it('exchanges the launch token once and puts the next one in its place', async () => {
  const asked: unknown[] = [];
  const replaced: unknown[] = [];
  const enter = createBrowserEntrance({
    fetch: async (url, init) => {
      asked.push([url, init?.body]);
      return Response.json({ bearer: 'b', nextLaunch: 'second' });
    },
    openSocket: () => {
      throw new Error('the test stops here');
    },
    location: { hash: '#launch=first', host: '127.0.0.1:9', protocol: 'http:', pathname: '/till/', search: '' },
    history: { replaceState: (...args) => replaced.push(args[2]) },
    after: () => () => {},
  });
  await expect(enter()).rejects.toThrow('the test stops here');
  expect(asked).toEqual([['/door/launch', '{"launch":"first"}']]);
  expect(replaced).toEqual(['/till/#launch=second']);
});

it('says refused for a token the service does not know, unreachable when it is away', async () => {
  const parts = (answer: () => Response) => ({
    fetch: async () => answer(),
    openSocket: () => {
      throw new Error('not reached');
    },
    location: { hash: '#launch=old', host: '127.0.0.1:9', protocol: 'http:', pathname: '/till/', search: '' },
    history: { replaceState: () => {} },
    after: () => () => {},
  });
  const refused = createBrowserEntrance(parts(() => new Response(null, { status: 401 })));
  const away = createBrowserEntrance(
    parts(() => {
      throw new TypeError('failed to fetch');
    }),
  );
  expect(await refused()).toEqual({ ok: false, why: 'refused' });
  expect(await away()).toEqual({ ok: false, why: 'unreachable' });
});
