import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FeedItem } from '#contract/central/index.ts';
import type { OfficeCase } from '#contract/central/office-cards.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { handLot } from '#test/harness/card-lots.ts';
import { factoryCard, relayCard } from '#test/harness/card-relay.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { type LaidCard, LedgerTill } from '#test/harness/ledger-till.ts';

/* A terminal that is enrolled at shop 2 and writes what it likes, against cards of shop 1. */

let central: RunningCentral;
let manager: CentralClient;
let managerThere: CentralClient;
let network: CentralClient;
let here: LedgerTill;
let hostile: LedgerTill;
let cards = 40_000_000;
const newNumber = () => cardNumberOf(cards++);

beforeAll(async () => {
  central = await startCentral();
  await handLot(central, 1, cards);
  manager = await officeOf('manager');
  managerThere = await officeOf('manager-2');
  network = await officeOf('network-admin');
});
/** One of each for each test: a terminal has so many requests in five minutes. */
beforeEach(async () => {
  here = await newTill(manager);
  hostile = await newTill(managerThere);
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const { pin } = central.seed.staff.find((person) => person.code === code)!;
  const { token } = await central.client().office.signIn({ code, password: pin });
  return central.client({ authorization: `Bearer ${token}` });
}

async function newTill(office: CentralClient): Promise<LedgerTill> {
  const { code } = await office.office.enrolmentCode({ label: 'Caisse' });
  return new LedgerTill(await CentralTill.enrol(central.url, central.client(), code));
}

const showOf = async ({ till }: LedgerTill, cardNumber: string) =>
  (await till.client().cards.show({ terminal: till.id, cardNumber })).ledger;

/** The last word of a till's feed on a card; null: none. */
async function hotAt({ till }: LedgerTill, cardNumber: string): Promise<boolean | null> {
  let last: boolean | null = null;
  const see = (item: FeedItem) => {
    if (item.item === 'blocked-card' && item.cardNumber === cardNumber) last = item.blocked;
  };
  for (let cursor = 0, more = true; more; ) {
    const page = await till.client().terminals.feed({ terminal: till.id, cursor });
    page.items.forEach(see);
    [cursor, more] = [page.cursor, page.more];
  }
  return last;
}

const casesOf = async (office: CentralClient, cardNumber: string): Promise<OfficeCase[]> =>
  (await office.office.cases({ search: cardNumber })).cases;
const settle = (office: CentralClient, { key }: OfficeCase, decision: OfficeCase['choices'][number]) =>
  office.office.settleCase({ key, decision, note: 'test' });

/** A card that shop 1 issued, with so many points there and 70 in shop 2, where it has joined. */
async function cardOfBoth(pointsHere: number) {
  const card = here.issue(newNumber(), pointsHere);
  await here.push();
  const there = hostile.issue(card.cardNumber, 0, 'joined');
  hostile.sell(there, 7_000);
  await hostile.push();
  return { ...card, there };
}

const ownerOf = (cardNumber: string) =>
  central.owner
    .selectFrom('cards')
    .select(['tenant_id', 'status', 'replaced_by', 'uid'])
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();

describe('a card that another shop replaces', () => {
  it('[T20] moves that shop’s balance alone; the others’ stand, where the card stays in use', async () => {
    const old = await cardOfBoth(90);
    const theirs = hostile.issue(newNumber(), 0, 'joined');
    hostile.replace(old.there, theirs, { points: 70, spendMinor: 7_000 });
    await hostile.push();

    expect(await showOf(hostile, old.cardNumber)).toMatchObject({ balance: 0, status: 'replaced' });
    expect(await showOf(hostile, theirs.cardNumber)).toMatchObject({ balance: 70, totalSpendMinor: 7_000 });
    expect(await hotAt(hostile, old.cardNumber)).toBe(true);
    expect(await showOf(here, old.cardNumber)).toMatchObject({ balance: 90, status: 'active' });
    expect(await hotAt(here, old.cardNumber)).toBeNull();
    expect(await ownerOf(old.cardNumber)).toMatchObject({ status: 'active', replaced_by: null });
    here.sell(old, 500);
    await here.push();
    expect(await showOf(here, old.cardNumber)).toMatchObject({ balance: 95 });
  });

  it('[T20] is a case of the issuing shop and of the network, which carries it out when they say yes', async () => {
    const old = await cardOfBoth(90);
    const theirs = hostile.issue(newNumber(), 0, 'joined');
    hostile.replace(old.there, theirs, { points: 70, spendMinor: 7_000 });
    await hostile.push();
    const [asked, ...more] = await casesOf(manager, old.cardNumber);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ kind: 'ReplaceAsked', choices: ['refused', 'carried-out'] });
    expect(asked!.evidence[0]).toMatchObject({
      shop: 'Librairie du Plateau',
      till: 'Caisse',
      toCard: theirs.cardNumber,
    });
    expect((await casesOf(network, old.cardNumber)).map(({ key }) => key)).toEqual([asked!.key]);

    // Who asks does not answer; nor is anything else than yes or no an answer.
    expect(await casesOf(managerThere, old.cardNumber)).toEqual([]);
    expect(await refusalOf(settle(managerThere, asked!, 'carried-out'))).toMatchObject({ type: 'NotFound' });
    expect(await refusalOf(settle(manager, asked!, 'explained'))).toMatchObject({ type: 'InvalidRequest' });

    expect(await settle(network, asked!, 'carried-out')).toMatchObject({ settled: { decision: 'carried-out' } });
    expect(await showOf(here, old.cardNumber)).toMatchObject({ balance: 0, status: 'replaced' });
    expect(await showOf(here, theirs.cardNumber)).toMatchObject({ balance: 90, pendingPoints: 90 });
    expect(await showOf(hostile, theirs.cardNumber)).toMatchObject({ balance: 70 });
    expect(await hotAt(here, old.cardNumber)).toBe(true);
    // Said again it is one settling.
    expect(await settle(network, asked!, 'carried-out')).toMatchObject({ settled: { by: 'network-admin' } });
    expect(await refusalOf(settle(manager, asked!, 'refused'))).toMatchObject({ type: 'CaseSettled' });
    expect(await showOf(here, theirs.cardNumber)).toMatchObject({ balance: 90 });
  });

  it('[T20] stays as it is in the other shops when they say no', async () => {
    const old = await cardOfBoth(90);
    const theirs = hostile.issue(newNumber(), 0, 'joined');
    hostile.replace(old.there, theirs, { points: 70, spendMinor: 7_000 });
    await hostile.push();
    const [asked] = await casesOf(manager, old.cardNumber);
    expect(await settle(manager, asked!, 'refused')).toMatchObject({ settled: { by: 'manager' } });
    expect(await showOf(here, old.cardNumber)).toMatchObject({ balance: 90, status: 'active' });
    expect(await hotAt(here, old.cardNumber)).toBeNull();
  });

  it('[T20] and back again ends somewhere, with nothing lost', async () => {
    const one = await cardOfBoth(0);
    const two = await cardOfBoth(0);
    hostile.replace(one.there, two.there, { points: 70, spendMinor: 7_000 });
    hostile.replace(two.there, one.there, { points: 0, spendMinor: 0 });
    hostile.sell(one.there, 100);
    await hostile.push();
    const balances = [await showOf(hostile, one.cardNumber), await showOf(hostile, two.cardNumber)];
    expect(balances.reduce((sum, { balance }) => sum + (balance ?? 0), 0)).toBe(141);
  });
});

