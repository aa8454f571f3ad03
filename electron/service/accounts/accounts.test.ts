import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { type AccountAct, accountActs, accountEffects, actOfKind, changeMinor } from '#contract/accounts/effects.ts';
import type { HoldStamp } from '#contract/central/till-accounts.ts';
import { foldDay } from '#contract/counter/day.ts';
import { expectedCashMinor, takingsMinor } from '#contract/counter/figures.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import { unbalanced } from '#contract/journal/entry.ts';
import { checkNames } from '#contract/journal/kinds.ts';
import { err, ok } from '#contract/result/index.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { describeError } from '#resources/locales/describe.ts';
import { shopCard } from '#test/harness/counter-cards.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import { CardWorks } from '../cards/works.ts';
import type { PinToFollow } from '../loyalty/parts.ts';
import type { AccountCalls, CentralFailure } from '../sync/index.ts';
import { actOnce } from './act.ts';
import type { AccountOrder } from './order.ts';
import type { AccountParts } from './parts.ts';
import { accountResult } from './posted.ts';

const cardNumber = '0417209320';

/** As much of a server as a till can ask: holds by intention, funds by what it was told. */
class Server implements AccountCalls {
  purse = 0;
  owed = 0;
  limit = 0;
  readonly holds = new Map<string, number>();
  readonly stamps: HoldStamp[] = [];
  /** Holds, and its answer is lost. */
  answersGetLost = false;
  pin: string | null = null;
  keyBehind = false;
  replacedBy: string | null = null;
  answerAfter: () => Promise<void> = async () => {};

  accounts: AccountCalls['accounts'] = async () =>
    ok({
      cardNumber,
      status: this.replacedBy === null ? 'active' : 'replaced',
      replacedBy: this.replacedBy,
      pin: 'not-set',
      currency: 'XOF',
      purse: { balanceMinor: this.purse, heldMinor: 0 },
      credit: { owedMinor: this.owed, heldMinor: 0, limitMinor: this.limit },
    });

  authorise: AccountCalls['authorise'] = async ({ intention, account, amountMinor, pin, stamp }) => {
    this.stamps.push(stamp);
    await this.answerAfter();
    if (this.pin !== null && pin !== this.pin) return refused(pin === null ? 'PinRequired' : 'PinWrong');
    const others = [...this.holds].reduce((sum, [held, amount]) => sum + (held === intention ? 0 : amount), 0);
    const room = account === 'purse' ? this.purse - others : this.limit - this.owed - others;
    if (amountMinor > room) return refused(account === 'purse' ? 'PurseTooLow' : 'CreditLimit');
    this.holds.set(intention, amountMinor);
    if (this.answersGetLost) return err<CentralFailure>({ type: 'CentralUnreachable', why: 'timeout', status: null });
    const told = this.pin === null ? ('not-set' as const) : ('passed' as const);
    return ok({ balanceMinor: room - amountMinor, pin: told, keyBehind: this.keyBehind });
  };
}
const refused = (type: 'PinRequired' | 'PinWrong' | 'PurseTooLow' | 'CreditLimit') =>
  err<CentralFailure>({ type: 'CentralRefused', refusal: { type } });

let counter: TestCounter;
let card: VirtualDesfire;
let server: Server;
let linked: boolean;
let parts: AccountParts;

const start = () => {
  const { parts: loyalty } = counter;
  const works = new CardWorks(() => false, loyalty.onDefect);
  const own = {
    training: false,
    lastZ: () => 0,
    central: () => (linked ? server : null),
    works,
    sendFirst: async () => {},
  };
  parts = { ...loyalty, ...own };
};
beforeEach(async () => {
  counter = await TestCounter.open();
  card = await shopCard();
  server = new Server();
  linked = true;
  start();
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  expect(await counter.faults()).toEqual([]);
  counter.close();
});

