import { hash } from '@node-rs/argon2';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { defaultSettings, type ShopSettings } from '#contract/loyalty/shop-settings.ts';
import type { Role } from '#contract/till/state.ts';
import { TestCounter } from '#test/harness/service.ts';
import type { Approve } from '../acting.ts';
import { createApprove } from './approvals.ts';
import { pinHashPurpose, Who } from './who.ts';

const pin = '493027';
const cashier = { code: 'awa', role: 'cashier' };
const manager = { code: 'marc', role: 'manager' };
let pinHash: string;
let counter: TestCounter;
let settings: ShopSettings;
let approve: Approve;

const start = () => {
  const { store, keys, clock } = counter;
  approve = createApprove(new Who({ feed: store.feed, tries: store.tries, keys, clock }), () => settings);
};
const hire = (code: string, role: Role) => {
  const sealedPinHash = Buffer.from(counter.keys.seal(Buffer.from(pinHash), pinHashPurpose));
  counter.store.feed.apply([{ item: 'staff', code, name: code, role, active: true, sealedPinHash }], 9);
};

beforeAll(async () => {
  pinHash = await hash(pin, { memoryCost: 8, timeCost: 1 });
});
beforeEach(async () => {
  counter = await TestCounter.open();
  settings = defaultSettings;
  start();
  hire('awa', 'cashier');
  hire('kofi', 'cashier');
  hire('marc', 'manager');
  hire('vera', 'auditor');
});
afterEach(() => counter.close());

it('[T25] asks a cashier for a manager’s PIN where the shop wants it, and a manager for nobody’s', async () => {
  expect(await approve('reversal', 1250, cashier, null)).toEqual({
    ok: false,
    error: { type: 'ApprovalRequired', facts: { act: 'reversal' } },
  });
  expect(await approve('reversal', 1250, cashier, { code: 'marc', pin })).toEqual({ ok: true, value: manager });
  expect(await approve('reversal', 1250, manager, null)).toEqual({ ok: true, value: null });
  expect(await approve('close', null, cashier, null)).toEqual({ ok: true, value: null });
  settings = { ...defaultSettings, cashierNeedsApproval: ['close'], reversalWithoutApprovalMinor: 0 };
  expect(await approve('close', null, cashier, null)).toMatchObject({ error: { type: 'ApprovalRequired' } });
  expect(await approve('reversal', 1250, cashier, null)).toEqual({ ok: true, value: null });
});

it('[T25] takes no approval from who may not do it either', async () => {
  for (const code of ['awa', 'kofi', 'vera']) {
    expect(await approve('reversal', 1250, cashier, { code, pin })).toMatchObject({ error: { type: 'NotAllowed' } });
  }
  expect(await approve('devices', null, cashier, { code: 'marc', pin })).toEqual({ ok: true, value: manager });
});

it('[T25] counts wrong PINs of an approval as those of a sign-in, over a restart too', async () => {
  const wrong = () => approve('reversal', 1250, cashier, { code: 'marc', pin: '000000' });
  for (let tries = 0; tries < 5; tries++) expect(await wrong()).toMatchObject({ error: { type: 'SignInRefused' } });
  await counter.restart();
  start();
  expect(await approve('reversal', 1250, cashier, { code: 'marc', pin })).toMatchObject({
    error: { type: 'SignInThrottled' },
  });
  await counter.clock.advance(10_000);
  expect(await approve('reversal', 1250, cashier, { code: 'marc', pin })).toMatchObject({ ok: true });
});

it('signs nobody in: no entry is made of an approval alone', async () => {
  await approve('reversal', 1250, cashier, { code: 'marc', pin });
  expect(counter.entries()).toEqual([]);
});
