import { expect } from 'vitest';
import type { OfficeCase } from '#contract/central/office-cards.ts';
import type { OfficeZ } from '#contract/central/office-days.ts';
import type { DayTotals } from '#contract/journal/kinds/day.ts';
import { look } from './month-cards.ts';
import { lateOf, type Tally, takingsOf } from './month-model.ts';
import type { MonthShop } from './month-shop.ts';
import { refusalIn } from './month-till.ts';

/** The figures of a tally and of a Z in one form, so that they can be held against each other. */
type Sheet = { lines: Record<string, unknown>; figures: Record<string, number> };

const sheetOf = (tally: Tally): Sheet => ({
  lines: Object.fromEntries([...tally.lines].map(([name, line]) => [name, { ...line }])),
  figures: {
    ...{ given: tally.pointsGiven, taken: tally.pointsTaken, moneyOff: tally.moneyOffMinor, other: tally.otherMinor },
    ...{ float: tally.floatMinor, cashIn: tally.cashInMinor, cashBack: tally.cashBackMinor },
    ...{ putIn: tally.putInMinor, takenOut: tally.takenOutMinor, purse: tally.purseMinor, credit: tally.creditMinor },
    ...{ drawer: tally.drawer, takings: takingsOf(tally) },
  },
});

function sheetOfZ({ totals, takingsMinor }: { totals: DayTotals; takingsMinor: number }): Sheet {
  const { cash, onAccount } = totals;
  const lines = totals.lines.map(({ operation, count, amountMinor, points }) => [
    operation,
    { count, amountMinor, points },
  ]);
  return {
    lines: Object.fromEntries(lines),
    figures: {
      ...{
        given: totals.pointsGiven,
        taken: totals.pointsTaken,
        moneyOff: totals.moneyOffMinor,
        other: totals.otherMinor,
      },
      ...{ float: cash.floatMinor, cashIn: cash.salesMinor, cashBack: cash.givenBackMinor },
      ...{ putIn: cash.putInMinor, takenOut: cash.takenOutMinor },
      ...{ purse: onAccount?.purseMinor ?? 0, credit: onAccount?.creditMinor ?? 0 },
      ...{ drawer: totals.drawer.reduce((sum, { count }) => sum + count, 0), takings: takingsMinor },
    },
  };
}

/** X: the figures so far. Nothing is closed. */
export async function lookAtDay(shop: MonthShop, till: number): Promise<void> {
  const { calls } = shop.tills[till]!;
  const x = await calls.day.x({ intention: shop.intention(), print: shop.random.chance(0.5) });
  expect(sheetOfZ(x)).toEqual(sheetOf(shop.model.tills[till]!.since));
  expect(x.expectedMinor).toBe(shop.model.expectedCashMinor(till));
  shop.count('X');
}

/** Z: counted, sometimes with a difference and its reason. */
export async function closeDay(shop: MonthShop, till: number): Promise<void> {
  const { calls } = shop.tills[till]!;
  const { model, random } = shop;
  const expectedMinor = model.expectedCashMinor(till);
  const differenceMinor = random.chance(0.25) ? random.between(1, 8) * 25 : 0;
  const countedCashMinor = Math.max(0, expectedMinor + differenceMinor);
  const asked = { intention: shop.intention(), countedCashMinor, approval: shop.approval(till) };
  const first = await refusalIn(calls.day.close(asked));
  const differs = countedCashMinor !== expectedMinor;
  if (isEmpty(model.tills[till]!.since)) {
    expect(first).toMatchObject({ type: 'NothingToClose' });
    return;
  }
  if ('type' in first) {
    expect(first).toMatchObject({ type: 'CountDiffers', facts: { expectedMinor, countedMinor: countedCashMinor } });
    expect(differs).toBe(true);
  }
  const z = 'type' in first ? await calls.day.close({ ...asked, reason: 'Monnaie rendue' }) : first;
  const number = model.tills[till]!.zs.length + 1;
  const { day, tally } = model.close(till, number, shop.nowMs);
  expect({ number: z.number, day: z.day, ...sheetOfZ(z) }).toEqual({ number, day, ...sheetOf(tally) });
  expect(z).toMatchObject({ expectedMinor, countedMinor: countedCashMinor, late: lateOf(tally, day) });
  expect(z.differenceMinor).toBe(countedCashMinor - expectedMinor);
  if (random.chance(0.2)) {
    const again = await calls.day.close({ ...asked, reason: 'Monnaie rendue' });
    expect([again.entry, again.number]).toEqual([z.entry, number]);
  }
  if (z.late.count > 0) shop.count('Z with late operations');
  shop.count('Z');
}

