import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldProjection } from '#contract/journal/projection.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CentralClient, type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { type LaidCard, LedgerTill } from '#test/harness/ledger-till.ts';

let central: RunningCentral;
let manager: CentralClient;
let cards = 10_000_000;
const newNumber = () => cardNumberOf(cards++);

beforeAll(async () => {
  central = await startCentral();
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
