import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainingNetworkId } from '#contract/loyalty/training.ts';
import { tillError } from '#contract/till/errors.ts';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import { managersBadge, newIntention, OpenTill, pins, type TillClient } from '#test/harness/composed-service.ts';
import { refusalOf as saleRefusal } from '../loyalty/refusals.ts';

let till: OpenTill;
beforeAll(async () => {
  till = await OpenTill.open();
});
afterAll(() => till.close());

const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const thrown = await call.then(
    () => new Error('not refused'),
    (cause: unknown) => cause,
  );
  if (!(thrown instanceof ORPCError)) throw thrown;
  return thrown.data;
};
/** Sells on the simulated card of slot 1, as a command does. */
async function sell(client: TillClient, slot = 1): Promise<SaleEvent[]> {
  await client.simulate.card({ action: 'present', slot });
  const asked = { intention: newIntention(), amountMinor: 1_250, source: 'command', timeoutMs: 5_000 } as const;
  const events: SaleEvent[] = [];
  for await (const event of await client.loyalty.sell({ ...asked, useCardAsItLies: true })) events.push(event);
  await client.simulate.card({ action: 'remove' });
  return events;
}
const resultOf = (events: SaleEvent[]) => {
  const found = events.find((event) => event.stage === 'result');
  if (!found) throw new Error(JSON.stringify(events));
  return found.result;
};
const kinds = async (client: TillClient) => (await client.journal.list({ limit: 50 })).entries.map(({ kind }) => kind);
const stateOf = async (client: TillClient) => {
  for await (const state of await client.till.watch()) return state;
  throw new Error('no state');
};

it('[N8] training is a till of its own: database, keys, numbers, simulated cards; the live books do not move', async () => {
  const client = await till.page();
  const liveKinds = await kinds(client);
  await client.training.enter();
  const training = client.training.on;
  expect(await stateOf(training)).toMatchObject({
    training: true,
    demo: true,
    devices: 'simulated',
    link: { state: 'online', unsent: 0 },
    shop: { name: 'Boulangerie du Port' },
  });
  expect((await stateOf(client)).training).toBe(false);
  await training.staff.signIn({ intention: newIntention(), code: 'awa', pin: pins.awa });
  const sold = resultOf(await sell(training));
  expect(sold.ticketNumber).toMatch(/^F2-\d+$/);
  expect(sold.ticket.lines.map((line) => line.trim())[0]).toBe('*** FACTICE ***');
  const printed = await training.day.x({ intention: newIntention() });
  expect(printed.takingsMinor).toBe(1_250);
  expect(await kinds(client)).toEqual(liveKinds);
  expect((await stateOf(training)).terminal?.id).not.toBe((await stateOf(client)).terminal?.id);
  expect(statSync(join(till.dataDir, 'training', 'training.json')).mode & 0o777).toBe(0o600);
});

it('[T25] who is signed in in training is signed in there alone', async () => {
  const client = await till.page();
  await client.training.on.staff.signInByBadge({ intention: newIntention(), badge: managersBadge });
  expect(await refusalOf(sell(client))).toMatchObject({ type: 'NotSignedIn' });
  await client.staff.signIn({ intention: newIntention(), code: 'awa', pin: pins.awa });
  await client.training.on.staff.signOut();
  expect(resultOf(await sell(client)).ticketNumber).not.toMatch(/^F/);
  expect(await refusalOf(sell(client.training.on))).toMatchObject({ type: 'NotSignedIn' });
});

it('every paper of it says FACTICE, a Z too, and the live ones do not', async () => {
  const client = await till.page();
  const training = client.training.on;
  await training.staff.signIn({ intention: newIntention(), code: 'marc', pin: pins.marc });
  await sell(training);
  const { expectedMinor } = await training.day.state();
  await training.day.close({ intention: newIntention(), countedCashMinor: expectedMinor ?? 0 });
  const started = await till.service.training.service();
  if (!started.ok) throw new Error(started.error.type);
  const papers = started.value.simulated!.printer()!.tickets();
  expect(papers.length).toBeGreaterThan(1);
  for (const paper of papers) expect(paper).toContain('FACTICE');
  expect(till.service.simulated!.printer()!.tickets().join()).not.toContain('FACTICE');
});

it('a card of the one network is refused in the other', () => {
  const card = { type: 'OtherNetwork' as const, networkId: trainingNetworkId, cardData: 4_172_093 };
  expect(saleRefusal(card)).toEqual(tillError('CardOfTraining', { cardNumber: '0417209320' }));
  expect(saleRefusal({ ...card, networkId: 8 }).type).toBe('CardOfAnotherNetwork');
});

it('a training till has no training of its own, and holds no card key of the shop', async () => {
  const client = await till.page();
  const started = await till.service.training.service();
  if (!started.ok) throw new Error(started.error.type);
  expect(await started.value.training.service()).toMatchObject({ error: { type: 'NotEnrolled' } });
  await client.training.enter();
  const made = readFileSync(join(till.dataDir, 'training', 'training.json'), 'utf8');
  for (const key of ['a0a0a0a0', '01010101', '02020202', '03030303']) expect(made).not.toContain(key);
});
