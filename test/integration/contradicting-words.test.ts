import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FeedItem } from '#contract/central/index.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { handLot } from '#test/harness/card-lots.ts';
import { type CentralClient, type RunningCentral, startCentral } from '#test/harness/central.ts';
import { type LaidCard, LedgerTill } from '#test/harness/ledger-till.ts';
import { expectFold, newTill, officeOf, post } from '#test/harness/shop-accounts.ts';

/* Shop 1 has issued the cards and speaks for them in the network; shop 2, which serves them too, replaces them for itself alone. */

type Write = Extract<FeedItem, { item: 'open-write' }>['write'];

let central: RunningCentral;
let manager: CentralClient;
let managerThere: CentralClient;
let here: LedgerTill;
let there: LedgerTill;
let cards = 50_000_000;
const newNumber = () => cardNumberOf(cards++);

beforeAll(async () => {
  central = await startCentral();
  await handLot(central, 1, cards);
  manager = await officeOf(central, 'manager');
  managerThere = await officeOf(central, 'manager-2');
});
beforeEach(newTills);
afterAll(() => central?.stop());

async function newTills() {
  here = new LedgerTill(await newTill(central, manager));
  there = new LedgerTill(await newTill(central, managerThere));
  for (const till of [here, there]) begun.set(till.till.enrolment.tenant, (await knownAt(till)).cursor);
}

const showOf = async ({ till }: LedgerTill, { cardNumber }: { cardNumber: string }) =>
  (await till.client().cards.show({ terminal: till.id, cardNumber })).ledger;

/** What is new in a till's journal, and nothing else. */
const send = ({ till }: LedgerTill, from: number) => till.push(till.entries.slice(from));

/** How far the feeds of the shops had come when a test began. */
const begun = new Map<string, number>();

/** What a till knows that has read its feed since then. */
async function knownAt({ till }: LedgerTill) {
  const replacedBy = new Map<string, string | null>();
  const open = new Map<string, Write>();
  let cursor = begun.get(till.enrolment.tenant) ?? 0;
  for (let more = true; more; ) {
    const page = await till.client().terminals.feed({ terminal: till.id, cursor });
    for (const item of page.items) {
      if (item.item === 'blocked-card') {
        if (item.blocked) replacedBy.set(item.cardNumber, item.replacedBy ?? null);
        else replacedBy.delete(item.cardNumber);
      }
      if (item.item !== 'open-write') continue;
      if (item.settled) open.delete(item.write.intention);
      else open.set(item.write.intention, item.write);
    }
    [cursor, more] = [page.cursor, page.more];
  }
  return { cursor, replacedBy, open: [...open.values()] };
}

/** A card of shop 1 with so many points there, and with 70 in shop 2. */
async function cardOfBoth(points: number): Promise<{ here: LaidCard; there: LaidCard; cardNumber: string }> {
  const card = here.issue(newNumber(), points);
  await send(here, here.till.entries.length - 1);
  const joined = there.issue(card.cardNumber, 0, 'joined');
  there.sell(joined, 7_000);
  await there.push();
  return { here: card, there: joined, cardNumber: card.cardNumber };
}

const nothing = { points: 0, spendMinor: 0 };
const whole = { points: 70, spendMinor: 7_000 };
type Pair = Awaited<ReturnType<typeof cardOfBoth>>;
async function shopSays(from: Pair, to: Pair, move = whole) {
  there.replace(from.there, to.there, move);
  await there.push();
}
async function networkSays(from: Pair, to: Pair, move = nothing) {
  here.replace(from.here, to.here, move);
  await here.push();
}