/** An act from its order to its end, the card laid down for it unless it goes by its number. */
async function acted(act: AccountAct, amountMinor: number, more: Partial<AccountOrder> = {}) {
  const order: AccountOrder = {
    ...{ intention: counter.uuid(), act, amountMinor, cardNumber: null, pin: null, approvedBy: null },
    ...{ useCardAsItLies: false, timeoutMs: 30_000 },
    ...more,
  };
  const run = actOnce(parts, awa, order);
  if (!run.ok) return run;
  await settle();
  if (order.cardNumber === null && !run.value.ended) {
    await counter.tap(card);
    await counter.lift();
  }
  const heard = run.value.follow();
  for (let step = await heard.next(); ; step = await heard.next()) {
    if (!step.done) continue;
    return step.value.ok ? accountResult(parts, order.intention) : step.value;
  }
}
const refusalOf = async (done: ReturnType<typeof acted>) => {
  const { ok: fine, ...rest } = await done;
  return fine || !('error' in rest) ? null : rest.error;
};
/** The checks of a refusal: which were passed, and the one that failed last. */
const upTo = (failed: string, passed: readonly string[]) =>
  checkNames.slice(0, checkNames.indexOf(failed as (typeof checkNames)[number]) + 1).map((check) => ({
    check,
    outcome: check === failed ? 'refused' : passed.includes(check) ? 'passed' : 'not-asked',
  }));
const ofAccounts = () => counter.entries().filter(({ kind }) => actOfKind(kind) !== null);

describe('what the server has still to do over a card, after an act on its accounts', () => {
  let done: { follow: PinToFollow | null; entries: number }[];
  let lent: MockInstance;
  beforeEach(() => {
    done = [];
    lent = vi.spyOn(counter.reader, 'withCard');
    parts.afterOperation = async (_, follow) => void done.push({ follow, entries: ofAccounts().length });
    server.purse = 10_000;
    server.pin = '4711';
  });
  const marked = () =>
    parts.feed.apply([{ item: 'card-waits', cardNumber, intention: counter.uuid(), waits: true }], 9);

  it('[T5] [T28] the key follows a PIN that was changed on the holder’s page, once the payment is durable', async () => {
    server.keyBehind = true;
    const intention = counter.uuid();
    expect(await acted('pay', 1_000, { intention, pin: '4711' })).toMatchObject({ ok: true });
    expect(done).toEqual([{ follow: { intention, pin: '4711' }, entries: 1 }]);
    server.pin = null;
    await acted('pay', 1_000, { intention: counter.uuid(), pin: '4711' });
    expect(done[1]).toMatchObject({ follow: { pin: null } });
  });

  it('[T28] a card with nothing to do is lent once, and left alone', async () => {
    await acted('pay', 1_000, { pin: '4711' });
    expect(done).toEqual([]);
    expect(lent).toHaveBeenCalledTimes(1);
  });

  it('[N2] [T28] other shops’ writes are settled, after a payment that is too large too, and only with a link', async () => {
    marked();
    await acted('pay', 1_000, { pin: '4711' });
    expect(done).toEqual([{ follow: null, entries: 1 }]);
    expect(await refusalOf(acted('pay', 20_000, { pin: '4711' }))).toMatchObject({ type: 'PurseTooLow' });
    expect(done).toHaveLength(2);
    server.replacedBy = '0417209417';
    await acted('top-up', 500);
    expect(done).toHaveLength(2);
    server.replacedBy = null;
    linked = false;
    lent.mockClear();
    expect(await acted('top-up', 500)).toMatchObject({ ok: true });
    expect(done).toHaveLength(2);
    expect(lent).toHaveBeenCalledTimes(1);
  });

  it('[T28] a card that was lifted meanwhile has paid all the same, and waits for its next tap', async () => {
    marked();
    server.answerAfter = () => counter.lift();
    expect(await acted('pay', 1_000, { pin: '4711' })).toMatchObject({ ok: true });
    expect(done).toEqual([]);
  });
});

