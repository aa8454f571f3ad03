import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { defaultSettings } from '#contract/loyalty/shop-settings.ts';
import { transportTo } from '#native/simulators/card-maker.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { describeError } from '#resources/locales/describe.ts';
import type { AskedSale } from '#test/harness/asked-sale.ts';
import {
  cardData,
  giveCardPin,
  historyOf,
  newestOn,
  shopAtCounter,
  shopCard,
  startBalance,
} from '#test/harness/counter-cards.ts';
import { RelayingServer } from '#test/harness/relaying-server.ts';
import { TestCounter } from '#test/harness/service.ts';
import { TestCentral } from '#test/harness/test-central.ts';
import { settle } from '#test/harness/virtual-clock.ts';
import { afterOperation } from '../cards/after-operation.ts';
import { KeptMaking } from '../cards/kept-making.ts';
import { openCard } from './open-card.ts';

const oldPin = '47110815';
const newPin = '24681357';
const taken = 100;
/** Of a spending whose PIN the server checked. */
const spendExchanges = 6;
/** Nine of the PIN itself, and two of a server that asks the card for its number first. */
const relayExchanges = 11;

/** A till, its server and one card; the server's relay takes the mark away when it has seen the last answer, as the real one does. */
class Counter {
  readonly till: TestCounter;
  readonly central = new TestCentral();
  readonly card: VirtualDesfire;
  readonly cardNumber: string;
  readonly relay: RelayingServer;

  constructor(till: TestCounter, card: VirtualDesfire, data: number) {
    this.till = till;
    this.card = card;
    this.cardNumber = cardNumberOf(data);
    const { central, cardNumber } = this;
    this.relay = new (class extends RelayingServer {
      override async nextRelayStep(told: Parameters<RelayingServer['nextRelayStep']>[0]) {
        const step = await super.nextRelayStep(told);
        if (step.ok && step.value.state === 'done') central.put(cardNumber, { keyBehind: false });
        return step;
      }
    })();
    const making = new KeptMaking(till.store.settings);
    till.parts.afterOperation = (lying, follow) =>
      afterOperation({ ...till.parts, making, central: () => (till.central ? this.relay : null) }, lying, follow);
  }

  static async with(till: TestCounter, data: number, cardPin: string): Promise<Counter> {
    const card = await shopCard(data);
    await giveCardPin(card, cardPin);
    const counter = new Counter(till, card, data);
    counter.central.put(counter.cardNumber, { balance: 1_000_000, pin: cardPin });
    counter.linked(true);
    return counter;
  }

  linked(linked: boolean): void {
    this.till.central = linked ? this.central : null;
  }

  changedOnPage(pin: string): void {
    this.central.put(this.cardNumber, { pin, keyBehind: true, triesLeft: 3 });
  }

  /** The till hears what the server has to say of the card. */
  fed(behind: boolean): void {
    const at = this.till.store.feed.cursor() + 1;
    this.till.store.feed.apply([{ item: 'key-behind', cardNumber: this.cardNumber, behind }], at);
  }

  async spent(pin: string | null): Promise<AskedSale> {
    const spending = await this.till.spend({ pin, what: { kind: 'points', points: taken } });
    await this.tap();
    return spending;
  }

  /** A relay takes more turns than the till alone. */
  async tap(): Promise<void> {
    await this.till.tap(this.card);
    for (let turn = 0; turn < 40; turn++) await settle();
  }

  /** Would the card itself take this PIN? Asked of a copy: it costs the card nothing. */
  async takes(pin: string | null): Promise<boolean> {
    const copy = VirtualDesfire.fromJSON(this.card.toJSON(), random);
    copy.tearAt(never);
    copy.powerOn();
    const opened = await openCard(transportTo(copy), shopAtCounter.onCard, random);
    return opened.ok && (await opened.value.session.provePin(pin)).ok;
  }
}

const random = (length: number) => new Uint8Array(randomBytes(length));
/** An exchange that nothing comes to. */
const never = 1_000_000;

let till: TestCounter;
let here: Counter;
beforeEach(async () => {
  till = await TestCounter.open();
  here = await Counter.with(till, cardData.awa, oldPin);
});
afterEach(async () => {
  expect(till.defects).toEqual([]);
  expect(await till.faults()).toEqual([]);
  till.close();
});

