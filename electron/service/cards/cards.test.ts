import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { Result } from '#contract/result/index.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { blankCard, cardData, newcomersCard, newestOn, shopAtCounter, shopCard } from '#test/harness/counter-cards.ts';
import { RelayingServer } from '#test/harness/relaying-server.ts';
import { awa, TestCounter } from '#test/harness/service.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import { openCard } from '../loyalty/open-card.ts';
import { type IssueOrder, issueOnce } from './issue.ts';
import { joinShop } from './join.ts';
import { KeptMaking } from './kept-making.ts';
import type { CardWorkParts } from './parts.ts';
import { setPinOnce, unblockPinOnce } from './pin.ts';
import { settleMaking } from './settle-making.ts';
import { CardWorks, type WorkRun } from './works.ts';

let counter: TestCounter;
let server: RelayingServer;
let works: CardWorks;
let making: KeptMaking;
let linked: boolean;

beforeEach(async () => {
  counter = await TestCounter.open();
  server = new RelayingServer();
  linked = true;
  startCardWork();
});
const startCardWork = (): void => {
  works = new CardWorks(() => false, counter.parts.onDefect);
  making = new KeptMaking(counter.store.settings);
};
const restart = async (): Promise<void> => {
  await counter.restart();
  startCardWork();
};
afterEach(() => {
  expect(counter.defects).toEqual([]);
  counter.close();
});

const parts = (): CardWorkParts => ({ ...counter.parts, making, central: () => (linked ? server : null) });

type Heard = { events: CardWorkEvent[]; end: () => Result<void, TillError> | null };

const listen = (run: WorkRun): Heard => {
  const events: CardWorkEvent[] = [];
  let end: Result<void, TillError> | null = null;
  void (async () => {
    const heard = run.follow();
    for (let step = await heard.next(); ; step = await heard.next()) {
      if (step.done) {
        end = step.value;
        return;
      }
      events.push(step.value);
    }
  })();
  return { events, end: () => end };
};

const order = (changes: Partial<IssueOrder> = {}): IssueOrder => ({
  intention: counter.uuid(),
  cardNumber: null,
  useCardAsItLies: false,
  timeoutMs: 30_000,
  ...changes,
});

const begin = (run: Result<WorkRun, TillError>): Heard => {
  if (!run.ok) throw new Error(run.error.type);
  return listen(run.value);
};

const tap = async (card: VirtualDesfire): Promise<void> => {
  await counter.tap(card);
  for (let turn = 0; turn < 60; turn++) await settle();
};

const issue = async (card: VirtualDesfire, asked = order()): Promise<Heard> => {
  const heard = begin(issueOnce(parts(), works, awa, asked));
  await settle();
  await tap(card);
  return heard;
};

const never = (): Promise<never> => Promise.reject(new Error('not asked'));

const issuedOf = ({ events }: Heard) => {
  const last = events.at(-1);
  if (last?.stage !== 'issued') throw new Error(`not issued: ${last?.stage}`);
  return last.card;
};
const stages = ({ events }: Heard) => [...new Set(events.map(({ stage }) => stage))];
const issuedEntries = () => counter.entries().filter(({ kind }) => kind === 'card.issued');