describe('money onto a card', () => {
  it('[T28] is a fact at once, also without a link, with both halves of what moved and its ticket', async () => {
    linked = false;
    expect(await acted('top-up', 5_000)).toMatchObject({
      ok: true,
      value: { act: 'top-up', cardNumber, amountMinor: 5_000, balanceMinor: null, print: 'confirmed' },
    });
    expect(ofAccounts()).toMatchObject([
      {
        kind: 'purse.topped-up',
        staff: 'awa',
        postings: [
          { account: `purse:${cardNumber}`, commodity: 'money:XOF', amount: 5_000 },
          { account: 'shop:cash', commodity: 'money:XOF', amount: -5_000 },
        ],
      },
    ]);
    expect(counter.tickets.at(-1)).toMatchObject({ drawer: true });
  });

  it('[T28] goes by the card’s number alone too, and says the balance where the server has heard all', async () => {
    server.purse = 300;
    expect(await acted('top-up', 200, { cardNumber })).toMatchObject({ value: { balanceMinor: 500 } });
    expect(await acted('top-up', 200, { cardNumber })).toMatchObject({ value: { balanceMinor: null } });
    expect(await acted('pay', 100, { cardNumber })).toMatchObject({ error: { type: 'InvalidRequest' } });
  });

  it('[T28] [T36] is not taken for a number that no card has, or that the server knows no card of', async () => {
    linked = false;
    const mistyped = '0417209321';
    expect(await acted('top-up', 200, { cardNumber: mistyped })).toMatchObject({
      error: { type: 'CardNumberInvalid' },
    });
    linked = true;
    server.accounts = async () => err<CentralFailure>({ type: 'CentralRefused', refusal: { type: 'NotFound' } });
    const unknown = { error: { type: 'CardNumberUnknown', facts: { cardNumber } } };
    expect(await acted('top-up', 200, { cardNumber })).toMatchObject(unknown);
    expect(await acted('repay', 200, { cardNumber })).toMatchObject(unknown);
    expect(ofAccounts()).toEqual([]);
    // One that lies there is a card of the network, whatever the server has heard of it.
    expect(await acted('top-up', 200)).toMatchObject({ ok: true, value: { cardNumber, balanceMinor: null } });
  });

  it('[T28] [T36] pays back no more than is owed where the server knows it, says what that is, and without a link stands', async () => {
    server.owed = 600;
    const refused = await refusalOf(acted('repay', 601, { cardNumber }));
    expect(refused).toMatchObject({ type: 'MoreThanOwed', facts: { cardNumber, owedMinor: 600, currency: 'XOF' } });
    expect(describeError('fr', refused!).state).toMatch(/La carte doit 600/);
    expect(describeError('en', refused!).state).toMatch(/The card owes .*600/);
    expect(ofAccounts()).toEqual([]);
    expect(counter.entries()).toMatchObject([
      {
        kind: 'loyalty.refused',
        body: { reason: 'MoreThanOwed', operation: 'repay', checks: upTo('limits', ['hot-list']) },
      },
    ]);
    expect(await acted('repay', 600)).toMatchObject({ ok: true, value: { balanceMinor: 0 } });
    linked = false;
    expect(await acted('repay', 601)).toMatchObject({ ok: true, value: { balanceMinor: null } });
  });

  it('[T28] sends what it has not sent before it asks what is owed, so that nobody pays the same debt back twice', async () => {
    server.owed = 600;
    linked = false;
    await acted('repay', 600);
    linked = true;
    parts.sendFirst = async () => {
      server.owed = 0;
      counter.acknowledgeAll();
    };
    expect(await acted('repay', 600)).toMatchObject({ error: { type: 'MoreThanOwed', facts: { owedMinor: 0 } } });
    expect(ofAccounts()).toHaveLength(1);
  });

  it('[T28] asked for again is another act where it is for another card, or paid otherwise, also after a kill', async () => {
    const intention = counter.uuid();
    const first = { intention, cardNumber, tender: 'other' } as const;
    const done = await acted('top-up', 200, first);
    for (const killed of [false, true]) {
      if (killed) {
        await counter.restart();
        start();
      }
      expect(await acted('top-up', 200, first)).toEqual(done);
      for (const other of [{ cardNumber: '0417554058' }, { tender: 'cash' }] as const) {
        expect(await acted('top-up', 200, { ...first, ...other })).toMatchObject({
          error: { type: 'IntentionReused' },
        });
      }
    }
    expect(ofAccounts()).toHaveLength(1);
  });

  it('[T20] [T36] is not taken for a card that another has replaced, which is named', async () => {
    const byCardNumber = '0417554058';
    const gone = { error: { type: 'CardReplaced', facts: { cardNumber, byCardNumber } } };
    server.replacedBy = byCardNumber;
    expect(await acted('top-up', 200, { cardNumber })).toMatchObject(gone);
    server.replacedBy = null;
    linked = false;
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber, blocked: true, replacedBy: byCardNumber }], 10);
    expect(await acted('top-up', 200, { cardNumber })).toMatchObject(gone);
    expect(await acted('repay', 200)).toMatchObject(gone);
    linked = true;
    expect(await acted('pay', 200)).toMatchObject(gone);
    expect(ofAccounts()).toEqual([]);
    expect(describeError('fr', (await refusalOf(acted('repay', 200)))!).title).toContain('remplacée par 0417 5540 58');
  });

  it('[T36] is not taken for a card on the hot list', async () => {
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber, blocked: true }], 10);
    expect(await acted('top-up', 200)).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(await acted('repay', 200, { cardNumber })).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(ofAccounts()).toEqual([]);
    const onRecord = (operation: AccountAct, ...before: string[]) => ({
      kind: 'loyalty.refused',
      staff: 'awa',
      body: { reason: 'CardBlocked', operation, cardNumber, amountMinor: 200, checks: upTo('hot-list', before) },
    });
    expect(counter.entries()).toMatchObject([onRecord('top-up', 'authentic', 'network'), onRecord('repay')]);
  });
});

