import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hash } from '@node-rs/argon2';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCounter } from '#test/harness/service.ts';
import { SignIn } from './sign-in.ts';
import { badgeHashPurpose, pinHashPurpose } from './who.ts';

const pin = '493027';
let pinHash: string;
let counter: TestCounter;
let signIn: SignIn;

const start = () => {
  const { store, parts, keys, clock } = counter;
  signIn = new SignIn({ feed: store.feed, tries: store.tries, journal: parts.journal, keys, clock });
};
const hire = (code: string, active = true, badge: string | null = null) => {
  const sealed = (hash: string, purpose: string) => Buffer.from(counter.keys.seal(Buffer.from(hash), purpose));
  const sealedPinHash = sealed(pinHash, pinHashPurpose);
  const sealedBadgeHash =
    badge === null ? null : sealed(createHash('sha256').update(badge).digest('hex'), badgeHashPurpose);
  counter.store.feed.apply(
    [{ item: 'staff', code, name: 'Awa Koné', role: 'cashier', active, sealedPinHash, sealedBadgeHash }],
    9,
  );
};

beforeAll(async () => {
  pinHash = await hash(pin, { memoryCost: 8, timeCost: 1 });
});
beforeEach(async () => {
  counter = await TestCounter.open();
  start();
  hire('awa');
});
afterEach(() => counter.close());

const attempt = (code: string, given: string, intention = counter.uuid()) => signIn.withPin(intention, code, given);
const refused = { ok: false, error: { type: 'SignInRefused' } };

/** Tries wrong PINs until one more would have to wait; the free ones first. */
async function useUpFreeTries(): Promise<void> {
  for (let attempts = 0; attempts < 5; attempts++) expect(await attempt('awa', '000000')).toEqual(refused);
}

describe('signing in', () => {
  it('opens with the right PIN, without any server, and is a fact', async () => {
    expect(signIn.list()).toEqual([{ code: 'awa', name: 'Awa Koné', role: 'cashier' }]);
    const intention = counter.uuid();
    expect(await attempt('awa', pin, intention)).toEqual({
      ok: true,
      value: { code: 'awa', name: 'Awa Koné', role: 'cashier' },
    });
    expect(counter.entries()).toMatchObject([
      { kind: 'staff.signed-in', intention, staff: 'awa', role: 'cashier', body: { by: 'pin' } },
    ]);
  });

  it('answers the same to a wrong PIN, an unknown code and someone who has left', async () => {
    hire('kofi', false);
    expect(await attempt('awa', '493028')).toEqual(refused);
    expect(await attempt('nobody', pin)).toEqual(refused);
    expect(await attempt('kofi', pin)).toEqual(refused);
    expect(signIn.list().map(({ code }) => code)).toEqual(['awa']);
    expect(counter.entries()).toEqual([]);
  });

  it('does not let one intention sign two people in', async () => {
    hire('kofi');
    const intention = counter.uuid();
    expect((await attempt('awa', pin, intention)).ok).toBe(true);
    expect((await attempt('awa', pin, intention)).ok).toBe(true);
    expect(await attempt('kofi', pin, intention)).toEqual({ ok: false, error: { type: 'IntentionReused' } });
    expect(counter.entries()).toHaveLength(1);
  });

  it('refuses a hash that another till sealed', async () => {
    counter.store.feed.apply(
      [{ item: 'staff', code: 'awa', name: 'Awa', role: 'cashier', active: true, sealedPinHash: Buffer.from(pinHash) }],
      10,
    );
    expect(await attempt('awa', pin)).toEqual(refused);
  });
});

