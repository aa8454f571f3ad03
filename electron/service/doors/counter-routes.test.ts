import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { managersBadge, newIntention, OpenTill, pins, type TillClient } from '#test/harness/composed-service.ts';

let till: OpenTill;
beforeAll(async () => {
  till = await OpenTill.open();
});
afterAll(() => till.close());

const signedIn = async (code: keyof typeof pins): Promise<TillClient> => {
  const client = await till.page();
  await client.staff.signIn({ intention: newIntention(), code, pin: pins[code] });
  return client;
};
const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const thrown = await call.then(
    () => new Error('not refused'),
    (cause: unknown) => cause,
  );
  if (!(thrown instanceof ORPCError)) throw thrown;
  return thrown.data;
};
const move = (amountMinor: number) => ({ intention: newIntention(), amountMinor, reason: 'Banque' });

it('[T25] the day is nobody’s before a sign-in; an auditor looks at it and closes nothing', async () => {
  const nobody = await till.page();
  expect(await refusalOf(nobody.day.state())).toMatchObject({ type: 'NotSignedIn' });
  expect(await refusalOf(nobody.day.close({ intention: newIntention(), countedCashMinor: 0 }))).toMatchObject({
    type: 'NotSignedIn',
  });
  const auditor = await signedIn('vera');
  expect(await auditor.day.state()).toMatchObject({ number: 1, empty: true });
  const refused = { type: 'NotAllowed', facts: { role: 'auditor' } };
  expect(await refusalOf(auditor.day.close({ intention: newIntention(), countedCashMinor: 0 }))).toMatchObject(refused);
  expect(await refusalOf(auditor.day.open({ intention: newIntention(), floatMinor: 0 }))).toMatchObject(refused);
  expect(await refusalOf(auditor.drawer.open({ intention: newIntention(), reason: 'change' }))).toMatchObject(refused);
});

it('[T25] every fact of the day has its person, their role, and who allowed it', async () => {
  const cashier = await signedIn('awa');
  expect(await refusalOf(cashier.drawer.move(move(-500)))).toMatchObject({
    type: 'ApprovalRequired',
    facts: { act: 'cash-movement' },
  });
  expect(
    await refusalOf(cashier.drawer.move({ ...move(-500), approval: { code: 'awa', pin: pins.awa } })),
  ).toMatchObject({ type: 'NotAllowed' });
  await cashier.day.open({ intention: newIntention(), floatMinor: 20_000 });
  await cashier.drawer.move({ ...move(-500), approval: { badge: managersBadge } });
  await cashier.drawer.open({ intention: newIntention(), reason: 'change' });
  await cashier.day.close({ intention: newIntention(), countedCashMinor: 19_500 });
  const kinds = ['day.opened', 'cash.moved', 'drawer.opened', 'day.closed'];
  const entries = till.service.loyalty.reader.list({ before: null, limit: 9, kinds }).map(({ entry }) => entry);
  expect(entries.map(({ staff, role }) => [staff, role])).toEqual(kinds.map(() => ['awa', 'cashier']));
  expect(entries.find(({ kind }) => kind === 'cash.moved')?.body).toMatchObject({
    approvedBy: { code: 'marc', role: 'manager' },
  });
  expect(entries.find(({ kind }) => kind === 'day.closed')?.body).toMatchObject({ approvedBy: null, number: 1 });
});

it('[T25] writes down what a person said as one line that paper and every database can keep', async () => {
  const manager = await signedIn('marc');
  const intention = newIntention();
  await manager.drawer.move({ ...move(-500), intention, reason: ' Banque\u0000\ud800\tdu soir\n' });
  expect(till.service.loyalty.reader.act(intention)?.entry.body).toMatchObject({ reason: 'Banque du soir' });
  const nothing = manager.drawer.move({ ...move(-500), reason: '\u0000' });
  await expect(nothing).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