describe('issuing a card at the counter', () => {
  it('[T4] makes a blank card ready to use in one tap, and has it on record with its welcome', async () => {
    const card = blankCard();
    const heard = await issue(card);
    expect(heard.end()).toEqual({ ok: true, value: undefined });
    expect(stages(heard)).toEqual(['present-card', 'reading', 'working', 'issued']);
    const cardNumber = cardNumberOf(4_180_001);
    expect(issuedOf(heard)).toMatchObject({ cardNumber, how: 'issued', points: 40, balance: 40, seq: 2 });
    expect(await newestOn(card)).toMatchObject({ operation: 'issue', balancePoints: 40, cardData: 4_180_001 });
    expect(issuedEntries()).toMatchObject([{ staff: 'awa', body: { cardNumber, how: 'issued', points: 40 } }]);
    expect(await counter.faults()).toEqual([]);
    await counter.lift();
    const sale = await counter.sold(card);
    expect(sale.result()).toMatchObject({ cardNumber, points: 12, balance: 52 });
  });

  it('[T4] gives a card the number that is printed on it', async () => {
    const cardNumber = cardNumberOf(4_190_000);
    expect(issuedOf(await issue(blankCard(), order({ cardNumber })))).toMatchObject({ cardNumber });
    expect(issueOnce(parts(), works, awa, order({ cardNumber: '4190000012' }))).toMatchObject({
      error: { type: 'CardNumberInvalid' },
    });
  });

  it('[T1] gives a card of the network this shop’s place, and keeps its number', async () => {
    const heard = await issue(await newcomersCard());
    expect(issuedOf(heard)).toMatchObject({ how: 'joined', cardNumber: cardNumberOf(cardData.kofi), balance: 40 });
  });

  it('[T4] leaves a card that works here already as it is, with no entry and no server', async () => {
    linked = false;
    const heard = await issue(await shopCard());
    expect(issuedOf(heard)).toMatchObject({ how: 'already', cardNumber: cardNumberOf(cardData.awa), balance: 1215 });
    expect(issuedEntries()).toEqual([]);
    expect(server.log).toEqual([]);
  });

  it('[T4] a card with a number does not get another', async () => {
    const heard = await issue(await newcomersCard(), order({ cardNumber: cardNumberOf(4_190_000) }));
    expect(heard.end()).toMatchObject({ error: { type: 'CardNotBlank' } });
    expect(server.log).toEqual([]);
  });

  it('[N2] pulled at any exchange, waits for the same card and goes on', async () => {
    for (const moment of ['before', 'after'] as const) {
      for (let exchange = 1; exchange <= 31; exchange += 3) {
        const card = blankCard();
        card.tearAt(exchange, moment);
        const heard = await issue(card);
        expect(heard.end(), `${exchange} ${moment}`).toBeNull();
        expect(heard.events.at(-1)?.stage).toBe('present-card-again');
        await tap(card);
        expect(heard.end(), `${exchange} ${moment}`).toEqual({ ok: true, value: undefined });
        expect(issuedOf(heard).how).toBe('issued');
        expect(await newestOn(card)).toMatchObject({ operation: 'issue', balancePoints: 40 });
        await counter.lift();
      }
    }
    const intentions = issuedEntries().map(({ intention }) => intention);
    expect(new Set(intentions).size).toBe(22);
    expect(await counter.faults()).toEqual([]);
  });

  it('[N2] another card that is laid down meanwhile is left alone', async () => {
    const card = blankCard();
    card.tearAt(12);
    const heard = await issue(card);
    const other = await newcomersCard();
    const before = other.toJSON();
    await tap(other);
    expect(heard.events.at(-1)?.stage).toBe('present-card-again');
    expect(other.toJSON()).toEqual(before);
    await counter.lift();
    await tap(card);
    expect(issuedOf(heard).how).toBe('issued');
  });

  it('a card that does not come back ends it, and the next issue finishes it', async () => {
    const card = blankCard();
    card.tearAt(20);
    const heard = await issue(card);
    await counter.clock.advance(31_000);
    await settle();
    expect(heard.end()).toMatchObject({ error: { type: 'CardRemoved' } });
    expect(issuedEntries()).toEqual([]);
    expect(issuedOf(await issue(card)).cardNumber).toBe(cardNumberOf(4_180_001));
  });

  it('answers of the server that are lost on the way are asked for again, and change nothing', async () => {
    server.lost = { fromStep: 10, times: 3 };
    const heard = await issue(blankCard());
    for (let turn = 0; turn < 5; turn++) await counter.clock.advance(500).then(() => runOn());
    expect(issuedOf(heard).how).toBe('issued');
    expect(server.log.filter((asked) => asked === 'step 10')).toHaveLength(4);
  });

  it('a server that is gone half-way is told as a missing link; with it back the card is finished', async () => {
    server.lost = { fromStep: 10, times: 100 };
    const card = blankCard();
    const heard = await issue(card);
    for (let turn = 0; turn < 8; turn++) await counter.clock.advance(500).then(() => runOn());
    expect(heard.end()).toMatchObject({ error: { type: 'NeedsLink' } });
    server.lost = null;
    await counter.lift();
    expect(issuedOf(await issue(card)).how).toBeDefined();
  });

  it('needs the link, and says so', async () => {
    linked = false;
    expect((await issue(blankCard())).end()).toMatchObject({ error: { type: 'NeedsLink' } });
  });

  it('the same intention again hears the first answer, also after a restart; another content is refused', async () => {
    const asked = order();
    const first = issuedOf(await issue(blankCard(), asked));
    await counter.lift();
    const again = begin(issueOnce(parts(), works, awa, asked));
    await settle();
    expect(issuedOf(again)).toEqual(first);
    await restart();
    const later = begin(issueOnce(parts(), works, awa, asked));
    await settle();
    expect(issuedOf(later)).toEqual({ ...first, tapToResultMs: 0 });
    expect(issuedEntries()).toHaveLength(1);
    expect(setPinOnce(parts(), works, awa, { ...asked, newPin: '4711', pin: null, approvedBy: null })).toMatchObject({
      error: { type: 'IntentionReused' },
    });
    expect(issueOnce(parts(), works, awa, { ...asked, cardNumber: '0417093114' })).toMatchObject({
      error: { type: 'IntentionReused' },
    });
    expect(issueOnce(parts(), works, awa, { ...asked, cardNumber: first.cardNumber })).toMatchObject({ ok: true });
  });

  it('a PIN that was set tells nobody later that it was removed, or that its tries came back', async () => {
    const asked = { ...order(), newPin: '4711', pin: null, approvedBy: null };
    const card = await shopCard();
    const heard = begin(setPinOnce(parts(), works, awa, asked));
    await settle();
    await tap(card);
    expect(heard.end()).toMatchObject({ ok: true });
    const reused = { error: { type: 'IntentionReused' } };
    expect(setPinOnce(parts(), works, awa, { ...asked, newPin: null })).toMatchObject(reused);
    await restart();
    expect(setPinOnce(parts(), works, awa, { ...asked, newPin: null })).toMatchObject(reused);
    expect(unblockPinOnce(parts(), works, awa, asked)).toMatchObject(reused);
    expect(setPinOnce(parts(), works, awa, asked)).toMatchObject({ ok: true });
  });

  it('one act at a time at the reader', async () => {
    begin(issueOnce(parts(), works, awa, order()));
    expect(issueOnce(parts(), works, awa, order())).toMatchObject({ error: { type: 'SaleInProgress' } });
    works = new CardWorks(() => true, counter.parts.onDefect);
    expect(issueOnce(parts(), works, awa, order())).toMatchObject({ error: { type: 'SaleInProgress' } });
  });

  it('the wait for a card can be given up', async () => {
    const asked = order();
    const heard = begin(issueOnce(parts(), works, awa, asked));
    await settle();
    expect(works.cancel(asked.intention)).toBe(true);
    await settle();
    expect(heard.end()).toMatchObject({ error: { type: 'Cancelled' } });
  });
});