/** The server's ledger against the notes, of every card of which the server has heard all. */
export async function ledgerAgrees(shop: MonthShop): Promise<number> {
  const office = await shop.office();
  const { cards } = await office.office.cards({ limit: 200 });
  const { rows } = await office.office.accounts({ limit: 200 });
  let agreed = 0;
  for (const card of shop.model.cards) {
    if (card.torn || shop.unheard.some((cards) => cards.has(card))) continue;
    const { cardNumber } = card;
    const held = cards.find((row) => row.cardNumber === cardNumber);
    expect([cardNumber, held?.balance, held?.totalSpendMinor]).toEqual([cardNumber, card.points, card.spendMinor]);
    const status = { 'in-use': 'active', blocked: 'blocked', gone: 'replaced' }[card.state];
    expect([cardNumber, held?.status]).toEqual([cardNumber, status]);
    const account = rows.find((row) => row.cardNumber === cardNumber);
    const money = account && [account.purseMinor, account.owedMinor, account.heldMinor];
    expect([cardNumber, ...(money ?? [0, 0, 0])]).toEqual([cardNumber, card.purseMinor, card.owedMinor, 0]);
    agreed += 1;
  }
  return agreed;
}

/** The end: every card is seen and everybody agrees; every operation is in one Z; the office's pages and files say the same. */
export async function monthAgrees(shop: MonthShop): Promise<void> {
  await shop.syncAll();
  for (const [index, card] of shop.model.cards.entries()) {
    if (card.state !== 'gone') await look(shop, card.torn?.till ?? index % 2, card);
  }
  await shop.syncAll();
  await shop.syncAll();
  for (const [index, card] of shop.model.cards.entries()) {
    if (card.state !== 'in-use') continue;
    expect([card.cardNumber, shop.isSure(card)]).toEqual([card.cardNumber, true]);
    await look(shop, index % 2, card);
  }
  for (const till of [0, 1]) await closeDay(shop, till);
  await shop.syncAll();
  expect(await ledgerAgrees(shop)).toBe(shop.model.cards.length);
  await numbersRunOn(shop);
  await daysAgree(shop);
  await filesAgree(shop);
  const { cases } = await (await shop.office()).office.cases({ status: 'open', limit: 200 });
  const unexpected = cases.filter((each) => !isTwoWelcomes(shop, each));
  expect(unexpected.map(({ kind, evidence }) => [kind, evidence])).toEqual(
    shop.model.casesExpected.map((kind) => [kind, expect.anything()]),
  );
}

/** Two cards of one customer have each had a welcome: that somebody is asked about it is right. */
function isTwoWelcomes({ model }: MonthShop, { kind, evidence }: OfficeCase): boolean {
  const [found] = evidence as { given?: { cardNumber: string; what: string }[] }[];
  const [one, other] = found?.given ?? [];
  if (kind !== 'BonusTwice' || one?.what !== 'welcome' || !other) return false;
  return model.isOneCustomer(one.cardNumber, other.cardNumber);
}

const isEmpty = ({ lines, drawer, openedDay, putInMinor, takenOutMinor }: Tally) =>
  lines.size + drawer + putInMinor + takenOutMinor === 0 && openedDay === null;

/** Journal without a fault and without a gap; each Z counts what lies between the Z before and itself; nothing is unsent. */
async function numbersRunOn(shop: MonthShop): Promise<void> {
  const tickets = new Set<string>();
  for (const [index, till] of shop.tills.entries()) {
    expect((await till.calls.journal.verify()).faults).toEqual([]);
    const { unsent, unsentEntries } = await till.calls.till.status();
    expect([unsent, unsentEntries]).toEqual([0, 0]);
    const entries = till.journal();
    expect(entries.map(({ epoch, seq }) => [epoch, seq])).toEqual(entries.map((_, at) => [1, at + 1]));
    const papers = entries.flatMap(({ kind, body }) =>
      'ticketNumber' in body && kind !== 'ticket.outcome' && kind !== 'ticket.copy' ? [body.ticketNumber] : [],
    );
    for (const paper of papers) {
      expect([paper, tickets.has(paper)]).toEqual([paper, false]);
      tickets.add(paper);
    }
    const zs = entries.flatMap((entry) => (entry.kind === 'day.closed' ? [entry] : []));
    expect(zs.map(({ body }) => body.number)).toEqual(shop.model.tills[index]!.zs.map(({ number }) => number));
    let next = 1;
    for (const { seq, body } of zs) {
      const { from, to, entries: counted } = body.totals;
      expect([from?.seq, to?.seq, counted]).toEqual([next, seq - 1, seq - next]);
      next = seq + 1;
    }
    expect(till.defects).toEqual([]);
  }
}