describe('figures that no card holds', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const forged = { balance: 0, counter: 1, spendMinor: most - 500 };
  it.each([
    [
      'sales',
      (one: string, other: string) => [one, other].map((cardNumber) => hostile.sell({ ...forged, cardNumber }, 500)),
    ],
    [
      'places',
      (_: string, cardNumber: string) => hostile.sell({ ...forged, cardNumber, spendMinor: 0, counter: most - 1 }, 500),
    ],
  ])('[T20] are taken of no till: %s would keep the issuing shop from replacing its own card', async (_, forge) => {
    const [old, fresh] = [here.issue(newNumber(), 90), here.issue(newNumber())];
    await here.push();
    hostile.sell({ ...forged, cardNumber: old.cardNumber, spendMinor: 0 }, 500);
    await hostile.push();
    forge(old.cardNumber, fresh.cardNumber);
    await hostile.push().catch(() => undefined);
    here.replace(old, fresh, { points: 90, spendMinor: 0 });
    await here.push();
    expect(await showOf(here, fresh.cardNumber)).toMatchObject({ balance: 90 });
    expect(await showOf(hostile, fresh.cardNumber)).toMatchObject({ balance: 5, totalSpendMinor: 500 });
  });
});

describe('figures that each are a card’s, and together are none', () => {
  const largest = 0xff_ffff_ffff;
  /** So many of the largest figures are more than is added up (2^50). */
  const enough = 1_030;
  const ledgerThere = (cardNumber: string) =>
    central.owner
      .selectFrom('card_ledger')
      .select(['balance', 'total_spend_minor as spendMinor'])
      .where('tenant_id', '=', hostile.till.enrolment.tenant)
      .where('card_number', '=', cardNumber)
      .executeTakeFirstOrThrow();
  function forge(card: LaidCard, times = enough) {
    const sale = hostile.sell(card, 100);
    for (let time = 0; time < times; time++)
      hostile.reverse(sale, { amountMinor: largest, points: 0, counter: card.counter });
  }
  async function sendAll() {
    const { entries } = hostile.till;
    for (let at = 0; at < entries.length; at += 400) await hostile.till.push(entries.slice(at, at + 400));
  }

  it('[T20] count no further than a sum is exact, are a case, and keep no shop from replacing its card', async () => {
    const [old, fresh] = [await cardOfBoth(90), await cardOfBoth(0)];
    for (const { there } of [old, fresh]) forge(there);
    await sendAll();
    for (const { cardNumber } of [old, fresh]) {
      const { spendMinor } = await ledgerThere(cardNumber);
      expect(spendMinor).toBeLessThan(-1 * 2 ** 49);
      expect(spendMinor).toBeGreaterThanOrEqual(-1 * 2 ** 50);
      expect((await casesOf(managerThere, cardNumber)).map(({ kind }) => kind)).toContain('CardContradicted');
    }
    const before = (await ledgerThere(old.cardNumber)).spendMinor + (await ledgerThere(fresh.cardNumber)).spendMinor;

    here.replace(old, fresh, { points: 90, spendMinor: 0 });
    await here.push();
    expect(await showOf(here, fresh.cardNumber)).toMatchObject({ balance: 90 });
    expect(await showOf(hostile, fresh.cardNumber)).toMatchObject({ status: 'active', balance: 142 });
    const after = [await ledgerThere(old.cardNumber), await ledgerThere(fresh.cardNumber)];
    expect(after[0]!.spendMinor + after[1]!.spendMinor).toBe(before);
    expect(after[1]!.spendMinor).toBe(-1 * 2 ** 50);
  }, 120_000);

  it('[T20] are left out on both cards that they move between', async () => {
    const [one, two] = [hostile.issue(newNumber()), hostile.issue(newNumber())];
    forge(two);
    await sendAll();
    const before = (await ledgerThere(two.cardNumber)).spendMinor;
    const sent = hostile.till.entries.length;
    hostile.replace(one, two, { points: 0, spendMinor: 0 - largest });
    forge(two, 300);
    await hostile.till.push(hostile.till.entries.slice(sent));
    expect(await ledgerThere(one.cardNumber)).toEqual({ balance: 0, spendMinor: 0 });
    expect((await ledgerThere(two.cardNumber)).spendMinor).toBe(before);
  }, 120_000);
});

