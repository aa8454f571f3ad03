import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { keptSecret } from '#backend/db/embedded/secret.ts';
import type { AccountAct } from '#contract/accounts/effects.ts';
import { foldDay } from '#contract/counter/day.ts';
import { takingsMinor } from '#contract/counter/figures.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill, laidCard } from '#test/harness/ledger-till.ts';
import * as shop from '#test/harness/shop-accounts.ts';
import { later, uuid } from '#test/harness/shop-accounts.ts';

let central: RunningCentral;
let office: CentralClient;
let one: CentralTill;
let two: CentralTill;
let data = 40_000_000;
let cardNumber: string;
const otherBoot = uuid();

beforeAll(async () => {
  central = await startCentral();
  office = await shop.officeOf(central, 'manager');
  [one, two] = [await newTill(), await newTill()];
});
afterAll(() => central?.stop());
beforeEach(async () => {
  cardNumber = cardNumberOf(++data);
  new LedgerTill(one).issue(cardNumber);
  await one.push();
});

const authorise = (
  till: CentralTill,
  account: 'purse' | 'credit',
  amountMinor: number,
  intention = uuid(),
  pin: string | null = null,
) => shop.authorise(till, account, { cardNumber, amountMinor, intention, pin });
const post = (till: CentralTill, act: AccountAct, amountMinor: number, intention = uuid()) =>
  shop.post(till, act, { cardNumber, amountMinor, intention });
const accounts = (till = one) => till.client().cards.accounts({ terminal: till.id, cardNumber });
const limit = (limitMinor: number) => office.office.setCreditLimit({ cardNumber, limitMinor });

const expectFold = () => shop.expectFold(central);
const newTill = () => shop.newTill(central, office);

describe('a purse', () => {
  it('[T28] is topped up, held for one payment, and paid from once its entry comes', async () => {
    await post(one, 'top-up', 5_000);
    const intention = uuid();
    expect(await authorise(one, 'purse', 1_200, intention)).toEqual({
      balanceMinor: 3_800,
      pin: 'not-set',
      keyBehind: false,
    });
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 5_000, heldMinor: 1_200 }, status: 'active' });
    await post(one, 'pay', 1_200, intention);
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 3_800, heldMinor: 0 } });
    await one.push();
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 3_800 } });
    await expectFold();
  });

  it('[T28] is held once for an intention, however often it is asked; another act under its id is refused', async () => {
    await post(one, 'top-up', 1_000);
    const intention = uuid();
    const asked = await Promise.all([1, 2, 3].map(() => authorise(one, 'purse', 700, intention)));
    expect(asked.map(({ balanceMinor }) => balanceMinor)).toEqual([300, 300, 300]);
    expect(await accounts()).toMatchObject({ purse: { heldMinor: 700 } });
    expect(await refusalOf(authorise(one, 'purse', 100, intention))).toMatchObject({ type: 'IntentionReused' });
    expect(await refusalOf(authorise(two, 'purse', 700, intention))).toMatchObject({ type: 'IntentionReused' });
    await post(one, 'pay', 700, intention);
    expect(await refusalOf(authorise(one, 'purse', 700, intention))).toMatchObject({ type: 'IntentionReused' });
    await expectFold();
  });

  it('[T28] cannot be overspent by two tills at the same moment', async () => {
    await post(one, 'top-up', 1_000);
    const asked = [one, two, one, two, one, two].map((till) =>
      authorise(till, 'purse', 400).then(
        () => 1,
        () => 0,
      ),
    );
    const held = (await Promise.all(asked)).reduce((sum: number, each) => sum + each, 0);
    expect(held).toBe(2);
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 800 } });
    expect(await refusalOf(authorise(two, 'purse', 400))).toMatchObject({
      type: 'PurseTooLow',
      facts: { balanceMinor: 200, missingMinor: 200 },
    });
    await expectFold();
  });

  it('[T28] gives a hold back only when a later entry proves that its own can never come', async () => {
    await post(one, 'top-up', 1_000);
    const intention = uuid();
    await authorise(one, 'purse', 600, intention);
    await later(one, { monotonicMs: 30_000 });
    expect(await accounts()).toMatchObject({ purse: { heldMinor: 600 } });
    await later(two, { monotonicMs: 900_000 });
    expect(await accounts()).toMatchObject({ purse: { heldMinor: 600 } });
    await later(one, { monotonicMs: 70_000 });
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 0 } });
    expect(await authorise(one, 'purse', 600, intention)).toMatchObject({ balanceMinor: 400 });
    await later(one, { bootId: otherBoot });
    expect(await accounts()).toMatchObject({ purse: { heldMinor: 0 } });
    await expectFold();
  });

  it('[T28] keeps a hold of a till that was cut off, and posts it when its entry comes late', async () => {
    await post(one, 'top-up', 1_000);
    const intention = uuid();
    await authorise(two, 'purse', 1_000, intention);
    await post(one, 'top-up', 100);
    expect(await refusalOf(authorise(one, 'purse', 200))).toMatchObject({ type: 'PurseTooLow' });
    await post(two, 'pay', 1_000, intention);
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 100, heldMinor: 0 } });
    await expectFold();
  });

  it('[T28] takes back what it held for a till that is ended for good', async () => {
    const lost = await newTill();
    await post(one, 'top-up', 1_000);
    await authorise(lost, 'purse', 1_000);
    await office.office.revokeTerminal({ terminal: lost.id });
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 0 } });
    await expectFold();
  });

  it('[T28] says what a journal says, also of a payment that nobody held: marked, never lost', async () => {
    await post(one, 'pay', 300);
    expect(await accounts()).toMatchObject({ purse: { balanceMinor: -300 } });
    const rows = await central.owner.selectFrom('account_postings').selectAll().execute();
    expect(rows.filter(({ card_number }) => card_number === cardNumber)).toMatchObject([{ held: false }]);
    await expectFold();
  });

  it('[T36] is not opened to a card that is out of use, or that nobody knows', async () => {
    await post(one, 'top-up', 1_000);
    await office.office.blockCard({ cardNumber, blocked: true, reason: 'lost' });
    expect(await refusalOf(authorise(one, 'purse', 100))).toMatchObject({ type: 'CardBlocked' });
    cardNumber = cardNumberOf(99_999_998);
    expect(await refusalOf(authorise(one, 'purse', 100))).toMatchObject({ type: 'CardUnknown' });
    expect(await refusalOf(accounts())).toMatchObject({ type: 'NotFound' });
  });
});

