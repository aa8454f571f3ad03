import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill, laidCard } from '#test/harness/ledger-till.ts';
import { authorise, expectFold, later, newTill, officeOf, post, uuid, write } from '#test/harness/shop-accounts.ts';

let central: RunningCentral;
let office: CentralClient;
let one: CentralTill;
let two: CentralTill;
let data = 41_000_000;
/** Three cards of the shop. */
let cards: string[];
let lost: string;
let spare: string;

beforeAll(async () => {
  central = await startCentral();
  office = await officeOf(central, 'manager');
  [one, two] = [await newTill(central, office), await newTill(central, office)];
});
afterAll(() => central?.stop());
beforeEach(async () => {
  cards = [1, 2, 3].map(() => cardNumberOf(++data));
  [lost, spare] = [cards[0]!, cards[1]!];
  for (const card of cards) new LedgerTill(one).issue(card);
  await one.push();
});

async function replace(from: string, to: string, how: 'replace' | 'merge' = 'replace', till = one) {
  new LedgerTill(till).replace(laidCard(from), laidCard(to), { points: 0, spendMinor: 0 }, how);
  await till.push(till.entries.slice(-1));
}
const accounts = (cardNumber: string, till = two) => till.client().cards.accounts({ terminal: till.id, cardNumber });
const limit = (cardNumber: string, limitMinor: number) => office.office.setCreditLimit({ cardNumber, limitMinor });
const empty = { purse: { balanceMinor: 0, heldMinor: 0 }, credit: { owedMinor: 0, heldMinor: 0, limitMinor: 0 } };
const movesOf = (card: string) =>
  central.owner
    .selectFrom('account_postings')
    .select(['kind', 'account', 'change_minor', 'other_card', 'terminal_id'])
    .where('card_number', '=', card)
    .where('kind', 'like', 'moved-%')
    .orderBy('account')
    .execute();