async function daysAgree(shop: MonthShop): Promise<void> {
  const { days, open, next } = await (await shop.office()).office.days({ limit: 62 });
  expect(next).toBeNull();
  const all: OfficeZ[] = days.flatMap(({ zs }) => zs);
  for (const [index, till] of shop.tills.entries()) {
    const { terminal } = await till.calls.till.status();
    const zs = all.filter((z) => z.terminal === terminal).sort((a, b) => a.number - b.number);
    expect(zs.map(({ agrees }) => agrees)).toEqual(zs.map(() => true));
    const dayOfZ = (number: number) =>
      days.find((day) => day.zs.some((z) => z.terminal === terminal && z.number === number))?.day;
    expect(zs.map((z) => ({ number: z.number, day: dayOfZ(z.number), ...sheetOfZ(z) }))).toEqual(
      shop.model.tills[index]!.zs.map(({ number, day, tally }) => ({ number, day, ...sheetOf(tally) })),
    );
    expect(open.find((row) => row.terminal === terminal)).toMatchObject({ operations: 0, takingsMinor: 0 });
  }
  const months = days.map(sheetOfZ).reduce(addSheets);
  expect(months).toEqual(sheetOf(shop.model.all));
}

function addSheets(a: Sheet, b: Sheet): Sheet {
  const lines = { ...a.lines } as Record<string, { count: number; amountMinor: number; points: number }>;
  for (const [name, line] of Object.entries(b.lines) as [
    string,
    { count: number; amountMinor: number; points: number },
  ][]) {
    const had = lines[name] ?? { count: 0, amountMinor: 0, points: 0 };
    const { count, amountMinor, points } = line;
    lines[name] = { count: had.count + count, amountMinor: had.amountMinor + amountMinor, points: had.points + points };
  }
  const figures = Object.fromEntries(
    Object.entries(a.figures).map(([name, value]) => [name, value + b.figures[name]!]),
  );
  return { lines, figures };
}

/** The files that the shopkeeper hands to the accountant, added up by their columns. */
async function filesAgree(shop: MonthShop): Promise<void> {
  const { model } = shop;
  const days = await csv(shop, 'days');
  const sum = (rows: Record<string, string>[], column: string) =>
    rows.reduce((total, row) => total + Number(row[column]), 0);
  expect({
    ...{ zs: days.length, takings: sum(days, 'Takings') },
    ...{ given: sum(days, 'Points given'), taken: sum(days, 'Points taken') },
  }).toEqual({
    ...{ zs: model.tills[0].zs.length + model.tills[1].zs.length, takings: takingsOf(model.all) },
    ...{ given: model.all.pointsGiven, taken: model.all.pointsTaken },
  });
  const rows = await csv(shop, 'transactions');
  const kinds = Object.fromEntries([...model.transactions].map(([kind, line]) => [words[kind] ?? kind, line]));
  const byKind: typeof kinds = {};
  for (const row of rows) {
    if (row['Written to the card'] === 'not done') continue;
    const had = byKind[row.Kind!] ?? { count: 0, amountMinor: 0, points: 0 };
    byKind[row.Kind!] = {
      ...{
        count: had.count + 1,
        amountMinor: had.amountMinor + Number(row.Amount),
        points: had.points + Number(row.Points),
      },
    };
  }
  expect(byKind).toEqual(kinds);
}

const words: Record<string, string> = {
  ...{ 'loyalty.sale': 'Purchase', 'loyalty.spend': 'Points spent', 'loyalty.reversal': 'Reversal' },
  ...{ 'purse.topped-up': 'Purse topped up', 'purse.paid': 'Paid from the purse', 'purse.refunded': 'Purse refunded' },
  ...{ 'credit.drawn': 'Purchase on credit', 'credit.repaid': 'Credit repaid' },
};

async function csv(shop: MonthShop, list: 'days' | 'transactions'): Promise<Record<string, string>[]> {
  const office = await shop.office();
  const { body } = await office.office.exportList({ list, format: 'csv', language: 'en' });
  const text = await new Response(body).text();
  const [head, ...lines] = text
    .replace('\ufeff', '')
    .split('\r\n')
    .filter((line) => line !== '');
  const names = cells(head!);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, at) => [names[at]!, cell])));
}

/** Fields of a line, of which some stand in quotes (RFC 4180). */
const cells = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, cell]) => cell!.replace(/^"|"$/g, '').replaceAll('""', '"'));