it('[T28] [T36] a card with a PIN pays only with it, and wrong ones are counted as anywhere', async () => {
  await post(one, 'top-up', 1_000);
  const secret = await keptSecret(join(central.folder, 'server.secret'), () => Buffer.alloc(32));
  const { tenant } = one.enrolment;
  const pin_hash = await pinHashes(secret).hash('47110815');
  const none = { last_try: null, last_outcome: null, last_unblock: null };
  await central.owner
    .insertInto('card_pins')
    .values({ tenant_id: tenant, card_number: cardNumber, pin_hash, ...none, changed_at: new Date() })
    .execute();
  const intention = uuid();
  expect(await refusalOf(authorise(one, 'purse', 100, intention))).toMatchObject({ type: 'PinRequired' });
  const wrong = await refusalOf(authorise(one, 'purse', 100, intention, '0000'));
  expect(wrong).toMatchObject({ type: 'PinWrong', facts: { triesLeft: 2 } });
  expect(await accounts()).toMatchObject({ purse: { heldMinor: 0 }, pin: 'set' });
  expect(await authorise(one, 'purse', 100, intention, '47110815')).toEqual({
    balanceMinor: 900,
    pin: 'passed',
    keyBehind: false,
  });
  for (const guess of ['1111', '2222', '3333']) {
    expect((await refusalOf(authorise(two, 'purse', 100, uuid(), guess))).type).toMatch(/Pin(Wrong|Blocked)/);
  }
  expect(await refusalOf(authorise(two, 'purse', 100, uuid(), '47110815'))).toMatchObject({ type: 'PinBlocked' });
  expect(central.log.join('')).not.toContain('47110815');
});

