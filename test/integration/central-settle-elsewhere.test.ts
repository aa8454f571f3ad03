import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FeedItem } from '#contract/central/feed.ts';
import { type CardRecord, intentionTagOf } from '#contract/loyalty/card-record.ts';
import { recordAfter, settlementOf } from '#contract/loyalty/torn-writes.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication, type ShopSession } from '#native/cards/loyalty-card.ts';
import { transportTo } from '#native/simulators/card-maker.ts';
import { type TearMoment, VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { factoryCard, newTillOf, officeOf, Pulled, relayCard, type Traffic } from '#test/harness/card-relay.ts';
import { type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';
import { type LaidCard, LedgerTill } from '#test/harness/ledger-till.ts';

// What one shop has still to write on a card is settled where the card comes next: at a till of another shop, through the server.

let central: RunningCentral;
let here: LedgerTill;
let there: CentralTill;
let card: VirtualDesfire;
let cardNumber: string;

beforeAll(async () => {
  central = await startCentral();
  here = new LedgerTill(await newTillOf(central, 1));
  there = await newTillOf(central, 2);
});
afterAll(() => central?.stop());
beforeEach(async () => {
  card = factoryCard();
  ({ cardNumber } = await relayCard(here.till, card, { do: 'issue', cardNumber: null }));
  await relayCard(there, card, { do: 'join' });
  await sold(here, 100_000);
});

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const never = 1_000_000;

/** The shop's application on a copy of the card, or on the card itself. */
async function opened(on: VirtualDesfire, { enrolment }: CentralTill): Promise<ShopSession> {
  on.powerOn();
  const shop = { aid: shopApplication(enrolment.shop.number), readWriteMasterKey: bytes(enrolment.cardKeys.readWrite) };
  const driver = new Desfire(transportTo(on), predictableBytes());
  const session = await openShopApplication(driver, { uid: on.uid, networkId: enrolment.network.id, shop });
  if (!session.ok) throw new Error(session.error.type);
  return session.value;
}

async function historyOf(till: CentralTill): Promise<CardRecord[]> {
  const copy = VirtualDesfire.fromJSON(card.toJSON(), (length) => predictableBytes()(length));
  copy.tearAt(never);
  const history = await (await opened(copy, till)).readHistory();
  if (!history.ok) throw new Error(history.error.type);
  return history.value;
}
const newestOf = async (till: CentralTill) => (await historyOf(till))[0]!;

/** The shop's own till writes the card. */
async function write(till: CentralTill, of: Omit<Parameters<typeof recordAfter>[1], 'wallMs'>): Promise<void> {
  const session = await opened(card, till);
  const last = await session.readLast();
  if (!last.ok || !last.value) throw new Error('not read');
  await session.write(recordAfter(last.value, { ...of, wallMs: Date.now() }));
  await session.commit();
  card.powerOff();
}

async function laid(): Promise<LaidCard> {
  const { balancePoints: balance, totalSpendMinor: spendMinor, counter } = await newestOf(here.till);
  return { cardNumber, balance, spendMinor, counter };
}

type Act = 'sale' | 'spending';
type Entry = { intention: string; operation: 'earn' | 'spend'; points: number; spendMinor: number };

/** An act of the shop as its journal has it; `onCard`: the card took it. */
async function acted(act: Act, amount: number, outcome: 'applied' | 'unknown', onCard: boolean): Promise<Entry> {
  const lies = await laid();
  const entry = act === 'sale' ? here.sell(lies, amount, outcome) : here.spend(lies, amount, outcome);
  const { intention } = entry;
  const made: Entry =
    act === 'sale'
      ? { intention, operation: 'earn', points: amount / 100, spendMinor: amount }
      : { intention, operation: 'spend', points: -amount, spendMinor: 0 };
  if (onCard) await write(here.till, made);
  await here.push();
  return made;
}
const sold = (_: LedgerTill, amount: number) => acted('sale', amount, 'applied', true);
const torn = (act: Act, amount: number, moment: TearMoment) => acted(act, amount, 'unknown', moment === 'after');

const settleThere = (traffic: Traffic[] = []) => relayCard(there, card, { do: 'settle-elsewhere' }, { traffic });

const itemsOf = async (till: CentralTill) => {
  const { items } = await till.client().terminals.feed({ terminal: till.id, cursor: 0 });
  return items.map((item) => FeedItem.parse(item));
};
/** What the shop that met the card hears of its mark, and what the shop of the write hears. */
const told = async (intention: string) => {
  const marks = (await itemsOf(there)).filter((item) => item.item === 'card-waits');
  const writes = (await itemsOf(here.till)).filter((item) => item.item === 'open-write');
  const { settled, outcome } = writes.find(({ write: of }) => of.intention === intention) ?? {};
  return { waits: marks.find((mark) => mark.intention === intention)?.waits, settled, outcome };
};

const ledgerOf = async (till: CentralTill) =>
  (await till.client().cards.show({ terminal: till.id, cardNumber })).ledger;

/** Card and ledger of the shop say the same, each act stands on the card at most once, and nothing of the other shop has moved. */
async function conserved(): Promise<number> {
  const history = await historyOf(here.till);
  const { balance, pendingPoints } = await ledgerOf(here.till);
  expect({ balance, pendingPoints }).toEqual({ balance: history[0]!.balancePoints, pendingPoints: 0 });
  const tags = history.map(({ intentionTag }) => intentionTag);
  expect(new Set(tags).size).toBe(tags.length);
  expect((await historyOf(there)).map(({ operation }) => operation)).toEqual(['issue']);
  return balance!;
}

describe('a write of one shop, at the next tap in another with a link', () => {
  it.each([
    ['sale', 'before', 'applied', 20],
    ['sale', 'after', 'applied', 20],
    ['spending', 'before', 'not-applied', 0],
    ['spending', 'after', 'applied', -100],
  ] as const)('[N2] [T12] a %s torn %s its commit ends as %s, once', async (act, moment, outcome, moved) => {
    const before = (await newestOf(here.till)).balancePoints;
    const { intention } = await torn(act, act === 'sale' ? 2_000 : 100, moment);
    expect(await told(intention)).toEqual({ waits: true, settled: false, outcome: undefined });
    expect(await settleThere()).toMatchObject({ cardNumber, changed: true });
    expect(await told(intention)).toEqual({ waits: false, settled: true, outcome });
    expect(await conserved()).toBe(before + moved);
    const listed = await (await officeOf(central, 'manager')).office.transactions({});
    expect(listed.transactions.find((each) => each.intention === intention)).toMatchObject({ cardOutcome: outcome });
    expect(await settleThere()).toMatchObject({ changed: false });
  });
});

/** What became of a relay whose card was pulled at an exchange. */
const pulledAt = async (exchange: number, moment: TearMoment) => {
  card.tearAt(exchange, moment);
  const ended = await settleThere().catch((cause) => cause);
  card.tearAt(never);
  return ended;
};

/** The shop's own till meets the card: the one rule, and its outcome in the journal. */
async function settledHere({ intention, ...of }: Entry): Promise<void> {
  const history = await historyOf(here.till);
  const { counter } = history[0]!;
  const settlement = settlementOf({ intention, ...of, cardCounter: counter, wallMs: 0 }, history);
  if (settlement.outcome === 'write-again') await write(here.till, { intention, ...of });
  const outcome = settlement.outcome === 'write-again' ? 'applied' : settlement.outcome;
  const at = { cardCounter: (await newestOf(here.till)).counter, balance: (await newestOf(here.till)).balancePoints };
  here.outcome(await laid(), intention, outcome, outcome === 'applied' ? at : {});
  await here.push();
}

const exchanges = 6;
describe('a relay torn at every exchange', () => {
  it.each(['there', 'here'] as const)('[N2] is gone on with %s, and the card has the credit once', async (next) => {
    for (let exchange = 1; exchange <= exchanges; exchange++) {
      for (const moment of ['before', 'after'] as const) {
        const before = (await newestOf(here.till)).balancePoints;
        const sale = await torn('sale', 2_000, 'before');
        expect(await pulledAt(exchange, moment)).toBeInstanceOf(Pulled);
        expect(await told(sale.intention)).toMatchObject({ waits: true, settled: false });
        if (next === 'there') expect(await settleThere()).toMatchObject({ changed: true });
        else await settledHere(sale);
        expect(await told(sale.intention)).toEqual({ waits: false, settled: true, outcome: 'applied' });
        expect(await conserved(), `${moment} ${exchange}`).toBe(before + 20);
      }
    }
    const traffic: Traffic[] = [];
    await torn('sale', 2_000, 'before');
    await settleThere(traffic);
    expect(traffic).toHaveLength(exchanges);
  });

  it.each(['there', 'here'] as const)(
    '[N2] is gone on with %s, and no debit is taken twice, or at all',
    async (next) => {
      for (let exchange = 1; exchange <= exchanges - 2; exchange++) {
        const before = (await newestOf(here.till)).balancePoints;
        const spending = await torn('spending', 10, exchange % 2 ? 'before' : 'after');
        expect(await pulledAt(exchange, 'before')).toBeInstanceOf(Pulled);
        if (next === 'there') await settleThere();
        else await settledHere(spending);
        const outcome = exchange % 2 ? 'not-applied' : 'applied';
        expect(await told(spending.intention)).toEqual({ waits: false, settled: true, outcome });
        expect(await conserved()).toBe(exchange % 2 ? before : before - 10);
      }
    },
  );
});

describe('what the other shop’s till meets', () => {
  it('[N2] [T12] a reversal that waits for the card is done, and several writes at one tap', async () => {
    const before = (await newestOf(here.till)).balancePoints;
    const sale = here.till.entries.findLast(({ entry }) => entry.kind === 'loyalty.sale')!;
    const bought = here.sell(await laid(), 3_000, 'unknown');
    const reversed = here.reverse(sale.entry as never, {
      amountMinor: 100_000,
      points: -1_000,
      counter: (await laid()).counter,
    });
    await here.push();
    expect(await settleThere()).toMatchObject({ changed: true });
    for (const { intention } of [bought, reversed]) {
      expect(await told(intention)).toEqual({ waits: false, settled: true, outcome: 'applied' });
    }
    expect(await conserved()).toBe(before + 30 - 1_000);
  });

  it('[N2] both shops’ tills settle the same write: they agree, and nothing is done twice', async () => {
    const before = (await newestOf(here.till)).balancePoints;
    const sale = await torn('sale', 2_000, 'before');
    await write(here.till, sale);
    // Its own till has done it and has not been able to say so yet.
    expect(await settleThere()).toMatchObject({ changed: true });
    here.outcome(await laid(), sale.intention, 'applied');
    await here.push();
    expect(await told(sale.intention)).toEqual({ waits: false, settled: true, outcome: 'applied' });
    expect(await conserved()).toBe(before + 20);
    expect(await casesOf(cardNumber)).toEqual([]);
  });

  it('[N2] a card that has moved on further than it shows is a case of the shop whose write it is', async () => {
    const sale = await torn('spending', 50, 'before');
    for (let times = 0; times < 10; times++) await sold(here, 1_000);
    expect(await settleThere()).toMatchObject({ changed: true });
    expect(await told(sale.intention)).toEqual({ waits: false, settled: true, outcome: 'quarantined' });
    expect(await casesOf(cardNumber)).toEqual(['CardQuarantined']);
  });

  it('[N2] an old image of the card is not written', async () => {
    const old = card.toJSON();
    await sold(here, 1_000);
    const sale = await torn('sale', 2_000, 'before');
    const real = card;
    card = VirtualDesfire.fromJSON(old, (length) => predictableBytes()(length));
    expect(await settleThere()).toMatchObject({ changed: false });
    expect((await newestOf(here.till)).intentionTag).not.toBe(intentionTagOf(sale.intention));
    card = real;
    expect(await settleThere()).toMatchObject({ changed: true });
    await conserved();
  });

  it('[N2] [T20] a card that is out of use is left alone, for the network and for the shop of the write', async () => {
    const sale = await torn('sale', 2_000, 'before');
    here.block(cardNumber);
    await here.push();
    expect(await refusalOf(settleThere())).toMatchObject({ type: 'CardBlocked' });
    here.block(cardNumber, false);
    await here.push();
    expect(await settleThere()).toMatchObject({ changed: true });
    expect(await told(sale.intention)).toMatchObject({ settled: true });
  });

  it('[N2] a shop that the card joins afterwards hears of what waits', async () => {
    const late = factoryCard();
    const joined = card;
    card = late;
    ({ cardNumber } = await relayCard(here.till, card, { do: 'issue', cardNumber: null }));
    const sale = await torn('sale', 2_000, 'before');
    expect((await told(sale.intention)).waits).toBeUndefined();
    await relayCard(there, card, { do: 'join' });
    expect((await told(sale.intention)).waits).toBe(true);
    expect(await settleThere()).toMatchObject({ changed: true });
    expect((await told(sale.intention)).waits).toBe(false);
    card = joined;
  });
});

const casesOf = async (number: string) =>
  (await central.owner.selectFrom('cases').select('kind').where('card_number', '=', number).execute()).map(
    ({ kind }) => kind,
  );