describe('a till that dies before a card that it made is on record', () => {
  /** The service ends as the card's last exchange is answered, before or after the server has heard of it. */
  const diesAtTheEnd = async (card: VirtualDesfire, serverHears: boolean, asked = order()) => {
    let died = false;
    const dying = {
      openRelay: (relay: Parameters<RelayingServer['openRelay']>[0]) => server.openRelay(relay),
      async nextRelayStep(told: Parameters<RelayingServer['nextRelayStep']>[0]) {
        if (told.step < lastStep) return server.nextRelayStep(told);
        if (serverHears) expect(await server.nextRelayStep(told)).toMatchObject({ value: { state: 'done' } });
        died = true;
        return new Promise<never>(() => undefined);
      },
    };
    const central = { ...refusing, ...dying };
    begin(issueOnce({ ...parts(), central: () => central }, works, awa, asked));
    await settle();
    await tap(card);
    expect(died).toBe(true);
    expect(issuedEntries()).toEqual([]);
    await restart();
    return asked;
  };
  /** Of a blank, as the server computes them. */
  const lastStep = 28;
  const refusing = { show: never, operation: never, checkSpend: never };

  it('[N2] the server is asked at the next start, no card is needed, and the entry is written once', async () => {
    const asked = await diesAtTheEnd(blankCard(), true);
    expect(await settleMaking(parts())).toEqual({ ok: true, value: undefined });
    expect(await settleMaking(parts())).toEqual({ ok: true, value: undefined });
    const entry = { intention: asked.intention, staff: 'awa', body: { how: 'issued', points: 40, balance: 40 } };
    expect(issuedEntries()).toMatchObject([entry]);
    expect(making.get()).toBeNull();
    expect(await counter.faults()).toEqual([]);
    const again = begin(issueOnce(parts(), works, awa, asked));
    await settle();
    expect(issuedOf(again).how).toBe('issued');
  });

  it('[N2] the same act asked again hears of it, also when the till has not asked yet', async () => {
    const asked = await diesAtTheEnd(blankCard(), true);
    const again = begin(issueOnce(parts(), works, awa, asked));
    for (let turn = 0; turn < 20; turn++) await settle();
    expect(issuedOf(again)).toMatchObject({ how: 'issued', balance: 40 });
    expect(issuedEntries()).toHaveLength(1);
  });

  it('[N2] without a link the question waits, and the next card asks it first', async () => {
    await diesAtTheEnd(blankCard(), true);
    linked = false;
    expect(await settleMaking(parts())).toMatchObject({ error: { type: 'NeedsLink' } });
    linked = true;
    expect(issuedOf(await issue(blankCard())).how).toBe('issued');
    expect(issuedEntries()).toHaveLength(2);
  });

  it('[N2] a card that the server never saw done is on record when it comes again, and not before', async () => {
    const card = blankCard();
    const asked = await diesAtTheEnd(card, false);
    expect(await settleMaking(parts())).toEqual({ ok: true, value: undefined });
    expect(issuedEntries()).toEqual([]);
    await counter.lift();
    expect(issuedOf(await issue(card))).toMatchObject({ how: 'issued', points: 40, balance: 40 });
    expect(issuedEntries()).toMatchObject([{ intention: asked.intention }]);
  });

  it('[N2] its entry takes nothing back from a card that was sold to meanwhile', async () => {
    const card = blankCard();
    await diesAtTheEnd(card, true);
    await counter.lift();
    expect((await counter.sold(card)).result()).toMatchObject({ balance: 52 });
    await settleMaking(parts());
    expect(issuedEntries()).toHaveLength(1);
    expect(counter.parts.reader.card(cardNumberOf(4_180_001))).toMatchObject({ balance: 52, counter: 1 });
    expect(await counter.faults()).toEqual([]);
  });
});