describe('a card that another shop blocks', () => {
  it('[T20] is refused in that shop alone, until somebody says yes for the network', async () => {
    const { cardNumber } = await cardOfBoth(90);
    hostile.block(cardNumber);
    await hostile.push();
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([true, null]);
    expect(await showOf(here, cardNumber)).toMatchObject({ status: 'active' });
    expect(await showOf(hostile, cardNumber)).toMatchObject({ status: 'blocked' });
    const [asked, ...more] = await casesOf(manager, cardNumber);
    expect([asked!.kind, more]).toEqual(['BlockAsked', []]);
    await settle(manager, asked!, 'carried-out');
    expect(await hotAt(here, cardNumber)).toBe(true);
    expect(await showOf(here, cardNumber)).toMatchObject({ status: 'blocked' });
    here.block(cardNumber, false);
    await here.push();
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([false, false]);
  });

  it('[T20] is put back in that shop by itself, and the question is taken back', async () => {
    const { cardNumber } = await cardOfBoth(90);
    hostile.block(cardNumber);
    hostile.block(cardNumber, false);
    await hostile.push();
    expect(await hotAt(hostile, cardNumber)).toBe(false);
    expect(await casesOf(manager, cardNumber)).toMatchObject([
      { kind: 'BlockAsked', choices: [], settled: { decision: 'taken-back' } },
    ]);
  });

  it('[T20] is refused everywhere where that shop has really served it: the server gave it its place there', async () => {
    const chip = factoryCard();
    const { cardNumber } = await relayCard(here.till, chip, { do: 'issue', cardNumber: null });
    await relayCard(hostile.till, chip, { do: 'join' });
    hostile.block(cardNumber);
    await hostile.push();
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([true, true]);
    expect(await casesOf(manager, cardNumber)).toEqual([]);
    // Its own block it may lift; the issuing shop may as well.
    hostile.block(cardNumber, false);
    await hostile.push();
    expect(await hotAt(here, cardNumber)).toBe(false);
  });

  it('[T20] is not put back by a shop that did not block it, however well that shop knows it', async () => {
    const chip = factoryCard();
    const { cardNumber } = await relayCard(here.till, chip, { do: 'issue', cardNumber: null });
    await relayCard(hostile.till, chip, { do: 'join' });
    here.block(cardNumber);
    await here.push();
    hostile.block(cardNumber);
    hostile.block(cardNumber, false);
    await hostile.push();
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([true, true]);
    expect(await showOf(hostile, cardNumber)).toMatchObject({ status: 'blocked' });
    const asked = (await casesOf(manager, cardNumber)).find(({ kind }) => kind === 'UnblockAsked')!;
    expect(
      await refusalOf(managerThere.office.blockCard({ cardNumber, blocked: false, reason: 'found' })),
    ).toMatchObject({
      type: 'NotAllowed',
    });
    await settle(network, asked, 'carried-out');
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([false, false]);
  });

  it('[T20] is not put back by the shop that blocked it first, once another has blocked it too', async () => {
    const chip = factoryCard();
    const { cardNumber } = await relayCard(here.till, chip, { do: 'issue', cardNumber: null });
    await relayCard(hostile.till, chip, { do: 'join' });
    hostile.block(cardNumber);
    await hostile.push();
    here.block(cardNumber);
    await here.push();
    hostile.block(cardNumber, false);
    await hostile.push();
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([true, true]);
    here.block(cardNumber, false);
    await here.push();
    expect([await hotAt(hostile, cardNumber), await hotAt(here, cardNumber)]).toEqual([false, false]);
  });
});