describe('a badge', () => {
  const badge = 'BADGE 4471-XK';
  const scan = (text: string, intention = counter.uuid()) => signIn.withBadge(intention, text);

  it('[T25] says whose it is, without any server, and the sign-in by it is a fact', async () => {
    hire('kofi', true, badge);
    const intention = counter.uuid();
    expect(await scan(` ${badge}\r`, intention)).toMatchObject({ ok: true, value: { code: 'kofi' } });
    expect(counter.entries()).toMatchObject([
      { kind: 'staff.signed-in', intention, staff: 'kofi', body: { by: 'badge' } },
    ]);
  });

  it('[T25] is written down nowhere: neither its text nor its plain hash', async () => {
    hire('kofi', true, badge);
    await scan(badge);
    await scan('BADGE 0000-XX');
    const files = ['till.db', 'till.db-wal'].map((name) => readFileSync(`${counter.folder}/${name}`, 'latin1')).join();
    expect(files).not.toContain('4471-XK');
    expect(files).not.toContain(createHash('sha256').update(badge).digest('hex'));
  });

  it('opens nothing for somebody who has left, who has none, or who shares one', async () => {
    hire('kofi', false, badge);
    expect(await scan(badge)).toEqual(refused);
    expect(await scan('')).toEqual(refused);
    hire('kofi', true, badge);
    hire('mina', true, badge);
    expect(await scan(badge)).toEqual(refused);
    hire('mina', true, null);
    expect(await scan(badge)).toMatchObject({ ok: true });
  });

  it('is guessed no faster than a PIN, and wrong badges keep no PIN out', async () => {
    hire('kofi', true, badge);
    for (let attempts = 0; attempts < 5; attempts++) expect(await scan(`guess ${attempts}`)).toEqual(refused);
    const throttled = { ok: false, error: { type: 'SignInThrottled', facts: { seconds: 10 } } };
    expect(await scan(badge)).toEqual(throttled);
    await counter.restart();
    start();
    expect(await scan(badge)).toEqual(throttled);
    expect((await attempt('awa', pin)).ok).toBe(true);
    await counter.clock.advance(10_000);
    expect((await scan(badge)).ok).toBe(true);
  });
});

describe('guessing', () => {
  it('waits after five wrong PINs, twice as long after each more, and never more than a quarter of an hour', async () => {
    await useUpFreeTries();
    for (const seconds of [10, 20, 40, 80, 160, 320, 640, 900, 900]) {
      expect(await attempt('awa', pin)).toEqual({
        ok: false,
        error: { type: 'SignInThrottled', facts: { seconds } },
      });
      await counter.clock.advance(seconds * 1000);
      expect(await attempt('awa', '000000')).toEqual(refused);
    }
  });

  it('is over with the right PIN, once the wait is', async () => {
    await useUpFreeTries();
    await counter.clock.advance(10_000);
    expect((await attempt('awa', pin)).ok).toBe(true);
    expect(await attempt('awa', '000000')).toEqual(refused);
    expect((await attempt('awa', pin)).ok).toBe(true);
  });

  it('is counted before the PIN is looked at: pulling the plug buys no free try', async () => {
    const tries: number[] = [];
    const { keys } = counter;
    counter.keys = {
      ...keys,
      open: (sealed, purpose) => {
        tries.push(counter.store.tries.get('awa'));
        return keys.open(sealed, purpose);
      },
    };
    start();
    await attempt('awa', '000000');
    await attempt('awa', '000000');
    expect(tries).toEqual([1, 2]);
  });

  it('is remembered over a restart, where the wait begins anew', async () => {
    await useUpFreeTries();
    await counter.clock.advance(9_000);
    await counter.restart();
    start();
    const throttled = { ok: false, error: { type: 'SignInThrottled', facts: { seconds: 10 } } };
    expect(await attempt('awa', pin)).toEqual(throttled);
    await counter.clock.advance(10_000);
    expect((await attempt('awa', pin)).ok).toBe(true);
  });

  it('many at once is no way round the count', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt('awa', '000000')));
    const types = answers.map((answer) => !answer.ok && answer.error.type);
    expect(types.filter((type) => type === 'SignInRefused')).toHaveLength(5);
    expect(types.filter((type) => type === 'SignInThrottled')).toHaveLength(7);
  });

  it('of one member does not keep the others out', async () => {
    hire('kofi');
    await useUpFreeTries();
    expect((await attempt('kofi', pin)).ok).toBe(true);
  });

  it('is not helped by a wall clock that is set forward', async () => {
    await useUpFreeTries();
    counter.clock.shiftWall(86_400_000);
    expect(await attempt('awa', pin)).toMatchObject({ error: { type: 'SignInThrottled' } });
  });

  it('is refused on a disk that takes no count', async () => {
    const full = { ok: false, error: { type: 'DiskFull', path: 'till.db', code: 'SQLITE_FULL' } } as const;
    const { store, parts, keys, clock } = counter;
    const tries = { ...store.tries, raise: () => full };
    signIn = new SignIn({ feed: store.feed, tries, journal: parts.journal, keys, clock });
    expect(await attempt('awa', pin)).toEqual({ ok: false, error: { type: 'DiskFull' } });
  });
});