/** Lets what was begun run on, with no card moved. */
const runOn = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn++) await settle();
};

describe('a card of the network at a sale', () => {
  beforeEach(() => {
    counter.parts.joinShop = (transport, acting) => joinShop(parts(), transport, acting);
    counter.central = server;
  });
  const sold = async (card: VirtualDesfire) => {
    const sale = await counter.sell();
    await tap(card);
    return sale;
  };

  it('[T1] [T18] joins the shop with the welcome bonus, an act of its own, and is sold to at the same tap', async () => {
    const sale = await sold(await newcomersCard());
    expect(sale.stages()).toContain('keep-card');
    expect(sale.result()).toMatchObject({ points: 12, previousBalance: 40, balance: 52, card: 'applied' });
    expect(issuedEntries()).toMatchObject([{ body: { how: 'joined', points: 40, balance: 40, cardCounter: 0 } }]);
    expect(counter.kinds().slice(0, 2)).toEqual(['card.issued', 'loyalty.sale']);
    expect(issuedEntries()[0]?.intention).not.toBe(sale.intention);
    expect(await counter.faults()).toEqual([]);
  });

  it('[T1] [N2] pulled while it joins, it goes on at the next tap of the same sale', async () => {
    for (const exchange of [3, 10, 15, 21]) {
      const card = await newcomersCard(cardData.kofi + exchange);
      card.tearAt(exchange, 'after');
      const sale = await sold(card);
      expect(sale.stages().at(-1)).toBe('present-card-again');
      await tap(card);
      expect(sale.result(), `at ${exchange}`).toMatchObject({ balance: 52, card: 'applied' });
      await counter.lift();
    }
  });

  it('[T1] [T17] without a link is refused as new here, also when the link is lost meanwhile', async () => {
    linked = false;
    counter.central = null;
    expect((await sold(await newcomersCard())).end()).toMatchObject({ error: { type: 'CardNewInShop' } });
    await counter.lift();
    counter.central = server;
    expect((await sold(await newcomersCard())).end()).toMatchObject({ error: { type: 'CardNewInShop' } });
    expect(issuedEntries()).toEqual([]);
  });

  it('[T20] [T36] does not join when it is blocked', async () => {
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: cardNumberOf(cardData.kofi), blocked: true }], 2);
    expect((await sold(await newcomersCard())).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(server.log).toEqual([]);
  });
});