/** Until a transaction waits for another's lock. */
async function somebodyWaits() {
  const waiting = sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`;
  for (let look = 0; look < 500; look++) {
    if ((await waiting.execute(central.owner)).rows[0]!.n > 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('nobody waits');
}

describe('the accounts of a card that is replaced', () => {
  it('[T20] [T28] follow it: what it holds, what is owed and the limit, by two halves of one posting', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 5_000 });
    await limit(lost, 2_000);
    const intention = uuid();
    await authorise(one, 'credit', { cardNumber: lost, amountMinor: 1_500, intention });
    await post(one, 'draw', { cardNumber: lost, amountMinor: 1_500, intention });
    await replace(lost, spare);
    expect(await accounts(lost)).toMatchObject({ ...empty, status: 'replaced', replacedBy: spare });
    expect(await accounts(spare)).toMatchObject({
      purse: { balanceMinor: 5_000, heldMinor: 0 },
      credit: { owedMinor: 1_500, heldMinor: 0, limitMinor: 2_000 },
      replacedBy: null,
    });
    expect(await movesOf(lost)).toEqual([
      { kind: 'moved-out', account: 'credit', change_minor: -1_500, other_card: spare, terminal_id: null },
      { kind: 'moved-out', account: 'purse', change_minor: -5_000, other_card: spare, terminal_id: null },
    ]);
    await one.push();
    expect(await movesOf(spare)).toHaveLength(2);
    await expectFold(central);
  });

  it('[T20] [T28] are refused under the old number at every till, with the new one named', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 5_000 });
    await replace(lost, spare);
    const gone = { type: 'CardReplaced', facts: { cardNumber: lost, byCardNumber: spare } };
    for (const till of [one, two]) {
      expect(await refusalOf(authorise(till, 'purse', { cardNumber: lost, amountMinor: 100 }))).toMatchObject(gone);
    }
    expect(await refusalOf(limit(lost, 100))).toMatchObject(gone);
    const { items } = await two.client().terminals.feed({ terminal: two.id, cursor: 0 });
    expect(items).toContainEqual({ item: 'blocked-card', cardNumber: lost, blocked: true, replacedBy: spare });
    expect(await authorise(two, 'purse', { cardNumber: spare, amountMinor: 5_000 })).toMatchObject({ balanceMinor: 0 });
  });

  it('[T20] [T28] merged, what two cards hold and owe adds up, their limits do not: the larger stands', async () => {
    for (const [cardNumber, amountMinor, limitMinor] of [
      [lost, 700, 2_000],
      [spare, 300, 500],
    ] as const) {
      await post(one, 'top-up', { cardNumber, amountMinor });
      await limit(cardNumber, limitMinor);
      await post(one, 'draw', { cardNumber, amountMinor });
    }
    await replace(lost, spare, 'merge');
    expect(await accounts(spare)).toMatchObject({
      purse: { balanceMinor: 1_000 },
      credit: { owedMinor: 1_000, limitMinor: 2_000 },
    });
    await expectFold(central);
  });

  it('[T28] take their holds along: the money stays promised, and its late payment is counted once', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 1_000 });
    const intention = uuid();
    await authorise(two, 'purse', { cardNumber: lost, amountMinor: 600, intention });
    await replace(lost, spare);
    expect(await accounts(spare)).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 600 } });
    const much = authorise(one, 'purse', { cardNumber: spare, amountMinor: 500 });
    expect(await refusalOf(much)).toMatchObject({ type: 'PurseTooLow', facts: { missingMinor: 100 } });
    await post(two, 'pay', { cardNumber: lost, amountMinor: 600, intention });
    expect(await accounts(lost)).toMatchObject(empty);
    expect(await accounts(spare)).toMatchObject({ purse: { balanceMinor: 400, heldMinor: 0 } });
    const rows = await central.owner.selectFrom('account_postings').selectAll().execute();
    expect(rows.find((row) => row.intention === intention)).toMatchObject({ held: true, card_number: lost });
    await expectFold(central);
  });

  it('[T28] give a hold back to the new card once its entry is proven never to come', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 1_000 });
    await authorise(two, 'purse', { cardNumber: lost, amountMinor: 600 });
    await replace(lost, spare);
    await later(two, { monotonicMs: 70_000 });
    expect(await accounts(spare)).toMatchObject({ purse: { balanceMinor: 1_000, heldMinor: 0 } });
    await expectFold(central);
  });

  it('[T20] [T28] go on from card to card, also what a till without a link sends late of the first', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 1_000 });
    const third = cards[2]!;
    await replace(spare, third);
    await replace(lost, spare);
    expect(await accounts(third)).toMatchObject({ purse: { balanceMinor: 1_000 } });
    const late = write(two, 'top-up', { cardNumber: lost, amountMinor: 250 });
    await two.push([late]);
    await two.push([late]);
    expect(await accounts(third)).toMatchObject({ purse: { balanceMinor: 1_250 } });
    for (const card of [lost, spare]) expect(await accounts(card)).toMatchObject(empty);
    await expectFold(central);
  });

  it('[T28] lose nothing to a replacement at the very moment in which tills are sending', async () => {
    const amounts = [100, 200, 400, 800];
    const tills = await Promise.all(amounts.map(() => newTill(central, office)));
    await Promise.all([
      ...tills.map((till, at) => post(till, 'top-up', { cardNumber: lost, amountMinor: amounts[at]! })),
      replace(lost, spare),
    ]);
    expect(await accounts(lost)).toMatchObject(empty);
    expect(await accounts(spare)).toMatchObject({ purse: { balanceMinor: 1_500, heldMinor: 0 } });
    await expectFold(central);
  });

  it('[T28] are not held twice over by a till that asks again while the card is being replaced', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 1_000 });
    const held = { cardNumber: lost, amountMinor: 600, intention: uuid() };
    await authorise(two, 'purse', held);
    const card = { tenant_id: two.enrolment.tenant, card_number: lost };
    const none = { pin_hash: null, last_try: null, last_outcome: null, last_unblock: null, changed_at: new Date() };
    await central.owner
      .insertInto('card_pins')
      .values({ ...card, ...none, tries: 0 })
      .execute();
    // The second question stands still where its PIN is looked at, and the card is replaced meanwhile.
    const gate = await central.owner.startTransaction().execute();
    await gate
      .selectFrom('card_pins')
      .select('tries')
      .where((row) => row.and(card))
      .forUpdate()
      .execute();
    const again = refusalOf(authorise(two, 'purse', held));
    await somebodyWaits();
    await replace(lost, spare);
    await gate.rollback().execute();
    expect(await again).toMatchObject({ type: 'CardReplaced', facts: { byCardNumber: spare } });
    await post(two, 'pay', held);
    expect(await accounts(spare)).toMatchObject({ purse: { balanceMinor: 400, heldMinor: 0 } });
    await expectFold(central);
  });

  it('[T20] [T28] follow a shop’s own word too, in that shop alone', async () => {
    const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 2)!;
    const elsewhere = await CentralTill.enrol(central.url, central.client(), code);
    const foreign = cardNumberOf(++data);
    new LedgerTill(elsewhere).issue(foreign);
    await elsewhere.push();
    for (const till of [one, elsewhere]) await post(till, 'top-up', { cardNumber: foreign, amountMinor: 900 });
    await replace(foreign, spare);
    expect(await accounts(foreign)).toMatchObject({ ...empty, replacedBy: spare });
    expect(await accounts(spare)).toMatchObject({ purse: { balanceMinor: 900 } });
    expect(await accounts(foreign, elsewhere)).toMatchObject({ purse: { balanceMinor: 900 }, replacedBy: null });
    expect(await authorise(elsewhere, 'purse', { cardNumber: foreign, amountMinor: 900 })).toMatchObject({
      balanceMinor: 0,
    });
    await expectFold(central);
  });

  it('[T28] are listed in the office under the card that has them, the old one with where they went', async () => {
    await post(one, 'top-up', { cardNumber: lost, amountMinor: 1_000 });
    await replace(lost, spare);
    const list = async (search: string) => (await office.office.accounts({ search })).rows;
    expect(await list(lost)).toMatchObject([{ cardNumber: lost, purseMinor: 0, replacedBy: spare }]);
    expect(await list(spare)).toMatchObject([{ cardNumber: spare, purseMinor: 1_000, replacedBy: null }]);
  });
});
