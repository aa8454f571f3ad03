import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountAct, accountKinds } from '#contract/accounts/effects.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { AccountEvent } from '#contract/till/accounts.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import { newIntention, OpenTill, pins, type TillClient } from '#test/harness/composed-service.ts';

/** The entries that have a paper. An issued card has none, and neither has a clocking. */
const ticketKinds: readonly string[] = [
  'loyalty.sale',
  'loyalty.spend',
  'loyalty.reversal',
  'ticket.copy',
  'day.read',
  'day.closed',
  'drawer.opened',
  'cash.moved',
  ...accountKinds,
];

/* What a counter does with a server, practised without one: each test goes on from where the one before it stopped. */
let till: OpenTill;
let live: TillClient;
let training: TillClient;
/** The lines of every ticket that was shown. */
const shown: string[][] = [];
const manager = { code: 'marc', pin: pins.marc };

beforeAll(async () => {
  till = await OpenTill.open();
  const client = await till.page();
  await client.training.enter();
  live = client;
  training = client.training.on;
  await training.staff.signIn({ intention: newIntention(), ...manager });
});
afterAll(() => till.close());

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'not refused',
    (thrown: unknown) => (thrown instanceof ORPCError ? (thrown.data as { type: string }).type : thrown),
  );

/** Lays a card down for as long as something is done with it. @returns what came of it */
async function withCard<E extends { stage: string }>(slot: number, act: () => Promise<AsyncIterable<E>>): Promise<E> {
  await training.simulate.card({ action: 'present', slot });
  try {
    const told: E[] = [];
    for await (const event of await act()) told.push(event);
    shown.push(...linesIn(told));
    return told.findLast(({ stage }) => stage !== 'printed')!;
  } finally {
    await training.simulate.card({ action: 'remove' });
  }
}

const asked = () => ({ intention: newIntention(), useCardAsItLies: true, timeoutMs: 5_000 });
const issue = (slot: number, cardNumber: string | null = null) =>
  withCard<CardWorkEvent>(slot, () => training.cards.issue({ ...asked(), cardNumber }));
const sell = (slot: number, amountMinor: number) =>
  withCard<SaleEvent>(slot, () => training.loyalty.sell({ ...asked(), amountMinor, source: 'command' }));
const setPin = (slot: number, newPin: string | null, pin: string | null = null) =>
  withCard<CardWorkEvent>(slot, () =>
    training.cards.setPin({ ...asked(), newPin, pin, approval: pin === null ? manager : null }),
  );
const spend = (slot: number, points: number, pin: string | null) =>
  withCard<SaleEvent>(slot, () =>
    training.loyalty.spend({ ...asked(), what: { kind: 'points', points }, pin, source: 'command', approval: manager }),
  );
const act = (slot: number, what: AccountAct, amountMinor: number, pin: string | null = null) =>
  withCard<AccountEvent>(slot, () =>
    training.accounts.act({ ...asked(), act: what, amountMinor, pin, approval: what === 'refund' ? manager : null }),
  );
const stateOf = async (client: TillClient) => {
  for await (const state of await client.till.watch()) return state;
  throw new Error('no state');
};
const resultOf = (event: SaleEvent) => {
  if (event.stage !== 'result') throw new Error(event.stage);
  return event.result;
};
const numberOf = (event: CardWorkEvent) => {
  if (event.stage !== 'issued') throw new Error(event.stage);
  return event.card.cardNumber;
};
const postedOf = (event: AccountEvent) => {
  if (event.stage !== 'posted') throw new Error(event.stage);
  return event.result;
};
const balanceOf = async (cardNumber: string) => (await training.cards.find({ cardNumber })).ledger?.balance;

/** What the screens would show of it: every ticket in an answer, as its lines. */
function linesIn(answer: unknown): string[][] {
  if (typeof answer !== 'object' || answer === null) return [];
  const { lines, ...others } = answer as { lines?: unknown; styles?: unknown };
  const own = 'styles' in others && Array.isArray(lines) && lines.length > 0 ? [lines as string[]] : [];
  return [...own, ...Object.values(others).flatMap(linesIn)];
}

let first = '';
let second = '';
let liveHead: unknown;