it('[T4] [T17] a card that the network pre-personalised is sold to at once, with no link', async () => {
  const issued = { operation: 'issue', counter: 0, balancePoints: 0, deltaPoints: 0, totalSpendMinor: 0 } as const;
  const sale = await counter.sold(await shopCard(cardData.kofi, { record: issued }));
  expect(sale.result()).toMatchObject({
    cardNumber: cardNumberOf(cardData.kofi),
    points: 12,
    balance: 12,
    card: 'applied',
  });
});

describe('the cardholder’s PIN at the counter', () => {
  const pinEntries = () => counter.entries().flatMap((entry) => (entry.kind === 'card.pin' ? [entry.body] : []));
  const setPin = async (card: VirtualDesfire, newPin: string | null, pin: string | null = null) => {
    const approvedBy = { code: 'moussa', role: 'manager' };
    const { intention, useCardAsItLies, timeoutMs } = order();
    const asked = { intention, useCardAsItLies, timeoutMs, newPin, pin, approvedBy };
    const heard = begin(setPinOnce(parts(), works, awa, asked));
    await settle();
    await tap(card);
    await counter.lift();
    return heard;
  };
  const prove = async (card: VirtualDesfire, pin: string | null) => {
    counter.reader.present(card);
    const lent = await counter.reader.withCard(async (transport) => {
      const opened = await openCard(transport, shopAtCounter.onCard, counter.parts.randomBytes);
      if (!opened.ok) return opened.error.type;
      const proof = await opened.value.session.provePin(pin);
      return proof.ok ? proof.value : proof.error.type;
    });
    await counter.lift();
    return lent.ok ? lent.value : lent.error.type;
  };

  it('[T5] is set, changed and removed, each on record without the PIN', async () => {
    const card = await shopCard();
    expect((await setPin(card, '4711')).events.at(-1)).toEqual({
      stage: 'done',
      cardNumber: cardNumberOf(cardData.awa),
    });
    expect(await prove(card, '4711')).toBe('card');
    await setPin(card, '0815', '4711');
    expect(await prove(card, '0815')).toBe('card');
    await setPin(card, null, '0815');
    expect(await prove(card, null)).toBe('not-set');
    expect(pinEntries().map(({ what }) => what)).toEqual(['set', 'changed', 'removed']);
    expect(JSON.stringify(counter.entries())).not.toMatch(/4711|0815/);
  });

  it('[T5] [N2] pulled half-way, the same card is gone on with, and it is on record once', async () => {
    const card = await shopCard();
    card.tearAt(13, 'after');
    const heard = await setPin(card, '4711');
    expect(heard.events.at(-1)?.stage).toBe('present-card-again');
    await tap(card);
    expect(heard.events.at(-1)?.stage).toBe('done');
    await counter.lift();
    expect(await prove(card, '4711')).toBe('card');
    expect(pinEntries()).toMatchObject([{ what: 'set', approvedBy: { code: 'moussa' } }]);
  });

  it('[T5] a refused PIN of now changes nothing', async () => {
    const card = await shopCard();
    await setPin(card, '4711');
    expect((await setPin(card, '1234', '0000')).end()).toMatchObject({ error: { type: 'PinWrong' } });
    expect(await prove(card, '4711')).toBe('card');
    expect(pinEntries()).toHaveLength(1);
  });

  it('[T5] is unblocked with a manager’s approval', async () => {
    const card = await shopCard();
    await setPin(card, '4711');
    for (const pin of ['1111', '2222', '3333']) await prove(card, pin);
    expect(await prove(card, '4711')).toBe('PinBlocked');
    const { intention, useCardAsItLies, timeoutMs } = order();
    const asked = { intention, useCardAsItLies, timeoutMs, approvedBy: { code: 'moussa', role: 'manager' } };
    const heard = begin(unblockPinOnce(parts(), works, awa, asked));
    await settle();
    await tap(card);
    await counter.lift();
    expect(heard.end()).toEqual({ ok: true, value: undefined });
    expect(await prove(card, '4711')).toBe('card');
    expect(pinEntries().at(-1)).toMatchObject({ what: 'unblocked', approvedBy: { code: 'moussa' } });
  });

  it('[T5] is not set on a blocked card', async () => {
    counter.store.feed.apply([{ item: 'blocked-card', cardNumber: cardNumberOf(cardData.awa), blocked: true }], 2);
    expect((await setPin(await shopCard(), '4711')).end()).toMatchObject({ error: { type: 'CardBlocked' } });
    expect(server.log).toEqual([]);
  });
});