describe('credit', () => {
  it('[T28] is drawn up to the limit that a manager set, and repaid', async () => {
    expect(await refusalOf(authorise(one, 'credit', 100))).toMatchObject({
      type: 'CreditLimit',
      facts: { limitMinor: 0, owedMinor: 0 },
    });
    expect(await limit(2_000)).toMatchObject({ cardNumber, limitMinor: 2_000, owedMinor: 0 });
    const intention = uuid();
    expect(await authorise(one, 'credit', 1_500, intention)).toMatchObject({ balanceMinor: 1_500 });
    expect(await refusalOf(authorise(two, 'credit', 600))).toMatchObject({ type: 'CreditLimit' });
    await post(one, 'draw', 1_500, intention);
    await post(two, 'repay', 1_000);
    expect(await accounts()).toMatchObject({ credit: { owedMinor: 500, heldMinor: 0, limitMinor: 2_000 } });
    await limit(100);
    expect(await refusalOf(authorise(one, 'credit', 1))).toMatchObject({ type: 'CreditLimit' });
    await expectFold();
  });

  it('[T28] has its limit from a manager alone', async () => {
    const auditor = await shop.officeOf(central, 'auditor');
    const asked = auditor.office.setCreditLimit({ cardNumber, limitMinor: 100 });
    expect(await refusalOf(asked)).toMatchObject({ type: 'NotAllowed' });
  });
});

it('[T28] the office lists, searches and exports the accounts of its own shop', async () => {
  await post(one, 'top-up', 750);
  await limit(300);
  const { rows, count } = await office.office.accounts({ search: cardNumber.slice(0, 8) });
  expect(count).toBe(1);
  expect(rows).toMatchObject([{ cardNumber, purseMinor: 750, owedMinor: 0, limitMinor: 300, heldMinor: 0 }]);
  expect((await office.office.accounts({ search: cardNumber, status: 'owing' })).rows).toEqual([]);
  const file = await office.office.exportList({ list: 'accounts', format: 'csv', language: 'fr', search: cardNumber });
  expect((await new Response(file.body).text()).trim().split('\r\n')).toHaveLength(2);
  for (const table of ['card_accounts', 'account_holds', 'account_postings'] as const) {
    expect(await central.app.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

it('[T24] [T28] the office’s transactions list what purses and credits moved, signed, beside purchases and not among them', async () => {
  const before = (await office.office.transactions({})).totals.amountMinor;
  await limit(2_000);
  await post(one, 'top-up', 5_000);
  const acts = [
    ['pay', 'purse', 1_200],
    ['refund', 'purse', 300],
    ['draw', 'credit', 900],
  ] as const;
  for (const [act, account, amountMinor] of acts) {
    const intention = uuid();
    await authorise(one, account, amountMinor, intention);
    await post(one, act, amountMinor, intention);
  }
  await post(one, 'repay', 400);
  const { transactions, totals } = await office.office.transactions({ search: cardNumber });
  expect(transactions.map(({ kind, amountMinor, points, balance }) => [kind, amountMinor, points, balance])).toEqual([
    ['credit.repaid', -400, 0, null],
    ['credit.drawn', 900, 0, null],
    ['purse.refunded', -300, 0, null],
    ['purse.paid', -1_200, 0, null],
    ['purse.topped-up', 5_000, 0, null],
  ]);
  expect(totals).toMatchObject({ count: 5, amountMinor: 0 });
  expect((await office.office.transactions({})).totals.amountMinor).toBe(before);
  const wanted = { list: 'transactions', format: 'csv', language: 'fr', search: cardNumber } as const;
  const { key } = await office.office.makeApiKey({ name: 'comptable' });
  for (const client of [office, central.client({ authorization: `Bearer ${key}` })]) {
    const text = await new Response((await client.office.exportList(wanted)).body).text();
    for (const word of ['Recharge du porte-monnaie', 'Payé par porte-monnaie', 'Porte-monnaie remboursé'])
      expect(text).toContain(word);
    for (const word of ['Achat à crédit', 'Crédit remboursé']) expect(text).toContain(word);
  }
  const { open } = await office.office.days({});
  const till = open.find(({ terminal }) => terminal === one.id);
  const all = foldDay(
    one.entries.map(({ entry }) => entry),
    localDayIn('Africa/Abidjan'),
  );
  expect(till?.takingsMinor).toBe(takingsMinor(all));
});

it('[T24] lists money off with the money that was given, and its reversal with what came back', async () => {
  const till = new LedgerTill(one);
  const off = till.spend(laidCard(cardNumber, 1_000), 200, 'applied', { kind: 'money', amountMinor: 1_000 });
  till.reverse(off, { amountMinor: 0, points: 200, counter: 2, moneyOffMinor: 1_000 });
  await one.push();
  const { transactions, totals } = await office.office.transactions({ search: cardNumber });
  expect(transactions.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['loyalty.reversal', 1_000],
    ['loyalty.spend', -1_000],
  ]);
  expect(totals.amountMinor).toBe(0);
});
