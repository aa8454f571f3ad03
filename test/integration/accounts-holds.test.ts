import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill } from '#test/harness/ledger-till.ts';
import { authorise, expectFold, newTill, officeOf, post, uuid } from '#test/harness/shop-accounts.ts';

let central: RunningCentral;
let office: CentralClient;
let one: CentralTill;
/** Asked for money, and was not heard of again. */
let silent: CentralTill;
let data = 42_000_000;
let cardNumber: string;
let intention: string;
const minute = 60_000;

beforeAll(async () => {
  central = await startCentral();
  office = await officeOf(central, 'manager');
});
afterAll(() => central?.stop());
beforeEach(async () => {
  [one, silent] = [await newTill(central, office), await newTill(central, office)];
  cardNumber = cardNumberOf(++data);
  new LedgerTill(one).issue(cardNumber);
  await one.push();
  await post(one, 'top-up', { cardNumber, amountMinor: 1_000 });
  intention = uuid();
  await authorise(silent, 'purse', { cardNumber, amountMinor: 600, intention });
});

/** As if it had been asked for so long ago, and the till last heard of then or later. */
async function aged(heldMs: number, seenMs: number) {
  const at = (ms: number) => new Date(Date.now() - ms);
  await central.owner
    .updateTable('account_holds')
    .set({ held_at: at(heldMs) })
    .where('intention', '=', intention)
    .execute();
  await central.owner
    .updateTable('terminals')
    .set({ seen_at: at(seenMs) })
    .where('terminal_id', '=', silent.id)
    .execute();
}
const accounts = () => one.client().cards.accounts({ terminal: one.id, cardNumber });
const release = (by = office) => by.office.releaseHold({ intention, reason: 'caisse en panne' });
const held = async () => (await office.office.holds({})).rows.find((row) => row.intention === intention);
const cases = async () => {
  const own = central.owner.selectFrom('cases').selectAll().where('card_number', '=', cardNumber);
  const rows = await own.where('kind', '=', 'PostedAfterRelease').execute();
  return rows.map(({ kind, evidence }) => ({ kind, evidence }));
};

it('[T28] the office sees what is held, by which till and since when, and releases nothing that may still come', async () => {
  await aged(10 * minute, 10 * minute);
  expect(await held()).toMatchObject({
    cardNumber,
    account: 'purse',
    amountMinor: 600,
    till: 'caisse',
    mayRelease: false,
  });
  expect((await held())!.ageMs).toBeGreaterThanOrEqual(10 * minute);
  expect(await refusalOf(release())).toMatchObject({ type: 'HoldInUse' });
  expect(await accounts()).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 600 } });
  await expectFold(central);
});

it('[T28] a manager gives a hold back once the till was heard of and had sent nothing; nobody else does', async () => {
  await aged(10 * minute, 2 * minute);
  expect(await held()).toMatchObject({ mayRelease: true });
  expect(await refusalOf(release(await officeOf(central, 'auditor')))).toMatchObject({ type: 'NotAllowed' });
  const twice = await Promise.all([release(), release()]);
  expect(twice).toEqual([{ released: true }, { released: true }]);
  expect(await accounts()).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 0 } });
  expect(await held()).toBeUndefined();
  expect(await release()).toEqual({ released: true });
  expect(await authorise(one, 'purse', { cardNumber, amountMinor: 1_000 })).toMatchObject({ balanceMinor: 0 });
  expect(await cases()).toEqual([]);
  await expectFold(central);
});

it('[T28] of a till that stays silent, after as long as a till goes on alone; its late entry is a case, counted once', async () => {
  await aged(5 * 24 * 60 * minute + 1_000, 5 * 24 * 60 * minute);
  await release();
  const other = uuid();
  await authorise(one, 'purse', { cardNumber, amountMinor: 900, intention: other });
  await post(one, 'pay', { cardNumber, amountMinor: 900, intention: other });
  await post(silent, 'pay', { cardNumber, amountMinor: 600, intention });
  await silent.push();
  expect(await accounts()).toMatchObject({ purse: { balanceMinor: -500, heldMinor: 0 } });
  expect(await cases()).toMatchObject([
    {
      kind: 'PostedAfterRelease',
      evidence: [{ intention, amountMinor: 600, figureMinor: -500, releasedBy: 'manager', reason: 'caisse en panne' }],
    },
  ]);
  expect((await office.office.cases({ status: 'open' })).cases.map(({ kind }) => kind)).toContain('PostedAfterRelease');
  await expectFold(central);
});

it('[T28] an entry that comes first takes its hold, and there is nothing left to release', async () => {
  await post(silent, 'pay', { cardNumber, amountMinor: 600, intention });
  await aged(6 * 24 * 60 * minute, 6 * 24 * 60 * minute);
  expect(await refusalOf(release())).toMatchObject({ type: 'NotFound' });
  expect(await accounts()).toMatchObject({ purse: { balanceMinor: 400, heldMinor: 0 } });
  expect(await cases()).toEqual([]);
});