describe('a number that was not the shop’s to give', () => {
  it('[T2] stays whose it is, though a till claims it', async () => {
    const card = here.issue(newNumber(), 90);
    await here.push();
    const before = await ownerOf(card.cardNumber);
    hostile.issue(card.cardNumber, 500);
    await hostile.push();
    expect(await ownerOf(card.cardNumber)).toEqual(before);
    expect(before).toMatchObject({ tenant_id: here.till.enrolment.tenant });
    expect(await showOf(here, card.cardNumber)).toMatchObject({ balance: 90 });
    expect(await casesOf(manager, card.cardNumber)).toMatchObject([
      { kind: 'NumberClaimed', choices: ['explained', 'loss-borne', 'fraud'] },
    ]);
  });

  it('[T2] is not claimed before its shop has issued it, nor is a number of no lot at all', async () => {
    const [unissued, ofNoLot] = [newNumber(), cardNumberOf(77_000_000)];
    for (const cardNumber of [unissued, ofNoLot]) hostile.issue(cardNumber, 500);
    await hostile.push();
    for (const cardNumber of [unissued, ofNoLot]) {
      expect(await ownerOf(cardNumber)).toBeUndefined();
      expect(await casesOf(network, cardNumber)).toMatchObject([{ kind: 'NumberClaimed' }]);
    }
    here.issue(unissued);
    await here.push();
    expect(await ownerOf(unissued)).toMatchObject({ tenant_id: here.till.enrolment.tenant, status: 'active' });
    expect(await casesOf(managerThere, ofNoLot)).toMatchObject([{ choices: [] }]);
  });

  it('[T2] is not the shop’s to speak for because the card has joined it, where nobody knows who gave it out', async () => {
    const chip = factoryCard();
    const { cardNumber } = await relayCard(here.till, chip, { do: 'issue', cardNumber: null });
    await central.owner.updateTable('cards').set({ tenant_id: null }).where('card_number', '=', cardNumber).execute();
    await relayCard(hostile.till, chip, { do: 'join' });
    for (const how of ['joined', 'issued'] as const) hostile.issue(cardNumber, 0, how);
    await hostile.push();
    expect(await ownerOf(cardNumber)).toMatchObject({ tenant_id: null, status: 'active' });
    expect(await casesOf(network, cardNumber)).toEqual([]);
  });

  it('[T2] does not become the number of a chip that the server has not met', async () => {
    const number = newNumber();
    here.issue(number);
    await here.push();
    expect(await ownerOf(number)).toMatchObject({ uid: null });
  });

  it('[T20] is asked of the network two hundred times a shop and kind at most', async () => {
    const numbers = Array.from({ length: 210 }, newNumber);
    for (const number of numbers) hostile.block(number);
    for (let at = 0; at < hostile.till.entries.length; at += 100)
      await hostile.till.push(hostile.till.entries.slice(at, at + 100));
    const { count } = await central.owner
      .selectFrom('cases')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('asked_by', '=', hostile.till.enrolment.tenant)
      .where('kind', '=', 'BlockAsked')
      .where('settled_at', 'is', null)
      .executeTakeFirstOrThrow();
    expect(count).toBe(200);
    expect(await hotAt(hostile, numbers.at(-1)!)).toBe(true);
    // No flood of questions keeps a number that was claimed from being told.
    const claimed = cardNumberOf(77_000_001);
    hostile.issue(claimed, 500);
    await hostile.till.push(hostile.till.entries.slice(-1));
    expect(await casesOf(network, claimed)).toMatchObject([{ kind: 'NumberClaimed' }]);
  });
});