it('[T4] [N8] a blank card is issued in training, and works there at once', async () => {
  liveHead = (await live.journal.list({ limit: 1 })).head;
  first = numberOf(await issue(3));
  expect(await issue(3)).toMatchObject({ stage: 'issued', card: { how: 'already', cardNumber: first } });
  expect(await sell(3, 125_000)).toMatchObject({ stage: 'result', result: { cardNumber: first, card: 'applied' } });
});

it('[T4] a number that is printed on the card is given to it, once', async () => {
  expect(await refusal(issue(8, first))).toBe('CardNumberTaken');
  second = cardNumberOf(4_190_001);
  expect(numberOf(await issue(8, second))).toBe(second);
});

it('[T1] a card of the network joins the shop at its first sale', async () => {
  expect(resultOf(await sell(2, 5_000))).toMatchObject({ card: 'applied', points: 50 });
  const { entries } = await training.journal.list({ limit: 50 });
  expect(entries.filter(({ kind }) => kind === 'card.issued')).toHaveLength(3);
});

it('[T5] a PIN is set, asked for, and taken away after too many wrong ones', async () => {
  await setPin(3, '4711');
  expect(await refusal(spend(3, 100, null))).toBe('PinRequired');
  expect(await refusal(spend(3, 100, '4712'))).toBe('PinWrong');
  expect(resultOf(await spend(3, 100, '4711'))).toMatchObject({ points: -100, card: 'applied' });
  expect(await refusal(setPin(3, '1234', '9999'))).toBe('PinWrong');
  for (const wrong of ['1', '2']) expect(await refusal(spend(3, 100, `000${wrong}`))).toMatch(/^Pin(Wrong|Blocked)$/);
  expect(await refusal(spend(3, 100, '4711'))).toBe('PinBlocked');
  await withCard<CardWorkEvent>(3, () => training.cards.unblockPin({ ...asked(), approval: manager }));
  expect(resultOf(await spend(3, 100, '4711')).points).toBe(-100);
});

it('[T20] what was sold is taken back', async () => {
  const before = await balanceOf(first);
  const { ticketNumber } = resultOf(await sell(3, 10_000));
  expect(await balanceOf(first)).toBe(before! + 100);
  const back = { intention: newIntention(), entry: ticketNumber, reason: 'exercice', approval: manager };
  await training.loyalty.reverse({ ...back, amountMinor: 5_000 });
  expect(await balanceOf(first)).toBe(before! + 50);
});

it('[T28] a purse is filled and paid from with the PIN; too little in it, or too much credit, is refused', async () => {
  expect(postedOf(await act(3, 'top-up', 10_000))).toMatchObject({ balanceMinor: 10_000 });
  expect(await refusal(act(3, 'pay', 4_000))).toBe('PinRequired');
  expect(postedOf(await act(3, 'pay', 4_000, '4711'))).toMatchObject({ balanceMinor: 6_000 });
  expect(await refusal(act(3, 'pay', 6_001, '4711'))).toBe('PurseTooLow');
  expect(postedOf(await act(8, 'draw', 20_000))).toMatchObject({ balanceMinor: 20_000 });
  expect(await refusal(act(8, 'draw', 1))).toBe('CreditLimit');
  expect(await training.accounts.show({ cardNumber: first })).toMatchObject({ purse: { balanceMinor: 6_000 } });
});

it('[T20] a lost card is blocked, and its points go to another', async () => {
  const [moved, before] = [await balanceOf(first), await balanceOf(second)];
  const block = { intention: newIntention(), cardNumber: first, reason: 'lost', approval: manager } as const;
  await training.cards.block(block);
  expect(await refusal(act(3, 'pay', 100, '4711'))).toBe('CardBlocked');
  const replaced = { how: 'replace', fromCard: first, toCard: second, approval: manager } as const;
  await training.cards.replace({ intention: newIntention(), ...replaced });
  expect(await balanceOf(second)).toBe(before! + moved!);
  expect((await training.cards.find({ cardNumber: first })).ledger?.status).toBe('replaced');
  expect(await refusal(training.cards.replace({ intention: newIntention(), ...replaced }))).toBe('CardNotReplaceable');
  expect(await refusal(training.cards.find({ cardNumber: cardNumberOf(4_180_001) }))).toBe('CardNumberUnknown');
});

