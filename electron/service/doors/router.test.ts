import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import { TillState } from '#contract/till/state.ts';
import { managersBadge, newIntention, OpenTill, pins, type TillClient } from '#test/harness/composed-service.ts';
import { shopKeys } from '#test/harness/counter-cards.ts';

let till: OpenTill;
beforeAll(async () => {
  till = await OpenTill.open();
});
afterAll(() => till.close());
afterEach(() => till.service.simulated?.tray()?.remove());

/** How a call was refused: the code, and the till's own type where it has one. */
async function refusal(call: Promise<unknown>): Promise<{ code: string; type?: string; data: unknown }> {
  try {
    const value = await call;
    throw new Error(`not refused: ${JSON.stringify(value)}`);
  } catch (thrown) {
    if (!(thrown instanceof ORPCError)) throw thrown;
    return { code: thrown.code, type: (thrown.data as { type?: string }).type ?? '', data: thrown.data };
  }
}
const signedIn = async (code: keyof typeof pins): Promise<TillClient> => {
  const client = await till.client();
  await client.staff.signIn({ intention: newIntention(), code, pin: pins[code] });
  return client;
};
const sale = (intention = newIntention()) => ({
  intention,
  amountMinor: 1250,
  source: 'keyboard' as 'keyboard' | 'register' | 'command',
  timeoutMs: 5_000,
});
const all = async (heard: AsyncIterable<SaleEvent>) => {
  const events: SaleEvent[] = [];
  for await (const event of heard) events.push(event);
  return events;
};
const drained = async (client: TillClient, asked = sale()) => all(await client.loyalty.sell(asked));

describe('who may set devices', () => {
  const address = { device: 'printer' as const, address: 'simulated:' };

  it('[T25] from the screens a manager, or another by a manager’s approval on the spot', async () => {
    const page = await till.page();
    expect(await refusal(page.device.set(address))).toMatchObject({ type: 'NotSignedIn' });
    await page.staff.signIn({ intention: newIntention(), code: 'awa', pin: pins.awa });
    expect(await refusal(page.device.set(address))).toMatchObject({
      type: 'ApprovalRequired',
      data: { facts: { act: 'devices' } },
    });
    const approval = { badge: managersBadge };
    expect(await page.device.set({ ...address, approval })).toMatchObject({ address: 'simulated:' });
    await page.staff.signInByBadge({ intention: newIntention(), ...approval });
    expect(await page.device.set(address)).toMatchObject({ address: 'simulated:' });
  });

  it('from the command whoever is this machine’s own user', async () => {
    const command = await till.client();
    expect(await command.device.set(address)).toMatchObject({ address: 'simulated:' });
  });
});

describe('what a person may do', () => {
  it('[T25] is told by role, with what needs an approval, and nothing before a sign-in or after a lock', async () => {
    const client = await till.client();
    expect(await client.staff.permissions()).toEqual([]);
    await client.staff.signIn({ intention: newIntention(), code: 'awa', pin: pins.awa });
    const cashier = await client.staff.permissions();
    expect(cashier).toContainEqual({ act: 'sale', approval: false });
    expect(cashier).toContainEqual({ act: 'reversal', approval: true });
    expect(cashier.map(({ act }) => act)).not.toContain('devices');
    await client.staff.lock();
    expect(await client.staff.permissions()).toEqual([]);
    expect(await refusal(drained(client))).toMatchObject({ type: 'NotSignedIn' });
    expect(till.logged.join()).not.toContain(managersBadge);
  });
});

