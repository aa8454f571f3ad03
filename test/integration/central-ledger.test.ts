import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTenant } from '#backend/db/tenancy.ts';
import { gapGraceMs, outcomeGraceMs, sweepCards } from '#backend/loyalty/ledger/sweep.ts';
import { foldProjection } from '#contract/journal/projection.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { handLot } from '#test/harness/card-lots.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { type LaidCard, LedgerTill } from '#test/harness/ledger-till.ts';

let central: RunningCentral;
let manager: CentralClient;
let cards = 10_000_000;
const newNumber = () => cardNumberOf(cards++);

beforeAll(async () => {
  central = await startCentral();
  await handLot(central, 1, cards);
  manager = await officeOf('manager');
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const { pin } = central.seed.staff.find((person) => person.code === code)!;
  const { token } = await central.client().office.signIn({ code, password: pin });
  return central.client({ authorization: `Bearer ${token}` });
}

async function newTill(office = manager): Promise<LedgerTill> {
  const { code } = await office.office.enrolmentCode({ label: 'Caisse' });
  return new LedgerTill(await CentralTill.enrol(central.url, central.client(), code));
}

const ledgerOf = (tenant: string, cardNumber: string) =>
  central.owner
    .selectFrom('card_ledger')
    .select(['balance', 'total_spend_minor as spendMinor', 'counter', 'opening_balance as opening'])
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
const casesOf = async (cardNumber: string) =>
  (
    await central.owner
      .selectFrom('cases')
      .select(['kind', 'case_key', 'evidence'])
      .where('card_number', '=', cardNumber)
      .orderBy('case_key')
      .execute()
  ).map(({ kind }) => kind);

/** Every item of a till's feed, as a first synchronisation reads them. */
async function feedOf({ till }: LedgerTill, from = 0) {
  const items = [];
  for (let cursor = from, more = true; more; ) {
    const page = await till.client().terminals.feed({ terminal: till.id, cursor });
    items.push(...page.items);
    [cursor, more] = [page.cursor, page.more];
  }
  return items;
}
const openWritesIn = async (till: LedgerTill, cardNumber: string) =>
  (await feedOf(till)).flatMap((item) =>
    item.item === 'open-write' && item.write.cardNumber === cardNumber && !item.settled ? [item.write] : [],
  );

/** One act at the counter, on one of three cards. */
const act = fc.record({
  what: fc.constantFrom('sale', 'torn-sale', 'spend', 'lost-spend', 'reverse', 'reverse-spend', 'replace', 'tap'),
  card: fc.nat(2),
  amount: fc.integer({ min: 1, max: 90 }),
});

type Pending = { card: LaidCard; write: { intention: string; points: number; spendMinor: number } };

/** Plays acts as a till does: what is open for a card is written before anything else when the card lies there. */
function play(till: LedgerTill, acts: { what: string; card: number; amount: number }[]): LaidCard[] {
  const laid = Array.from({ length: 3 }, () => till.issue(newNumber(), 20));
  const known = new Map<LaidCard, { sale?: ReturnType<LedgerTill['sell']>; spend?: ReturnType<LedgerTill['spend']> }>();
  let pending: Pending[] = [];
  const tap = (card: LaidCard) => {
    for (const open of pending.filter((each) => each.card === card)) till.heal(card, open.write);
    pending = pending.filter((open) => open.card !== card);
  };
  for (const { what, card: index, amount } of acts) {
    const card = laid[index]!;
    const last = known.get(card) ?? {};
    if (what === 'replace') {
      const to = till.issue(newNumber());
      const left = pending.filter((open) => open.card === card).map(({ write }) => write);
      const move = {
        points: card.balance + left.reduce((sum, { points }) => sum + points, 0),
        spendMinor: card.spendMinor + left.reduce((sum, { spendMinor }) => sum + spendMinor, 0),
      };
      pending = pending.filter((open) => open.card !== card);
      pending.push({ card: to, write: till.replace(card, to, move) });
      laid[index] = to;
      continue;
    }
    if (what === 'reverse' && last.sale?.kind === 'loyalty.sale') {
      const { amountMinor, points } = last.sale.body;
      const write = till.reverse(last.sale, { amountMinor, points: 0 - points, counter: card.counter });
      pending.push({ card, write });
      known.set(card, { ...last, sale: undefined as never });
      continue;
    }
    if (what === 'reverse-spend' && last.spend?.kind === 'loyalty.spend') {
      const write = till.reverse(last.spend, {
        amountMinor: 0,
        points: -last.spend.body.points,
        counter: card.counter,
      });
      pending.push({ card, write });
      known.set(card, { ...last, spend: undefined as never });
      continue;
    }
    tap(card);
    if (what === 'sale') known.set(card, { ...last, sale: till.sell(card, amount * 100) });
    if (what === 'torn-sale') {
      const sale = till.sell(card, amount * 100, 'unknown');
      pending.push({ card, write: { intention: sale.intention, points: amount, spendMinor: amount * 100 } });
    }
    if (what === 'spend') known.set(card, { ...last, spend: till.spend(card, amount) });
    if (what === 'lost-spend') till.spend(card, amount, 'not-applied');
  }
  return laid;
}

describe('the ledger', () => {
  it('[T1] [T37] is the fold of the entries, in whatever pieces and however often they come (invariants 8, 12 and 18)', async () => {
    const till = await newTill();
    await till.push();
    const { tenant } = till.till.enrolment;
    const pieces = fc.array(fc.record({ back: fc.nat(6), length: fc.integer({ min: 1, max: 9 }) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), pieces, async (acts, cuts) => {
        const begin = till.till.entries.length;
        play(till, acts);
        let at = begin;
        for (const { back, length } of cuts) {
          const start = Math.max(0, at - back);
          const piece = till.till.entries.slice(start, at + length);
          if (piece.length > 0) await till.till.push(piece);
          at = Math.max(at, start + piece.length);
        }
        await till.till.push(till.till.entries.slice(Math.max(0, begin - 1)));
        const { cards: folded } = foldProjection(till.till.entries.slice(begin).map(({ entry }) => entry));
        for (const [cardNumber, card] of folded) {
          const held = await ledgerOf(tenant, cardNumber);
          expect({ cardNumber, balance: held?.balance, spend: held?.spendMinor }).toEqual({
            cardNumber,
            balance: card.balance,
            spend: card.totalSpendMinor,
          });
        }
      }),
      { numRuns: 25 },
    );
    // Nothing of all this contradicts itself: torn, healed, reversed and moved cards are no case for anyone.
    const contradicted = await central.owner
      .selectFrom('cases')
      .select('evidence')
      .where('kind', '=', 'CardContradicted')
      .execute();
    expect(contradicted).toEqual([]);
  });
});

describe('writes that have still to reach a card', () => {
  it('[N2] [T20] are told to every till of the shop, and taken back when one has done them', async () => {
    const [one, other] = [await newTill(), await newTill()];
    const card = one.issue(newNumber(), 10);
    const sale = one.sell(card, 5_000);
    const write = one.reverse(sale, { amountMinor: 5_000, points: -50, counter: card.counter });
    await one.push();
    expect(await openWritesIn(other, card.cardNumber)).toEqual([
      expect.objectContaining({
        intention: write.intention,
        operation: 'adjust',
        points: -50,
        spendMinor: -5_000,
        cardCounter: 3,
      }),
    ]);
    const shown = await other.till.client().cards.show({ terminal: other.till.id, cardNumber: card.cardNumber });
    expect(shown.ledger).toMatchObject({
      balance: 10,
      totalSpendMinor: 0,
      pendingPoints: -50,
      status: 'active',
      pin: 'not-set',
    });
    other.heal(card, write);
    await other.push();
    expect(await openWritesIn(one, card.cardNumber)).toEqual([]);
    expect(await feedOf(one)).toContainEqual(expect.objectContaining({ item: 'open-write', settled: true }));
    expect(await casesOf(card.cardNumber)).toEqual([]);
    expect(await ledgerOf(one.till.enrolment.tenant, card.cardNumber)).toMatchObject({ balance: 10, counter: 3 });
  });

  it('[N2] a torn sale is one at once, one whose outcome never came is one after a while; a lost spending is none', async () => {
    const till = await newTill();
    const { tenant } = till.till.enrolment;
    const card = till.issue(newNumber(), 100);
    const torn = till.sell(card, 1_000, 'unknown');
    const silent = till.sell(card, 2_000, null);
    const lost = till.spend(card, 30, 'not-applied');
    await till.push();
    expect((await openWritesIn(till, card.cardNumber)).map(({ intention }) => intention)).toEqual([torn.intention]);
    expect(await ledgerOf(tenant, card.cardNumber)).toMatchObject({ balance: 130 });
    const later = Date.now() + outcomeGraceMs + 1_000;
    await inTenant(central.app, tenant, (trx) => sweepCards(trx, tenant, later));
    await inTenant(central.app, tenant, (trx) => sweepCards(trx, tenant, later));
    const open = await openWritesIn(till, card.cardNumber);
    expect(open.map(({ intention, operation, points }) => [intention, operation, points])).toEqual([
      [torn.intention, 'earn', 10],
      [silent.intention, 'earn', 20],
    ]);
    expect(open.map(({ intention }) => intention)).not.toContain(lost.intention);
  });
});

describe('a case', () => {
  it('[T19] is opened once when two tills claim one place on a card: a copy was used (invariant 16)', async () => {
    const [one, other] = [await newTill(), await newTill()];
    const card = one.issue(newNumber(), 100);
    await one.push();
    const clone = { ...card };
    one.sell(card, 1_000);
    other.sell(clone, 2_000);
    one.sell(card, 1_000);
    other.sell(clone, 2_000);
    await other.push();
    expect(await casesOf(card.cardNumber)).toEqual([]);
    await one.push();
    await Promise.all([one.push(), other.push(), one.push()]);
    expect(await casesOf(card.cardNumber)).toEqual(['CardContradicted']);
  });

  it('[T19] is opened when a balance does not follow from the record before it: the card was written with a stolen key', async () => {
    const till = await newTill();
    const card = till.issue(newNumber(), 100);
    till.sell(card, 1_000);
    card.balance += 5_000;
    till.sell(card, 1_000);
    await till.push();
    expect(await casesOf(card.cardNumber)).toEqual(['CardContradicted']);
  });

  it('waits where another till may still send what lies between, and is none when it does', async () => {
    const [one, other] = [await newTill(), await newTill()];
    const { tenant } = one.till.enrolment;
    const card = one.issue(newNumber(), 10);
    await one.push();
    other.sell(card, 9_000);
    one.spend(card, 90);
    const forged = one.issue(newNumber(), 10);
    Object.assign(forged, { balance: 7_000, counter: forged.counter + 1 });
    one.spend(forged, 500);
    await one.push();
    expect(await casesOf(card.cardNumber)).toEqual([]);
    await other.push();
    const later = Date.now() + gapGraceMs + 1_000;
    for (const nowMs of [later, later + 1]) {
      await inTenant(central.app, tenant, (trx) => sweepCards(trx, tenant, nowMs));
    }
    expect(await casesOf(card.cardNumber)).toEqual([]);
    // Nobody has sent what would explain this one.
    expect(await casesOf(forged.cardNumber)).toEqual(['CardContradicted', 'OverspentOffline']);
  });

  it('[T20] is opened once when points were spent twice offline, and not for a balance that a reversal made negative', async () => {
    const [one, other] = [await newTill(), await newTill()];
    const card = one.issue(newNumber(), 100);
    const spent = one.issue(newNumber(), 0);
    const sale = one.sell(spent, 10_000);
    one.spend(spent, 100);
    one.reverse(sale, { amountMinor: 10_000, points: -100, counter: spent.counter });
    await one.push();
    expect(await ledgerOf(one.till.enrolment.tenant, spent.cardNumber)).toMatchObject({ balance: -100 });
    expect(await casesOf(spent.cardNumber)).toEqual([]);
    const clone = { ...card };
    one.spend(card, 80);
    other.spend(clone, 80);
    await Promise.all([one.push(), other.push()]);
    await Promise.all([one.push(), other.push()]);
    expect(await ledgerOf(one.till.enrolment.tenant, card.cardNumber)).toMatchObject({ balance: -60 });
    expect(await casesOf(card.cardNumber)).toEqual(['CardContradicted', 'OverspentOffline']);
  });

  it('[T20] [T12] is opened once when two tills take back more than an operation gave, in any order', async () => {
    const [one, other] = [await newTill(), await newTill()];
    const card = one.issue(newNumber(), 100);
    const sale = one.sell(card, 5_000);
    const [half, rest] = [
      { amountMinor: 2_000, points: -20, counter: card.counter },
      { amountMinor: 3_000, points: -30, counter: card.counter },
    ];
    one.reverse(sale, half);
    other.reverse(sale, rest);
    await other.push();
    await one.push();
    expect(await casesOf(card.cardNumber)).toEqual([]);
    other.reverse(sale, { ...half, amountMinor: 1 });
    await other.push();
    await other.push();
    expect(await casesOf(card.cardNumber)).toEqual(['ReversedTwice']);

    const again = other.issue(newNumber(), 100);
    const spends = [one.spend(again, 40), one.spend(again, 10, 'unknown')];
    for (const [index, points] of [40, 10].entries())
      other.reverse(spends[index]!, { amountMinor: 0, points, counter: 9 });
    await Promise.all([one.push(), other.push()]);
    expect(await casesOf(again.cardNumber)).toEqual([]);
    one.reverse(spends[0]!, { amountMinor: 0, points: 40, counter: 9 });
    // What never reached the card has its points back already.
    one.outcome(again, spends[1]!.intention, 'not-applied');
    await one.push();
    expect(await casesOf(again.cardNumber)).toEqual(['ReversedTwice', 'ReversedTwice']);
    const { cases } = await manager.office.cases({ status: 'open' });
    expect(cases.find(({ cardNumber }) => cardNumber === card.cardNumber)).toMatchObject({
      kind: 'ReversedTwice',
      evidence: [{ intention: sale.intention, ofMinor: 5_000, backMinor: 5_001 }],
    });
  });

  it('[N2] is opened for a card that could not be decided, listed with its evidence, and settled by a manager for good', async () => {
    const till = await newTill();
    const card = till.issue(newNumber(), 100);
    const spend = till.spend(card, 30, 'unknown');
    till.outcome(card, spend.intention, 'quarantined');
    await till.push();
    const mine = async (client = manager) =>
      (await client.office.cases({ status: 'open' })).cases.filter(({ cardNumber }) => cardNumber === card.cardNumber);
    const [found] = await mine();
    expect(found).toMatchObject({ kind: 'CardQuarantined', settled: null, evidence: [{ intention: spend.intention }] });
    expect(await openWritesIn(till, card.cardNumber)).toEqual([]);
    const settlement = { key: found!.key, decision: 'loss-borne' as const, note: 'La carte était cassée.' };
    const auditor = await officeOf('auditor');
    expect(await mine(auditor)).toHaveLength(1);
    expect(await refusalOf(auditor.office.settleCase(settlement))).toMatchObject({ type: 'NotAllowed' });
    expect(await refusalOf((await officeOf('manager-2')).office.settleCase(settlement))).toMatchObject({
      type: 'NotFound',
      status: 404,
    });
    const settled = await manager.office.settleCase(settlement);
    expect(settled.settled).toMatchObject({ by: 'manager', decision: 'loss-borne', note: 'La carte était cassée.' });
    expect(await manager.office.settleCase(settlement)).toEqual(settled);
    expect(await refusalOf(manager.office.settleCase({ ...settlement, note: 'Autre chose' }))).toMatchObject({
      type: 'CaseSettled',
      status: 409,
    });
    expect(await mine()).toEqual([]);
    till.outcome(card, spend.intention, 'quarantined');
    await till.push();
    expect(await mine()).toEqual([]);
    expect((await manager.office.cases({ status: 'settled' })).cases.map(({ key }) => key)).toContain(found!.key);
  });
});

describe('an operation', () => {
  it('[T20] of any till of the shop is found by intention or ticket, with what reversals have left of it', async () => {
    const [one, other] = [await newTill(), await newTill()];
    const card = one.issue(newNumber(), 100);
    const sale = one.sell(card, 5_000);
    const spend = one.spend(card, 40);
    one.reverse(sale, { amountMinor: 2_000, points: -20, counter: card.counter });
    await one.push();
    const ask = (key: string) => other.till.client().cards.operation({ terminal: other.till.id, key });
    const { terminal, epoch, seq, intention } = sale;
    const found = await ask(intention);
    expect(found).toMatchObject({
      terminal,
      epoch,
      seq,
      operation: 'sale',
      amountMinor: 5_000,
      points: 50,
      left: { amountMinor: 3_000, points: 30 },
    });
    expect(await ask(found.ticketNumber)).toEqual(found);
    expect(await ask(spend.intention)).toMatchObject({
      operation: 'spend',
      points: -40,
      left: { amountMinor: 0, points: -40 },
      reward: { kind: 'gift' },
    });
    expect(await refusalOf(ask('1-999999'))).toMatchObject({ type: 'NotFound' });
    const far = await newTill(await officeOf('manager-2'));
    expect(await refusalOf(far.till.client().cards.operation({ terminal: far.till.id, key: intention }))).toMatchObject(
      { type: 'NotFound' },
    );
  });

  it('[T20] is told with what only its till knows: bonuses that stay, how it was paid, a spending that nobody is sure of', async () => {
    const till = await newTill();
    const card = till.issue(newNumber(), 100);
    const sale = till.sell(card, 5_000, 'applied', [{ what: 'birthday', points: 25 }]);
    const spends = ([null, 'unknown', 'not-applied', 'applied'] as const).map((outcome) =>
      till.spend(card, 10, outcome),
    );
    await till.push();
    const ask = (key: string) => till.till.client().cards.operation({ terminal: till.till.id, key });
    expect(await ask(sale.intention)).toMatchObject({ points: 75, ownPoints: 50 });
    const doubts = [];
    for (const { intention } of spends) doubts.push((await ask(intention)).doubt);
    expect(doubts).toEqual(['unknown', 'unknown', 'not-applied', undefined]);
  });

  it('[T24] the office’s list has spendings and reversals too, what goes back with its sign', async () => {
    const till = await newTill();
    const card = till.issue(newNumber(), 100);
    const sale = till.sell(card, 5_000);
    till.spend(card, 40);
    till.reverse(sale, { amountMinor: 2_000, points: -20, counter: card.counter });
    await till.push();
    const { transactions, totals } = await manager.office.transactions({ terminal: till.till.id });
    expect(
      transactions.map(({ kind, amountMinor, points, balance }) => [kind, amountMinor, points, balance]).toSorted(),
    ).toEqual([
      ['loyalty.reversal', -2_000, -20, null],
      ['loyalty.sale', 5_000, 50, 150],
      ['loyalty.spend', 0, -40, 110],
    ]);
    expect(totals).toMatchObject({ count: 3, amountMinor: 3_000, points: -10 });
  });
});