it('[T17] the line is cut in training alone: what waits is counted, what needs a server is refused', async () => {
  expect((await stateOf(training)).link).toMatchObject({ state: 'online', unsent: 0 });
  await training.simulate.link({ state: 'down' });
  expect(await refusal(setPin(1, '4711'))).toBe('NeedsLink');
  expect(await refusal(act(1, 'draw', 100))).toBe('NeedsLink');
  expect(resultOf(await sell(1, 1_000)).card).toBe('applied');
  expect((await stateOf(training)).link).toMatchObject({ state: 'offline', unsent: 1 });
  await training.simulate.link({ state: 'up' });
  expect((await stateOf(training)).link).toMatchObject({ state: 'online', unsent: 0, unsentEntries: 0 });
});

it('[N5] its clock is its own, and its devices are simulated for good', async () => {
  await training.simulate.clock({ shiftSeconds: 7_200 });
  const [practised, real] = [await stateOf(training), await stateOf(live)];
  expect(practised.nowMs - real.nowMs).toBeGreaterThan(7_000_000);
  await training.simulate.clock({ shiftSeconds: -7_200 });
  expect(await refusal(training.device.use({ devices: 'real' }))).toBe('NotInTraining');
  const printer = { device: 'printer', address: 'tcp:127.0.0.1:9100', approval: manager } as const;
  expect(await refusal(training.device.set(printer))).toBe('NotInTraining');
});

it('every paper that a counter makes says FACTICE first and last, and so does each ticket on a screen', async () => {
  const sold = resultOf(await sell(1, 2_000));
  await training.loyalty.reprint({ intention: newIntention(), sale: sold.intention });
  await act(1, 'draw', 500);
  await act(1, 'repay', 500);
  await act(1, 'top-up', 500);
  await act(1, 'refund', 500);
  const drawer = { intention: newIntention(), approval: manager };
  const papers = [
    await training.drawer.open({ ...drawer, reason: 'other', note: 'exercice' }),
    await training.drawer.move({ ...drawer, intention: newIntention(), amountMinor: 1_000, reason: 'exercice' }),
    await training.day.x({ intention: newIntention() }),
  ];
  const { expectedMinor } = await training.day.state();
  const z = newIntention();
  papers.push(await training.day.close({ intention: z, countedCashMinor: expectedMinor ?? 0 }));
  await training.day.reprint({ intention: newIntention(), z });
  shown.push(...linesIn(papers));
  const started = await till.service.training.service();
  if (!started.ok) throw new Error(started.error.type);
  const printed = started.value
    .simulated!.printer()!
    .tickets()
    .map((paper) => paper.trim().split('\n'));
  const { entries } = await training.journal.list({ limit: 200 });
  const kinds = new Set(entries.map(({ kind }) => kind));
  for (const kind of ticketKinds) expect(kinds, kind).toContain(kind);
  const withPaper = entries.filter(({ kind }) => ticketKinds.includes(kind)).length;
  expect(printed.length).toBeGreaterThanOrEqual(withPaper - 1);
  expect(shown.length).toBeGreaterThan(10);
  for (const lines of [...printed, ...shown]) {
    expect(lines[0], lines.join('\n')).toContain('FACTICE');
    expect(lines.slice(-4).join(), lines.join('\n')).toContain('FACTICE');
  }
  expect(printed.filter((lines) => lines.join().includes('DUPLICATA'))).toHaveLength(2);
  expect(till.service.simulated!.printer()!.tickets()).toEqual([]);
});

it('[N1] the next day is closed, the journal is sound and countersigned, and the live one has not moved', async () => {
  await sell(1, 1_000);
  const { expectedMinor } = await training.day.state();
  const closed = await training.day.close({ intention: newIntention(), countedCashMinor: expectedMinor ?? 0 });
  expect(closed.number).toBe(2);
  expect(await training.journal.verify()).toMatchObject({ faults: [] });
  expect((await live.journal.list({ limit: 1 })).head).toEqual(liveHead);
  const kept = (await training.journal.list({ limit: 200 })).entries;
  expect(kept.every(({ sent }) => sent)).toBe(true);
});
