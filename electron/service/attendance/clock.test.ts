import { createHash } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClockedBy } from '#contract/till/attendance.ts';
import { shopCard } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import { KeptMaking } from '../cards/kept-making.ts';
import { CardWorks } from '../cards/works.ts';
import { badgeHashPurpose, pinHashPurpose, Who } from '../counter/who.ts';
import { type AttendanceParts, clock, clockingsToday } from './clock.ts';

const pin = '493027';
const badge = 'BADGE 4471-XK';
let pinHash: string;
let counter: TestCounter;
let parts: AttendanceParts;

const start = () => {
  const { store, keys, clock: time } = counter;
  const who = new Who({ feed: store.feed, tries: store.tries, keys, clock: time });
  const cardWork = { ...counter.parts, making: new KeptMaking(store.settings), central: () => null };
  parts = { cardWork, cardWorks: new CardWorks(() => false, counter.parts.onDefect), who };
};
const hire = (code: string, name: string, text: string | null) => {
  const sealed = (value: string, purpose: string) => Buffer.from(counter.keys.seal(Buffer.from(value), purpose));
  const hashed = text === null ? null : createHash('sha256').update(text).digest('hex');
  const sealedBadgeHash = hashed === null ? null : sealed(hashed, badgeHashPurpose);
  const sealedPinHash = sealed(pinHash, pinHashPurpose);
  counter.store.feed.apply(
    [{ item: 'staff', code, name, role: 'cashier', active: true, sealedPinHash, sealedBadgeHash }],
    9,
  );
};
const clocked = (who: ClockedBy, direction: 'in' | 'out' = 'in', intention = counter.uuid()) =>
  clock(parts, { intention, who, direction });
const byCard = { card: true, useCardAsItLies: false, timeoutMs: 30_000 } as const;

beforeAll(async () => {
  pinHash = await hash(pin, { memoryCost: 8, timeCost: 1 });
});
beforeEach(async () => {
  counter = await TestCounter.open();
  start();
  hire('awa', 'Awa Koné', null);
  hire('kofi', 'Kofi Mensah', badge);
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

describe('coming and going', () => {
  it('[T28] is a fact of its own by PIN and by badge, and opens no session', async () => {
    expect(await clocked({ code: 'awa', pin })).toMatchObject({
      ok: true,
      value: { code: 'awa', name: 'Awa Koné', direction: 'in', by: 'pin', atMs: counter.clock.wallMs() },
    });
    expect(await clocked({ badge }, 'out')).toMatchObject({ ok: true, value: { code: 'kofi', by: 'badge' } });
    expect(counter.entries()).toMatchObject([
      { kind: 'attendance.clocked', staff: 'awa', body: { staff: 'awa', direction: 'in', by: 'pin' }, postings: [] },
      { kind: 'attendance.clocked', staff: 'kofi', body: { staff: 'kofi', direction: 'out', by: 'badge' } },
    ]);
    expect(clockingsToday(counter.parts).clockings.map(({ code }) => code)).toEqual(['kofi', 'awa']);
  });

  it('[T28] is known by the card that the shop gave, which must lie there: its number alone is nobody', async () => {
    const card = await shopCard();
    hire('awa', 'Awa Koné', 'card:0417209320');
    const asked = clocked(byCard);
    await settle();
    await counter.tap(card);
    expect(await asked).toMatchObject({ ok: true, value: { code: 'awa', by: 'card' } });
    await counter.lift();
    expect(await clocked({ badge: ' card:0417209320' })).toEqual({ ok: false, error: { type: 'SignInRefused' } });
    expect(counter.kinds()).toEqual(['attendance.clocked']);
  });

  it('[T28] refuses a customer’s card and a blocked one', async () => {
    const card = await shopCard();
    const customer = clocked(byCard);
    await settle();
    await counter.tap(card);
    expect(await customer).toEqual({ ok: false, error: { type: 'SignInRefused' } });
    await counter.lift();
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: '0417209320', blocked: true }], 10);
    const blocked = clocked(byCard);
    await settle();
    await counter.tap(card);
    expect(await blocked).toMatchObject({ ok: false, error: { type: 'CardBlocked' } });
    expect(counter.kinds()).toEqual([]);
  });

  it('[T28] is done once however often it is asked, also over a restart; another one under its id is refused', async () => {
    const intention = counter.uuid();
    const first = await clocked({ badge }, 'in', intention);
    expect(await clocked({ badge }, 'in', intention)).toEqual(first);
    await counter.restart();
    start();
    expect(await clocked({ badge }, 'in', intention)).toEqual(first);
    const reused = { ok: false, error: { type: 'IntentionReused' } };
    expect(await clocked({ badge }, 'out', intention)).toEqual(reused);
    expect(await clocked({ code: 'awa', pin }, 'in', intention)).toEqual(reused);
    expect(counter.entries()).toHaveLength(1);
  });

  it('[T28] is refused to a wrong PIN, and nothing is recorded', async () => {
    expect(await clocked({ code: 'awa', pin: '000000' })).toEqual({ ok: false, error: { type: 'SignInRefused' } });
    expect(counter.entries()).toEqual([]);
  });

  it('shows the day that is', async () => {
    await clocked({ badge });
    await counter.clock.advance(24 * 3_600_000);
    expect(clockingsToday(counter.parts).clockings).toEqual([]);
  });
});
