import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pinTries } from '#backend/cards/pins/check-pin.ts';
import { inTenant } from '#backend/db/tenancy.ts';
import { FeedItem } from '#contract/central/feed.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication } from '#native/cards/loyalty-card.ts';
import { provePin } from '#native/cards/pin-proof.ts';
import { transportTo } from '#native/simulators/card-maker.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { factoryCard, newIntention, newTillOf, Pulled, relayCard, type Traffic } from '#test/harness/card-relay.ts';
import { type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';
import { authorise, post } from '#test/harness/shop-accounts.ts';

let central: RunningCentral;
let till: CentralTill;
let card: VirtualDesfire;
let cardNumber: string;

beforeAll(async () => {
  central = await startCentral();
});
afterAll(() => central?.stop());
beforeEach(async () => {
  till = await newTillOf(central);
  card = factoryCard();
  ({ cardNumber } = await relayCard(till, card, { do: 'issue', cardNumber: null }));
});

const setPin = (
  newPin: string | null,
  pin: string | null = null,
  options: { intention?: string; traffic?: Traffic[] } = {},
) => relayCard(till, card, { do: 'set-pin', newPin, pin }, options);

const check = (pin: string | null, { at = till, intention = newIntention(), number = cardNumber } = {}) =>
  at.client().cards.checkSpend({ terminal: at.id, cardNumber: number, intention, points: 10, pin });
const pinOf = async (...asked: Parameters<typeof check>) => {
  const { pin, triesLeft } = await check(...asked);
  return [pin, triesLeft];
};

/** What the card itself says of a PIN, without any server. */
async function onCard(pin: string | null, asked = card): Promise<string> {
  const { shop, network, cardKeys } = till.enrolment;
  const key = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  const keys = {
    uid: asked.uid,
    aid: shopApplication(shop.number),
    readWriteMasterKey: key(cardKeys.readWrite),
    spendMasterKey: key(cardKeys.spend!),
  };
  asked.powerOn();
  const driver = new Desfire(transportTo(asked), predictableBytes());
  const opened = await openShopApplication(driver, { uid: asked.uid, networkId: network.id, shop: keys });
  if (!opened.ok) return opened.error.type;
  const proof = await provePin(driver, keys, pin);
  asked.powerOff();
  return proof.ok ? proof.value : proof.error.type;
}

/** Asked of a copy, which costs the card no try. */
const onCopy = (pin: string | null): Promise<string> =>
  onCard(pin, VirtualDesfire.fromJSON(card.toJSON(), predictableBytes()));

/** Tries that are used up on the card: each wrong PIN takes one more, three block it. */
async function triesOnCard(): Promise<number> {
  const copy = VirtualDesfire.fromJSON(card.toJSON(), predictableBytes());
  let left = 0;
  while ((await onCard('0000', copy)) === 'PinWrong') left++;
  return pinTries - 1 - left;
}

/** The holder changes the PIN on their own page, away from the card. */
async function changeOnPage(pin: string, newPin: string): Promise<number> {
  const { token } = await central.client().portal.signIn({ network: till.enrolment.network.id, cardNumber, pin });
  const page = central.client({ authorization: `Bearer ${token}` });
  return (await page.portal.changePin({ pin, newPin })).shops;
}
const follow = (pin: string | null, options: { intention?: string; traffic?: Traffic[] } = {}) =>
  relayCard(till, card, { do: 'follow-pin', pin }, options);
const isBehind = async (pin: string | null): Promise<boolean | undefined> => (await check(pin)).keyBehind;
/** What the shop's tills hear of it: the newest item of this card. */
async function told(): Promise<boolean | undefined> {
  const { items } = await till.client().terminals.feed({ terminal: till.id, cursor: 0 });
  const marks = items.map((item) => FeedItem.parse(item)).filter((item) => item.item === 'key-behind');
  return marks.find((mark) => mark.cardNumber === cardNumber)?.behind;
}

it('[T5] a right PIN at the counter forgets the tries from afar: later ones there are not given back by mistake', async () => {
  await setPin('4711');
  const afar = (pin: string) => central.client().portal.signIn({ network: till.enrolment.network.id, cardNumber, pin });
  await refusalOf(afar('1111'));
  expect(await pinOf('4711')).toEqual(['passed', 3]);
  expect(await pinOf('2222')).toEqual(['wrong', 2]);
  const { tries, tries_from_afar } = await central.owner
    .selectFrom('card_pins')
    .select(['tries', 'tries_from_afar'])
    .where('card_number', '=', cardNumber)
    .executeTakeFirstOrThrow();
  expect({ tries, tries_from_afar }).toEqual({ tries: 1, tries_from_afar: 0 });
});

describe('a PIN changed on the holder’s page', () => {
  it('[T5] [T31] marks the card’s key as behind, until a till has brought it up', async () => {
    await setPin('4711');
    expect([await isBehind('4711'), await told()]).toEqual([false, false]);
    expect(await changeOnPage('4711', '4711')).toBe(0);
    expect(await told()).toBe(false);
    expect(await changeOnPage('4711', '2468')).toBe(1);
    expect([await isBehind('4711'), await isBehind('2468'), await told()]).toEqual([false, true, true]);
    expect([await onCard('4711'), await onCard('2468')]).toEqual(['card', 'PinWrong']);
    const traffic: Traffic[] = [];
    expect(await follow('2468', { traffic })).toMatchObject({ cardNumber, changed: true });
    // Nine, and four for the try that was used up above.
    expect(traffic).toHaveLength(13);
    expect([await onCard('4711'), await onCard('2468')]).toEqual(['PinWrong', 'card']);
    expect([await isBehind('2468'), await told()]).toEqual([false, false]);
  });

  it('[T5] [T28] is told of where a payment is held under the new one, and by it alone', async () => {
    await setPin('4711');
    await till.push();
    await post(till, 'top-up', { cardNumber, amountMinor: 1_000 });
    const pay = (pin: string) => authorise(till, 'purse', { cardNumber, amountMinor: 100, pin });
    expect(await pay('4711')).toMatchObject({ pin: 'passed', keyBehind: false });
    await changeOnPage('4711', '2468');
    expect(await pay('2468')).toMatchObject({ pin: 'passed', keyBehind: true });
    expect(await refusalOf(pay('4711'))).toMatchObject({ type: 'PinWrong' });
    await follow('2468');
    expect(await pay('2468')).toMatchObject({ keyBehind: false });
  });

  it('[T5] lets the key follow for who knows the new one alone', async () => {
    await setPin('4711');
    await changeOnPage('4711', '2468');
    expect(await refusalOf(follow('4711'))).toMatchObject({ type: 'PinWrong', facts: { triesLeft: 2 } });
    expect(await isBehind('2468')).toBe(true);
  });

  it('[T5] torn at every exchange: one of the two opens the card, and the next tap finishes', async () => {
    await setPin('1000');
    const traffic: Traffic[] = [];
    await changeOnPage('1000', '1001');
    await follow('1001', { traffic });
    expect(traffic).toHaveLength(9);
    for (let exchange = 1; exchange <= traffic.length; exchange++) {
      const [old, next] = [String(1000 + exchange), String(1001 + exchange)];
      await changeOnPage(old, next);
      await sql`DELETE FROM sign_in_throttles`.execute(central.owner);
      const intention = newIntention();
      card.tearAt(exchange, exchange % 2 === 0 ? 'after' : 'before');
      await expect(follow(next, { intention })).rejects.toBeInstanceOf(Pulled);
      expect(await isBehind(next), `exchange ${exchange}`).toBe(true);
      expect([await onCard(old), await onCard(next)], `exchange ${exchange}`).toContain('card');
      await follow(next, { intention });
      expect([await onCard(next), await isBehind(next)], `exchange ${exchange}`).toEqual(['card', false]);
    }
  });

  it('[T5] and changed once more while the key follows: the card stays marked, and the last one stands', async () => {
    await setPin('4711');
    await changeOnPage('4711', '2468');
    const open = { terminal: till.id, intention: newIntention(), uid: Buffer.from(card.uid).toString('hex') };
    card.powerOn();
    let step = await till.client().cards.openRelay({ ...open, purpose: { do: 'follow-pin', pin: '2468' } });
    await changeOnPage('2468', '1357');
    while (step.state === 'apdu') {
      const answer = Buffer.from(card.process(Buffer.from(step.apdu, 'hex'))!).toString('hex');
      step = await till.client().cards.nextRelayStep({ terminal: till.id, relay: step.relay, step: step.step, answer });
    }
    card.powerOff();
    expect(await pinOf('2468')).toEqual(['wrong', 2]);
    expect(await isBehind('1357')).toBe(true);
    await follow('1357');
    expect([await onCard('1357'), await isBehind('1357')]).toEqual(['card', false]);
  });

  it('[T5] is caught up by a change at the counter too', async () => {
    await setPin('4711');
    await changeOnPage('4711', '2468');
    await setPin('9753');
    expect([await isBehind('9753'), await told(), await onCard('9753')]).toEqual([false, false, 'card']);
  });
});

describe('a PIN change that is torn at the counter', () => {
  const opens = async (pin: string | null) => (await onCopy(pin)) === (pin === null ? 'not-set' : 'card');
  const standing = async (pin: string | null) => [(await check(pin)).pin, await isBehind(pin), await told()];

  // What stands is what the server checks: nobody was told of a change. The next operation with a link brings the card back to it.
  it.each([
    ['a first PIN', null, '2468'],
    ['another PIN', '4711', '2468'],
    ['no PIN any more', '4711', null],
  ])(
    '[T5] [N2] %s: at every exchange one of the two opens the card, and its next tap leaves one',
    async (_, old, next) => {
      const known = old === null ? 'not-set' : 'passed';
      if (old !== null) await setPin(old);
      // A try is used up, so that giving it back is torn too.
      if (old !== null) expect(await onCard('0000')).toBe('PinWrong');
      const before = card.toJSON();
      const changedAt = new Set<boolean>();
      for (let exchange = 1; ; exchange++) {
        card = VirtualDesfire.fromJSON(before, predictableBytes());
        card.tearAt(exchange, 'after');
        const torn = await setPin(next).then(
          () => null,
          (cause) => cause,
        );
        card.tearAt(1_000_000);
        if (torn === null) break;
        expect(torn).toBeInstanceOf(Pulled);
        changedAt.add(await opens(next));
        expect(await opens(old), `exchange ${exchange}`).toBe(!(await opens(next)));
        expect(await standing(old)).toEqual([known, true, true]);
        if (next !== null) expect((await check(next)).pin).not.toBe('passed');
        await follow(old);
        expect(await standing(old)).toEqual([known, false, false]);
        expect([await opens(old), await opens(next)], `exchange ${exchange}`).toEqual([true, false]);
        if (old !== null) expect(await triesOnCard()).toBe(0);
      }
      expect(changedAt).toEqual(new Set([false, true]));
      expect(await standing(next)).toEqual([next === null ? 'not-set' : 'passed', false, false]);
      expect([await opens(old), await opens(next)]).toEqual([false, true]);
    },
  );

  it('[T5] [N2] its tries given back: torn at every exchange it stays blocked, until that is done to its end', async () => {
    await setPin('4711');
    for (let wrong = 0; wrong < pinTries; wrong++) await onCard('0000');
    expect(await onCopy('4711')).toBe('PinBlocked');
    for (const pin of ['0000', '1111', '2222']) await pinOf(pin);
    const before = card.toJSON();
    for (let exchange = 1; ; exchange++) {
      card = VirtualDesfire.fromJSON(before, predictableBytes());
      card.tearAt(exchange, 'after');
      const torn = await relayCard(till, card, { do: 'unblock-pin' }).catch((cause) => cause);
      card.tearAt(1_000_000);
      if (!(torn instanceof Error)) break;
      expect(torn).toBeInstanceOf(Pulled);
      expect(await pinOf('4711'), `exchange ${exchange}`).toEqual(['blocked', 0]);
      expect(['card', 'PinBlocked']).toContain(await onCopy('4711'));
    }
    expect([await pinOf('4711'), await onCopy('4711'), await triesOnCard()]).toEqual([['passed', 3], 'card', 0]);
  });

  it('[T5] a key follows no PIN where one is set, and no wrong one', async () => {
    await setPin('4711');
    expect(await refusalOf(follow(null))).toMatchObject({ type: 'PinRequired' });
    expect(await refusalOf(follow('2468'))).toMatchObject({ type: 'PinWrong' });
    expect(await onCopy('4711')).toBe('card');
  });
});

describe('work that a till has given up', () => {
  it('[T26] is wiped with the next feed of any till of the shop, once its time is over, and not before', async () => {
    await setPin('4711');
    const other = await newTillOf(central);
    const sealed = async () =>
      (
        await sql`SELECT 1 FROM card_relays WHERE terminal_id = ${till.id} AND sealed IS NOT NULL`.execute(
          central.owner,
        )
      ).rows.length;
    card.tearAt(5);
    await expect(setPin('2468')).rejects.toBeInstanceOf(Pulled);
    const feed = () => other.client().terminals.feed({ terminal: other.id, cursor: 0 });
    await feed();
    expect(await sealed()).toBe(1);
    await sql`UPDATE card_relays SET expires_at = now() - interval '1 second' WHERE terminal_id = ${till.id}`.execute(
      central.owner,
    );
    await feed();
    expect(await sealed()).toBe(0);
  });
});

describe('the cardholder’s PIN', () => {
  it('[T5] is set on the card and at the server by one act, changed by who knows it, and removed', async () => {
    expect(await pinOf(null)).toEqual(['not-set', null]);
    expect(await setPin('4711')).toMatchObject({ cardNumber, changed: true });
    expect([await onCard('4711'), await onCard(null)]).toEqual(['card', 'PinRequired']);
    expect(await pinOf(null)).toEqual(['required', 3]);
    expect(await pinOf('4711')).toEqual(['passed', 3]);
    expect(await refusalOf(setPin('2222', '9999'))).toMatchObject({ type: 'PinWrong', facts: { triesLeft: 2 } });
    expect(await setPin('2222', '4711')).toMatchObject({ changed: true });
    expect(await pinOf('4711')).toEqual(['wrong', 2]);
    expect(await onCard('2222')).toBe('card');
    expect(await setPin(null, '2222')).toMatchObject({ changed: true });
    expect([await pinOf(null), await onCard(null)]).toEqual([['not-set', null], 'not-set']);
  });

  it('[T5] that nobody has set is known to nobody: a first one is not set by who claims to know it', async () => {
    expect(await refusalOf(setPin('4711', '0000'))).toMatchObject({ type: 'PinWrong' });
    expect([await pinOf(null), await onCard(null)]).toEqual([['not-set', null], 'not-set']);
  });

  it('[T5] is blocked after three wrong ones, for the right one too, until the shop unblocks it', async () => {
    await setPin('4711');
    const tries = [];
    for (const pin of ['0000', '1111', '2222', '4711']) tries.push(await pinOf(pin));
    expect(tries).toEqual([
      ['wrong', 2],
      ['wrong', 1],
      ['blocked', 0],
      ['blocked', 0],
    ]);
    expect(await pinOf(null)).toEqual(['blocked', 0]);
    const intention = newIntention();
    const unblock = () => relayCard(till, card, { do: 'unblock-pin' }, { intention });
    expect(await unblock()).toMatchObject({ cardNumber });
    expect(await pinOf('0000')).toEqual(['wrong', 2]);
    await unblock();
    expect(await pinOf('1111')).toEqual(['wrong', 1]);
    expect(await relayCard(till, card, { do: 'unblock-pin' })).toMatchObject({ cardNumber });
    expect(await pinOf('4711')).toEqual(['passed', 3]);
  });

  it('[T5] is unblocked by the card itself alone: who holds a till and no card gets three tries and no more', async () => {
    await setPin('4711');
    for (const pin of ['0000', '1111', '2222']) await pinOf(pin);
    const feigned = new VirtualDesfire({ uid: card.uid, randomBytes: predictableBytes() });
    await expect(relayCard(till, feigned, { do: 'unblock-pin' })).rejects.toThrow();
    expect(await pinOf('4711')).toEqual(['blocked', 0]);
  });

  it('[T5] costs one try for one act and one PIN, however often the request comes', async () => {
    await setPin('4711');
    const intention = newIntention();
    for (let time = 0; time < 5; time++) expect(await pinOf('0000', { intention })).toEqual(['wrong', 2]);
    const together = await Promise.all(Array.from({ length: 5 }, () => pinOf('1111', { intention })));
    expect(together).toEqual(Array.from({ length: 5 }, () => ['wrong', 1]));
    expect(await pinOf('4711', { intention })).toEqual(['passed', 3]);
    expect(await pinOf('4711', { intention })).toEqual(['passed', 3]);
  });

  it('[T5] loses its try before it is looked at: a server that falls then has given none away', async () => {
    await setPin('4711');
    // What a fallen server leaves: the try is counted, and nothing is known of the PIN.
    await sql`UPDATE card_pins SET tries = 2, last_try = '\\x00', last_outcome = 'pending' WHERE card_number = ${cardNumber}`.execute(
      central.owner,
    );
    expect(await pinOf('0000')).toEqual(['blocked', 0]);
  });

  it('[T5] that was being changed when the card was pulled is the one asked for, once the card comes back', async () => {
    await setPin('4711');
    const traffic: Traffic[] = [];
    await setPin('5000', null, { traffic });
    for (let exchange = 1; exchange <= traffic.length; exchange++) {
      const newPin = String(6000 + exchange);
      card.tearAt(exchange, 'after');
      await expect(setPin(newPin)).rejects.toBeInstanceOf(Pulled);
      expect((await pinOf(newPin))[0], `exchange ${exchange}`).toBe('wrong');
      await setPin(newPin);
      expect(await onCard(newPin), `exchange ${exchange}`).toBe('card');
      expect(await pinOf(newPin), `exchange ${exchange}`).toEqual(['passed', 3]);
    }
  });

  it('[T26] stands in clear nowhere: not in a row, a log line, a command or an answer', async () => {
    const traffic: Traffic[] = [];
    const newPin = '83617452';
    await setPin('71625384', null, { traffic });
    card.tearAt(5);
    await expect(setPin(newPin, '71625384', { traffic })).rejects.toBeInstanceOf(Pulled);
    const rows = await sql`SELECT r::text FROM card_relays AS r UNION ALL SELECT p::text FROM card_pins AS p`.execute(
      central.owner,
    );
    const kept = [JSON.stringify(rows.rows), central.log.join(''), JSON.stringify(traffic)].join(' ');
    for (const pin of [newPin, '71625384']) {
      for (const form of [pin, Buffer.from(pin).toString('hex'), Buffer.from(pin).toString('base64')]) {
        expect(kept.includes(form)).toBe(false);
      }
    }
    await setPin(newPin);
    const { rows: sealed } =
      await sql`SELECT 1 FROM card_relays WHERE terminal_id = ${till.id} AND sealed IS NOT NULL`.execute(central.owner);
    expect(sealed).toEqual([]);
  });

  it('[T5] is the shop’s own: another shop has none for the same card, and sees no row of it', async () => {
    await setPin('4711');
    const stranger = await newTillOf(central, 2);
    expect(await pinOf('4711', { at: stranger })).toEqual(['not-set', null]);
    const count = (tenant: string) =>
      inTenant(
        central.app,
        tenant,
        async (trx) => (await trx.selectFrom('card_pins').select('tries').execute()).length,
      );
    expect(await count(stranger.enrolment.tenant)).toBe(0);
    expect(await count(till.enrolment.tenant)).toBeGreaterThan(0);
  });

  it('refuses what is no PIN, a card that is not the shop’s, and a number that nobody has', async () => {
    for (const wrong of ['123', '123456789', '12a4', '']) {
      expect(await refusalOf(setPin(wrong)), wrong).toMatchObject({ type: 'InvalidRequest' });
    }
    expect(await refusalOf(relayCard(till, factoryCard(), { do: 'set-pin', newPin: '4711', pin: null }))).toMatchObject(
      {
        type: 'CardNotOurs',
      },
    );
    expect(await refusalOf(check('4711', { number: '9999999900' }))).toMatchObject({
      type: 'CardUnknown',
      status: 404,
    });
  });

  it('[T37] is not looked at where the card is blocked, and the ledger’s balance is said', async () => {
    await setPin('4711');
    expect(await check('4711')).toMatchObject({ status: 'active', pin: 'passed' });
    await sql`UPDATE cards SET status = 'blocked' WHERE card_number = ${cardNumber}`.execute(central.owner);
    expect(await check('0000')).toMatchObject({ status: 'blocked', pin: 'required', triesLeft: 3 });
    expect((await check(null, { number: '0417209320' })).ledgerBalance).toBe(null);
  });
});