describe('money off a card', () => {
  it('[T28] needs the link, and is refused before the card is asked for', async () => {
    linked = false;
    for (const act of ['pay', 'refund', 'draw'] as const) {
      expect(await acted(act, 100)).toMatchObject({ error: { type: 'NeedsLink' } });
    }
    expect(ofAccounts()).toEqual([]);
  });

  it('[T28] [T36] is held first, then a fact, with its checks in order', async () => {
    server.purse = 1_000;
    expect(await acted('pay', 400)).toMatchObject({ ok: true, value: { balanceMinor: 600 } });
    const [entry] = ofAccounts();
    expect(entry).toMatchObject({ kind: 'purse.paid', body: { amountMinor: 400, balanceMinor: 600 } });
    expect(entry?.body).toMatchObject({
      checks: [
        { check: 'authentic', outcome: 'passed' },
        { check: 'network', outcome: 'passed' },
        { check: 'status', outcome: 'passed' },
        { check: 'hot-list', outcome: 'passed' },
        { check: 'pin', outcome: 'not-asked' },
        { check: 'limits', outcome: 'passed' },
      ],
    });
    const [stamp] = server.stamps;
    expect(stamp!.seq).toBeLessThan(entry!.seq);
    expect(stamp).toMatchObject({ bootId: entry!.bootId });
    expect(await acted('pay', 601)).toMatchObject({ error: { type: 'PurseTooLow' } });
  });

  it('[T36] each act that fails a check is on record with it; one that failed elsewhere is not', async () => {
    const byCard = ['authentic', 'network', 'status', 'hot-list'];
    server.purse = 100;
    await acted('pay', 400);
    await acted('refund', 400);
    await acted('draw', 400);
    server.pin = '47110815';
    const intention = counter.uuid();
    await acted('pay', 50, { intention });
    await acted('pay', 50, { intention, pin: '0000' });
    await acted('pay', 500, { intention: counter.uuid(), pin: '47110815' });
    linked = false;
    await acted('pay', 50);
    const said = (operation: AccountAct, amountMinor: number, reason: string, failed: string, passed = byCard) => ({
      kind: 'loyalty.refused',
      body: { operation, amountMinor, reason, cardNumber, currency: 'XOF', checks: upTo(failed, passed) },
    });
    expect(counter.entries()).toMatchObject([
      said('pay', 400, 'PurseTooLow', 'limits'),
      said('refund', 400, 'PurseTooLow', 'limits'),
      said('draw', 400, 'CreditLimit', 'limits'),
      said('pay', 50, 'PinWrong', 'pin'),
      said('pay', 500, 'PurseTooLow', 'limits', [...byCard, 'pin']),
    ]);
    expect(JSON.stringify(counter.entries())).not.toContain('47110815');
  });

  it('[T28] asks for the cardholder’s PIN, and goes on with the same intention', async () => {
    server.purse = 1_000;
    server.pin = '47110815';
    const intention = counter.uuid();
    expect(await acted('pay', 400, { intention })).toMatchObject({ error: { type: 'PinRequired' } });
    expect(await acted('pay', 400, { intention, pin: '0000' })).toMatchObject({ error: { type: 'PinWrong' } });
    expect(await acted('pay', 400, { intention, pin: '47110815' })).toMatchObject({ ok: true });
    expect(ofAccounts()).toHaveLength(1);
    expect(JSON.stringify(counter.entries())).not.toContain('47110815');
  });

  it('[T28] pays once when it is asked twice at once, again, and after the service was killed', async () => {
    server.purse = 1_000;
    const intention = counter.uuid();
    const twice = await Promise.all([acted('pay', 400, { intention }), acted('pay', 400, { intention })]);
    expect(twice[0]).toMatchObject({ ok: true });
    expect(twice[1]).toEqual(twice[0]);
    await counter.restart();
    start();
    expect(await acted('pay', 400, { intention })).toMatchObject({ ok: true, value: { amountMinor: 400 } });
    expect(await acted('pay', 500, { intention })).toMatchObject({ error: { type: 'IntentionReused' } });
    expect(ofAccounts()).toHaveLength(1);
    expect(server.stamps).toHaveLength(1);
  });

  it('[T28] with its answer cut off records nothing; asked again it is the same hold, and one payment', async () => {
    server.purse = 1_000;
    server.answersGetLost = true;
    const intention = counter.uuid();
    expect(await acted('pay', 1_000, { intention })).toMatchObject({ error: { type: 'NeedsLink' } });
    expect(ofAccounts()).toEqual([]);
    await counter.restart();
    start();
    server.answersGetLost = false;
    expect(await acted('pay', 1_000, { intention })).toMatchObject({ ok: true });
    expect(ofAccounts()).toHaveLength(1);
    expect([...server.holds]).toEqual([[intention, 1_000]]);
  });

  it('[T28] is not made under a hold that the server may have given back', async () => {
    server.purse = 1_000;
    server.answerAfter = async () => {
      server.answerAfter = async () => {};
      await counter.clock.advance(61_000);
    };
    const intention = counter.uuid();
    expect(await acted('pay', 400, { intention })).toMatchObject({ error: { type: 'NeedsLink' } });
    expect(ofAccounts()).toEqual([]);
    expect(await acted('pay', 400, { intention })).toMatchObject({ ok: true });
  });
});