describe('who may sell', () => {
  it('nobody who has not signed in on this connection', async () => {
    const client = await till.client();
    expect(await refusal(drained(client))).toMatchObject({ code: 'REFUSED', type: 'NotSignedIn' });
    const reprint = client.loyalty.reprint({ intention: newIntention(), sale: newIntention() });
    expect(await refusal(reprint)).toMatchObject({ type: 'NotSignedIn' });
    expect(
      till.service.loyalty.reader.list({ before: null, limit: 9, kinds: ['loyalty.sale', 'loyalty.refused'] }),
    ).toEqual([]);
  });

  it('not an auditor', async () => {
    const client = await signedIn('vera');
    expect(await refusal(drained(client))).toMatchObject({ type: 'NotAllowed', data: { facts: { role: 'auditor' } } });
  });

  it('a cashier, until signing out; a session belongs to its connection alone', async () => {
    const cashier = await signedIn('awa');
    const beside = await till.client();
    expect(await refusal(drained(beside))).toMatchObject({ type: 'NotSignedIn' });
    till.service.simulated!.tray()!.present(1);
    const events = await drained(cashier);
    expect(events.map(({ stage }) => stage)).toEqual(['present-card', 'reading', 'result', 'printed']);
    expect(events.at(-1)).toMatchObject({ print: 'confirmed' });
    expect(till.service.simulated!.printer()!.tickets().at(-1)).toContain('Awa K.');
    await cashier.staff.signOut();
    expect(await refusal(drained(cashier))).toMatchObject({ type: 'NotSignedIn' });
  });

  it('nobody who has left since, however long they stay signed in', async () => {
    const { feed } = till.service.loyalty;
    const cashier = await signedIn('awa');
    const member = { item: 'staff' as const, ...feed.staffMember('awa')! };
    feed.apply([{ ...member, active: false }], feed.cursor() + 1);
    expect(await refusal(drained(cashier))).toMatchObject({ type: 'NotSignedIn' });
    feed.apply([{ ...member, role: 'auditor' }], feed.cursor() + 1);
    expect(await refusal(drained(cashier))).toMatchObject({ type: 'NotAllowed' });
    feed.apply([member], feed.cursor() + 1);
    expect(await refusal(drained(cashier, { ...sale(), amountMinor: 0 }))).toMatchObject({ type: 'AmountZero' });
  });

  it('nobody after a sign-in that was refused', async () => {
    const client = await till.client();
    const guess = client.staff.signIn({ intention: newIntention(), code: 'marc', pin: '000000' });
    expect(await refusal(guess)).toMatchObject({ code: 'REFUSED', type: 'SignInRefused' });
    expect(await refusal(drained(client))).toMatchObject({ type: 'NotSignedIn' });
  });

  it('a wrong PIN does not end the session of who is signed in', async () => {
    const client = await signedIn('awa');
    await refusal(client.staff.signIn({ intention: newIntention(), code: 'marc', pin: '000000' }));
    expect(await refusal(drained(client, { ...sale(), amountMinor: 0 }))).toMatchObject({ type: 'AmountZero' });
  });
});

describe('a sale through the door', () => {
  it('asked for on two connections with one intention is one sale, and both hear it', async () => {
    const [one, other] = [await signedIn('awa'), await signedIn('marc')];
    const asked = sale();
    const heard = [one.loyalty.sell(asked), other.loyalty.sell(asked)].map(async (events) => all(await events));
    till.service.simulated!.tray()!.present(1);
    const [first, second] = await Promise.all(heard);
    expect(second).toEqual(first);
    expect(till.service.loyalty.reader.outcomes(asked.intention)).toHaveLength(2);
    expect(await refusal(drained(other, { ...asked, amountMinor: 1 }))).toMatchObject({ type: 'IntentionReused' });
  });

  it('is given up from another connection', async () => {
    const [one, other] = [await signedIn('awa'), await till.client()];
    const asked = sale();
    const events = await one.loyalty.sell(asked);
    expect((await events.next()).value).toMatchObject({ stage: 'present-card' });
    expect(await other.loyalty.cancel({ intention: asked.intention })).toEqual({ cancelled: true });
    expect(await refusal(events.next())).toMatchObject({ type: 'Cancelled' });
    expect(await other.loyalty.cancel({ intention: asked.intention })).toEqual({ cancelled: false });
  });

  it.each([
    ['a command that is gone', 'command', 'Cancelled'],
    ['a screen that may come back', 'keyboard', 'NoCardInTime'],
  ] as const)('of %s does not wait for the next card, or does', async (_, source, end) => {
    const [other, gone] = [await signedIn('marc'), await signedIn('awa')];
    const asked = { ...sale(), source, timeoutMs: 1_000 };
    const events = await gone.loyalty.sell(asked);
    expect((await events.next()).value).toMatchObject({ stage: 'present-card' });
    const beside = refusal(drained(other, asked));
    till.hangUp();
    expect(await beside).toMatchObject({ type: end });
  });

  it('[T14] asked for once more leaves the amount that the register has sent since', async () => {
    const client = await signedIn('awa');
    till.service.simulated!.tray()!.present(1);
    const asked = { ...sale(), source: 'register' as const };
    await drained(client, asked);
    await client.simulate.register({ amountMinor: 990 });
    await expect.poll(() => till.service.state().registerAmount?.amountMinor).toBe(990);
    await drained(client, asked);
    expect(till.service.state().registerAmount?.amountMinor).toBe(990);
  });

  it('[T14] takes the register’s amount off the screen', async () => {
    const client = await signedIn('awa');
    await client.simulate.register({ amountMinor: 990 });
    await expect.poll(() => till.service.state().registerAmount?.amountMinor).toBe(990);
    till.service.simulated!.tray()!.present(1);
    const events = await drained(client, { ...sale(), source: 'register', amountMinor: 990 });
    expect(events.at(-2)).toMatchObject({ stage: 'result', result: { amountMinor: 990 } });
    expect(till.service.state().registerAmount).toBeNull();
  });
});