describe('a PIN changed on the holder’s page, at the next operation with a link', () => {
  beforeEach(() => here.changedOnPage(newPin));

  it('[T5] [T31] the card’s own key follows in the same tap, and the ticket comes', async () => {
    const spending = await here.spent(newPin);
    expect(spending.result()).toMatchObject({ points: -taken, card: 'applied', exchanges: spendExchanges });
    expect([await here.takes(oldPin), await here.takes(newPin)]).toEqual([false, true]);
    expect(here.relay.log.filter((line) => line.startsWith('open'))).toEqual(['open follow-pin']);
    expect(till.tickets).toHaveLength(1);
    expect(till.kinds()).toEqual(['loyalty.spend', 'card.outcome', 'ticket.outcome']);
    await till.lift();
    here.linked(false);
    expect((await here.spent(newPin)).result()).toMatchObject({ card: 'applied' });
  });

  it('[T5] follows a large purchase too, and neither a small one nor one without a link', async () => {
    till.store.feed.apply([{ item: 'settings', settings: { ...defaultSettings, pinAboveAmountMinor: 5_000 } }], 2);
    const buy = async (amountMinor: number, pin: string | null) => {
      const sale = await till.sell({ amountMinor, pin });
      await here.tap();
      await till.lift();
      return sale;
    };
    expect((await buy(1_000, null)).result()).toMatchObject({ card: 'applied' });
    here.linked(false);
    expect((await buy(6_000, oldPin)).result()).toMatchObject({ card: 'applied' });
    expect(here.relay.log).toEqual([]);
    here.linked(true);
    expect((await buy(6_000, newPin)).result()).toMatchObject({ card: 'applied' });
    expect([await here.takes(oldPin), await here.takes(newPin)]).toEqual([false, true]);
  });

  it('[T5] follows where the PIN was right and the points too few', async () => {
    here.central.put(here.cardNumber, { balance: 10 });
    expect((await here.spent(newPin)).end()).toMatchObject({ error: { type: 'NotEnoughPoints' } });
    expect([await here.takes(oldPin), await here.takes(newPin)]).toEqual([false, true]);
  });

  it('[T5] is left as it is by a wrong PIN, and by a card that is up to date', async () => {
    expect((await here.spent(oldPin)).end()).toMatchObject({ error: { type: 'PinWrong' } });
    await till.lift();
    expect(here.relay.log).toEqual([]);
    await here.spent(newPin);
    await till.lift();
    const asked = here.relay.log.length;
    await here.spent(newPin);
    expect(here.relay.log).toHaveLength(asked);
  });

  it('[T5] the link goes half-way: the spending stands, and the next one goes on', async () => {
    here.relay.lost = { fromStep: 6, times: 1_000 };
    const spending = await here.spent(newPin);
    expect(spending.result()).toMatchObject({ card: 'applied' });
    expect(till.tickets).toHaveLength(1);
    expect(spending.end()).toMatchObject({ ok: true });
    await till.lift();
    here.relay.lost = null;
    await here.spent(newPin);
    expect([await here.takes(oldPin), await here.takes(newPin)]).toEqual([false, true]);
  });

  const tears = Array.from({ length: spendExchanges + relayExchanges }, (_, exchange) =>
    (['before', 'after'] as const).map((moment) => [exchange + 1, moment] as const),
  ).flat();
  it.each(tears)(
    '[T5] [N2] torn at exchange %d, %s it: one debit, one of the two PINs, and the next tap finishes',
    async (exchange, moment) => {
      here.card.tearAt(exchange, moment);
      const spending = await here.spent(newPin);
      here.card.tearAt(never);
      expect([await here.takes(oldPin), await here.takes(newPin)].filter(Boolean)).toHaveLength(1);
      // Torn in its own exchanges the spending waits for the card; in those of its key it is done.
      expect(spending.end() === null).toBe(exchange <= spendExchanges);
      if (!spending.end()) await here.tap();
      expect(spending.result()).toMatchObject({ points: -taken, card: 'applied' });
      await till.lift();
      expect(await newestOn(here.card)).toMatchObject({ balancePoints: startBalance - taken });
      expect((await here.spent(newPin)).result()).toMatchObject({ card: 'applied' });
      await till.lift();
      expect([await here.takes(oldPin), await here.takes(newPin)]).toEqual([false, true]);
      expect(await newestOn(here.card)).toMatchObject({ balancePoints: startBalance - 2 * taken });
      expect(till.parts.reader.card(here.cardNumber)).toMatchObject({ balance: startBalance - 2 * taken });
    },
  );
});