it('[T28] whatever is done, postings come to nothing, the purse is never below zero, and the drawer holds the cash', async () => {
  server.limit = 1_000;
  let seed = 20_261_121;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  let cash = 0;
  for (let step = 0; step < 60; step++) {
    const act = accountActs[random(accountActs.length)]!;
    const amountMinor = 1 + random(900);
    const done = await acted(act, amountMinor);
    server.holds.clear();
    if (!done.ok) continue;
    if (accountEffects[act].account === 'purse') server.purse += changeMinor(act, amountMinor);
    else server.owed += changeMinor(act, amountMinor);
    if (accountEffects[act].counter === 'shop:cash') cash += act === 'refund' ? 0 - amountMinor : amountMinor;
    expect(server.purse).toBeGreaterThanOrEqual(0);
    expect(server.owed).toBeLessThanOrEqual(1_000);
  }
  const entries = counter.entries();
  const postings = entries.flatMap((entry) => entry.postings);
  expect(unbalanced(postings)).toEqual([]);
  const sumOf = (account: string) =>
    postings.reduce((sum, posting) => sum + (posting.account === account ? posting.amount : 0), 0);
  expect(sumOf(`purse:${cardNumber}`)).toBe(server.purse);
  expect(sumOf(`credit:${cardNumber}`)).toBe(0 - server.owed);
  expect(sumOf('shop:cash')).toBe(0 - cash);
  const totals = foldDay(entries, localDayIn('Africa/Lome'));
  expect(expectedCashMinor(totals)).toBe(cash);
  expect(takingsMinor(totals)).toBe(cash);
  expect(totals.onAccount?.purseMinor).toBe(sumOf('shop:purse'));
  expect(totals.onAccount?.creditMinor).toBe(sumOf('shop:credit'));
});