describe('input that breaks the contract', () => {
  const bad: [string, (client: TillClient) => Promise<unknown>][] = [
    ['an intention that is no UUID', (client) => drained(client, sale('not-a-uuid'))],
    ['half a franc', (client) => drained(client, { ...sale(), amountMinor: 12.5 })],
    ['a wait without end', (client) => drained(client, { ...sale(), timeoutMs: 10 ** 9 })],
    ['a source nobody knows', (client) => drained(client, { ...sale(), source: 'air' as 'keyboard' })],
    [
      'a PIN of a thousand digits',
      (client) => client.staff.signIn({ intention: newIntention(), code: 'awa', pin: '1'.repeat(1000) }),
    ],
    [
      'a server on the network without TLS',
      (client) => client.till.enrol({ centralUrl: 'http://192.0.2.1/', code: 'ABCD-EFGH' }),
    ],
    ['a server that is none', (client) => client.till.enrol({ centralUrl: 'ftp://127.0.0.1/', code: 'ABCD-EFGH' })],
    ['a page of a million lines', (client) => client.journal.list({ before: null, limit: 1_000_000 })],
    ['a card in slot 99', (client) => client.simulate.card({ action: 'present', slot: 99 })],
  ];

  it.each(bad)('is refused: %s', async (_, call) => {
    const refused = await refusal(call(await signedIn('awa')));
    expect(refused.code).toBe('BAD_REQUEST');
    expect(JSON.stringify(refused.data)).not.toContain('1111');
  });

  it('that no device can follow is refused with what to mend', async () => {
    const client = await till.client();
    const set = (device: 'printer' | 'scanner' | 'reader', address: string, profile: string | null = null) =>
      refusal(client.device.set({ device, address, profile }));
    expect(await set('printer', 'carrier-pigeon:7')).toMatchObject({ code: 'REFUSED', type: 'DeviceAddressInvalid' });
    expect(await set('printer', 'simulated:', 'no-such-printer')).toMatchObject({ type: 'DeviceProfileUnknown' });
    expect(await set('scanner', 'serial:/dev/ttyS9')).toMatchObject({ type: 'DeviceAddressInvalid' });
    expect(await set('reader', 'tcp:10.0.0.1:9100')).toMatchObject({ type: 'DeviceAddressInvalid' });
    expect(await refusal(client.simulate.card({ action: 'present', slot: 6 }))).toMatchObject({
      type: 'InvalidRequest',
    });
  });
});

describe('what is watched', () => {
  it('comes whole at once, and again at each change, until the caller hangs up', async () => {
    const client = await till.client();
    const states = await client.till.watch();
    const first = TillState.parse((await states.next()).value);
    expect(first).toMatchObject({ terminal: { label: 'Caisse 2' }, demo: true, devices: 'simulated' });
    expect(first.lamps.map(({ part }) => part)).toEqual([
      'reader',
      'printer',
      'register',
      'network',
      'clock',
      'keys',
      'queue',
    ]);
    till.service.simulated!.tray()!.present(1);
    let reader: string | undefined;
    for (let looks = 0; looks < 10 && reader !== 'card-present'; looks++) {
      const state = TillState.parse((await states.next()).value);
      reader = state.lamps.find(({ part }) => part === 'reader')?.detail;
    }
    expect(reader).toBe('card-present');
    await states.return();
  });
});

describe('secrets (invariant 20)', () => {
  it('no PIN and no key of the shop stands in the data folder or in what was logged', async () => {
    const client = await signedIn('awa');
    await refusal(client.staff.signIn({ intention: newIntention(), code: 'marc', pin: '918273645546' }));
    till.service.simulated!.tray()!.present(1);
    await drained(client);
    const secrets = [
      ...Object.values(pins),
      '918273645546',
      ...shopKeys.flatMap((key) => [
        Buffer.from(key),
        Buffer.from(key).toString('hex'),
        Buffer.from(key).toString('base64'),
      ]),
      till.door.commandToken,
    ].map((secret) => Buffer.from(secret));
    // The demonstration's simulated cards are its own; a card holds keys as a card does.
    const files = readdirSync(till.dataDir, { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile() && !file.parentPath.endsWith('simulators'),
    );
    expect(files.length).toBeGreaterThan(4);
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      for (const secret of secrets) expect(bytes.includes(secret), `${name} holds ${secret}`).toBe(false);
    }
    for (const secret of secrets) expect(till.logged.join()).not.toContain(secret.toString());
  });
});