describe('a shop’s own replacement, and the network’s that leads back along it', () => {
  it('[T20] leave a card in use: the newer word of the network ends the shop’s own, and its points come back', async () => {
    const [one, two] = [await cardOfBoth(90), await cardOfBoth(40)];
    await shopSays(one, two);
    expect((await knownAt(there)).replacedBy.get(one.cardNumber)).toBe(two.cardNumber);
    await networkSays(two, one, { points: 40, spendMinor: 0 });

    expect(await showOf(there, one)).toMatchObject({ status: 'active', balance: 140, totalSpendMinor: 14_000 });
    expect(await showOf(there, two)).toMatchObject({ status: 'replaced', balance: 0, totalSpendMinor: 0 });
    expect(await showOf(here, one)).toMatchObject({ status: 'active', balance: 130 });
    const { replacedBy, open } = await knownAt(there);
    expect([replacedBy.has(one.cardNumber), replacedBy.get(two.cardNumber)]).toEqual([false, one.cardNumber]);
    // The chip still holds the 70 that went away and came back: what the other card had earned is all that is to be written.
    expect(open.filter(({ cardNumber }) => cardNumber === one.cardNumber)).toMatchObject([
      { operation: 'adjust', points: 70, spendMinor: 7_000 },
    ]);
    const asked = (await manager.office.cases({ search: one.cardNumber })).cases;
    expect(asked).toMatchObject([{ kind: 'ReplaceAsked', choices: [], settled: { decision: 'taken-back' } }]);
  });

  it('[T20] end in the same card when they come the other way round, as from a till that had no link', async () => {
    const [one, two] = [await cardOfBoth(90), await cardOfBoth(40)];
    await networkSays(two, one, { points: 40, spendMinor: 0 });
    await shopSays(one, two);
    expect(await showOf(there, one)).toMatchObject({ status: 'active', balance: 140 });
    expect(await showOf(there, two)).toMatchObject({ status: 'replaced', balance: 0 });
    const { replacedBy } = await knownAt(there);
    expect([replacedBy.has(one.cardNumber), replacedBy.get(two.cardNumber)]).toEqual([false, one.cardNumber]);
    expect((await manager.office.cases({ search: one.cardNumber })).cases).toEqual([]);
  });

  it('[T20] are said twice to no other end, and the shop may replace the card anew', async () => {
    const [one, two, three] = [await cardOfBoth(0), await cardOfBoth(0), await cardOfBoth(0)];
    await shopSays(one, two);
    for (let time = 0; time < 2; time++) await networkSays(two, one);
    await shopSays(one, two, nothing);
    expect(await showOf(there, one)).toMatchObject({ status: 'active', balance: 140 });
    await shopSays(one, three, { points: 140, spendMinor: 14_000 });
    expect(await showOf(there, one)).toMatchObject({ status: 'replaced', balance: 0 });
    expect(await showOf(there, three)).toMatchObject({ status: 'active', balance: 210 });
  });

  it('[T20] over three cards leave the first in use', async () => {
    const [one, two, three] = [await cardOfBoth(0), await cardOfBoth(0), await cardOfBoth(0)];
    await shopSays(one, two);
    await shopSays(two, three, { points: 140, spendMinor: 14_000 });
    await networkSays(three, one);
    const shown = await Promise.all([one, two, three].map((card) => showOf(there, card)));
    expect(shown.map(({ status, balance }) => [status, balance])).toEqual([
      ['active', 210],
      ['replaced', 0],
      ['replaced', 0],
    ]);
  });

  it('[T20] over more cards than any customer has end all the same, and every point is somewhere in use', async () => {
    const row: Pair[] = [];
    for (let made = 0; made < 23; made++) row.push(await cardOfBoth(0));
    for (const [at, card] of row.slice(1).entries()) there.replace(row[at]!.there, card.there, nothing);
    await there.push();
    await networkSays(row.at(-1)!, row[0]!);
    const ledgers = await Promise.all(row.map((card) => showOf(there, card)));
    expect(ledgers.map(({ status, balance }) => [status, balance])).toEqual([
      ['active', 23 * 70],
      ...row.slice(1).map(() => ['replaced', 0]),
    ]);
  });

  it('[T20] [T28] bring the card’s accounts back too, and what was still to be written on it', async () => {
    const [one, two] = [await cardOfBoth(0), await cardOfBoth(0)];
    await post(there.till, 'top-up', { cardNumber: one.cardNumber, amountMinor: 5_000 });
    const torn = there.sell(one.there, 1_000, 'unknown');
    await shopSays(one, two, { points: 80, spendMinor: 8_000 });
    expect((await knownAt(there)).open.some(({ intention }) => intention === torn.intention)).toBe(false);
    await networkSays(two, one);
    const accounts = await there.till.client().cards.accounts({ terminal: there.till.id, cardNumber: one.cardNumber });
    expect(accounts).toMatchObject({ purse: { balanceMinor: 5_000 }, replacedBy: null });
    const { rows } = await managerThere.office.accounts({ search: one.cardNumber });
    expect(rows).toMatchObject([{ cardNumber: one.cardNumber, replacedBy: null }]);
    await expectFold(central);
    const { open } = await knownAt(there);
    expect(open.find(({ intention }) => intention === torn.intention)).toMatchObject({ points: 10 });
    expect(await showOf(there, one)).toMatchObject({ balance: 150, pendingPoints: 80 });
  });
});

/** Cards that the words below are about. */
const some = 3;
const act = fc.record({
  what: fc.constantFrom('shop', 'shop', 'network', 'network', 'sell', 'tap'),
  from: fc.nat(some - 1),
  further: fc.integer({ min: 1, max: some - 1 }),
  points: fc.integer({ min: -90, max: 90 }),
});

describe('any words of a shop and of the network', () => {
  it('[T20] keep what the shops’ cards hold together, and leave no point on a card out of use (invariant 18)', async () => {
    const property = fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 10 }), async (acts) => {
      await newTills();
      const laid: Pair[] = [];
      for (let made = 0; made < some; made++) laid.push(await cardOfBoth(10));
      let sold = 70 * some;
      for (const { what, from, further, points } of acts) {
        const [one, other] = [laid[from]!, laid[(from + further) % some]!];
        if (what === 'shop') await shopSays(one, other, { points, spendMinor: 0 });
        if (what === 'network') await networkSays(one, other, { points, spendMinor: 0 });
        if (what === 'sell') {
          there.sell(one.there, 500);
          sold += 5;
          await there.push();
        }
        if (what === 'tap' && !(await knownAt(there)).replacedBy.has(one.cardNumber)) {
          for (const write of (await knownAt(there)).open)
            if (write.cardNumber === one.cardNumber) there.heal(one.there, write);
          await there.push();
        }
      }
      for (const [till, total] of [
        [there, sold],
        [here, 10 * some],
      ] as const) {
        const { replacedBy } = await knownAt(till);
        const ledgers = await Promise.all(laid.map((card) => showOf(till, card)));
        expect(ledgers.reduce((sum, { balance }) => sum + (balance ?? 0), 0)).toBe(total);
        expect(ledgers.some(({ status }) => status === 'active')).toBe(true);
        for (const [index, { status, balance, pendingPoints }] of ledgers.entries()) {
          const card = laid[index]!;
          expect([status, balance === 0 || status === 'active']).toEqual([
            replacedBy.has(card.cardNumber) ? 'replaced' : 'active',
            true,
          ]);
          const chip = till === there ? card.there : card.here;
          if (status === 'active') expect(chip.balance + pendingPoints).toBe(balance);
        }
      }
    });
    await fc.assert(property, { numRuns: 15 });
  }, 120_000);
});