it('[T5] [N2] of a first PIN that was torn at the counter the card is rid again, at the next operation with a link', async () => {
  here.changedOnPage('');
  here.central.put(here.cardNumber, { pin: null });
  expect(await here.takes(null)).toBe(false);
  // Whatever is typed: none is set.
  expect((await here.spent('99999999')).result()).toMatchObject({ card: 'applied' });
  expect(await here.takes(null)).toBe(true);
  expect(here.central.isKeyBehind(here.cardNumber)).toBe(false);
});

describe('a PIN changed on the holder’s page, without a link', () => {
  beforeEach(() => {
    here.changedOnPage(newPin);
    here.linked(false);
  });

  it('[T5] is refused where the till has heard of it, the old one too, before a try is used up', async () => {
    here.fed(true);
    for (const pin of [oldPin, newPin, null]) {
      expect((await here.spent(pin)).end()).toMatchObject({ error: { type: 'PinBehind' } });
      await till.lift();
    }
    expect(till.entries()[0]).toMatchObject({ kind: 'loyalty.refused', body: { reason: 'PinBehind' } });
    here.fed(false);
    expect((await here.spent('99999999')).end()).toMatchObject({
      error: { type: 'PinWrong', facts: { triesLeft: 2 } },
    });
  });

  it('[T5] is judged by the card where the till has not, and the words say what may be', async () => {
    const refused = (await here.spent(newPin)).end();
    expect(refused).toMatchObject({ error: { type: 'PinWrong', facts: { triesLeft: 2, unlinked: 1 } } });
    if (!refused || refused.ok) throw new Error('not refused');
    expect(describeError('fr', refused.error).remedy).toContain('dès que la caisse est reliée');
    expect(describeError('en', refused.error).remedy).toContain('once the till has a link');
    await till.lift();
    here.linked(true);
    const atServer = (await here.spent('99999999')).end();
    if (!atServer || atServer.ok) throw new Error('not refused');
    expect(describeError('fr', atServer.error).remedy).not.toContain('reliée');
  });
});

const step = fc.record({
  do: fc.constantFrom('spend' as const, 'spend' as const, 'change' as const, 'feed' as const),
  linked: fc.boolean(),
  pin: fc.constantFrom('now' as const, 'before' as const),
  comesBack: fc.boolean(),
  tear: fc.option(
    fc.record({
      exchange: fc.integer({ min: 1, max: spendExchanges + relayExchanges + 4 }),
      moment: fc.constantFrom('before' as const, 'after' as const),
    }),
    { nil: null, freq: 2 },
  ),
});

let customers = 90_000;

it('[T5] [T31] [N2] whatever is changed, spent and torn, with and without a link, no debit is made twice and the key arrives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const one = await Counter.with(till, ++customers, '1000');
      let [before, now] = ['1000', '1000'];
      for (const [at, each] of steps.entries()) {
        one.linked(each.linked);
        if (each.do === 'change') {
          [before, now] = [now, String(2_000 + at)];
          one.changedOnPage(now);
        } else if (each.do === 'feed') one.fed(one.central.isKeyBehind(one.cardNumber));
        else {
          one.card.tearAt(each.tear?.exchange ?? never, each.tear?.moment);
          const spending = await one.spent(each.pin === 'now' ? now : before);
          if (each.comesBack && !spending.end()) await one.tap();
          await till.lift();
          await till.clock.advance(31_000);
        }
        one.card.tearAt(never);
      }
      // The holder comes once more, where there is a link.
      one.linked(true);
      one.central.put(one.cardNumber, { triesLeft: 3 });
      expect((await one.spent(now)).result()).toMatchObject({ card: 'applied' });
      await till.lift();
      expect(one.central.isKeyBehind(one.cardNumber)).toBe(false);
      expect(await one.takes(now)).toBe(true);
      const { balancePoints } = await newestOn(one.card);
      expect(till.parts.reader.card(one.cardNumber)?.balance).toBe(balancePoints);
      const tags = (await historyOf(one.card)).map(({ intentionTag }) => intentionTag);
      expect(new Set(tags).size).toBe(tags.length);
      expect(till.parts.reader.openCardIntents(one.cardNumber)).toEqual([]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);
