import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinTries } from '#backend/cards/pins/check-pin.ts';
import { keepPin } from '#backend/cards/pins/keep-pin.ts';
import { pinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { keptSecret } from '#backend/db/embedded/secret.ts';
import { inTenant } from '#backend/db/tenancy.ts';
import { FeedItem } from '#contract/central/feed.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

const card = '0417209320';
const stranger = '0417554058';
let central: RunningCentral;
const tills: CentralTill[] = [];
const network = () => central.seed.network.id;

beforeAll(async () => {
  central = await startCentral();
  for (const shop of [1, 2]) {
    const { code } = central.seed.enrolmentCodes.find((each) => each.shop === shop)!;
    const till = await CentralTill.enrol(central.url, central.client(), code);
    till.sale(1_000 * shop, { cardNumber: card });
    till.sale(500 * shop, { cardNumber: stranger });
    await till.push();
    tills.push(till);
  }
  await setPin(0, card, '4711');
  await setPin(1, card, '0815');
});
afterAll(() => central?.stop());

/** As the counter leaves it when a card has taken its PIN. */
const setPin = (shop: number, cardNumber: string, pin: string): Promise<void> =>
  keep(tills[shop]!.enrolment.tenant, cardNumber, pin);

async function keep(tenant: string, cardNumber: string, pin: string): Promise<void> {
  const secret = await keptSecret(`${central.folder}/server.secret`, () => Buffer.alloc(32));
  const pinHash = await pinHashes(secret).hash(pin);
  await inTenant(central.app, tenant, (trx) => keepPin(trx, { tenant, cardNumber, pinHash, now: new Date() }));
}
const triesOf = async (shop: number): Promise<number> =>
  (
    await central.owner
      .selectFrom('card_pins')
      .select('tries')
      .where('tenant_id', '=', tills[shop]!.enrolment.tenant)
      .where('card_number', '=', card)
      .executeTakeFirstOrThrow()
  ).tries;
const free = () => sql`DELETE FROM sign_in_throttles`.execute(central.owner);
const signIn = (pin: string, cardNumber = card) =>
  central.client().portal.signIn({ network: network(), cardNumber, pin });
const holder = async (pin: string): Promise<CentralClient> =>
  central.client({ authorization: `Bearer ${(await signIn(pin)).token}` });

describe('the cardholder’s page', () => {
  it('[T31] [T10] opens with the card’s number and its PIN, and shows every shop the card was used in', async () => {
    const mine = await holder('4711');
    const shown = await mine.portal.card();
    expect(shown).toMatchObject({ cardNumber: card, status: 'active' });
    expect(
      shown.shops.map(({ name, operations }) => [name, operations.map(({ amountMinor }) => amountMinor)]).toSorted(),
    ).toEqual(
      [
        [tills[0]!.enrolment.shop.name, [1_000]],
        [tills[1]!.enrolment.shop.name, [2_000]],
      ].toSorted(),
    );
    expect(shown.shops.every(({ hasPin }) => hasPin)).toBe(true);
    const stored = JSON.stringify(await central.owner.selectFrom('card_sessions').selectAll().execute());
    expect(stored).toContain(card);
    await mine.portal.signOut();
    expect(await refusalOf(mine.portal.card())).toMatchObject({ type: 'NotSignedIn', status: 401 });
  });

  it('[T31] gives one answer to a wrong PIN, a card without one, an unknown card and another network', async () => {
    const refusals = [
      await refusalOf(signIn('0000')),
      await refusalOf(signIn('4711', stranger)),
      await refusalOf(signIn('4711', '9999999999')),
      await refusalOf(central.client().portal.signIn({ network: 65_535, cardNumber: card, pin: '4711' })),
    ];
    for (const each of refusals) expect(each).toEqual({ type: 'SignInRefused', status: 422 });
    await free();
  });

  it('[T5] a right PIN gives the other shops’ tries back; wrong ones never use up the counter’s last', async () => {
    await setPin(0, card, '4711');
    await setPin(1, card, '0815');
    await signIn('0815');
    expect([await triesOf(0), await triesOf(1)]).toEqual([0, 0]);
    for (let attempt = 0; attempt < 4; attempt++) await refusalOf(signIn('1111'));
    expect([await triesOf(0), await triesOf(1)]).toEqual([pinTries - 1, pinTries - 1]);
    // The right one is not looked at any more, and the answer does not tell.
    expect(await refusalOf(signIn('4711'))).toEqual({ type: 'SignInRefused', status: 422 });
    await free();
    await setPin(0, card, '4711');
    await setPin(1, card, '0815');
  });

  it('[T31] lets five tries a quarter of an hour through for a card, the right one neither', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await refusalOf(signIn('1111', stranger));
    const refused = await refusalOf(signIn('1111', stranger));
    expect(refused.type).toBe('SignInThrottled');
    expect(refused.facts!.waitMs).toBeGreaterThan(0);
    await free();
  });

  it('[T31] changes the PIN that the server checks, in the shops that knew the old one, and not without it', async () => {
    const mine = await holder('4711');
    expect(await refusalOf(mine.portal.changePin({ pin: '9999', newPin: '2468' }))).toMatchObject({ type: 'PinWrong' });
    const whoKnewTheOldOne = await holder('4711');
    const anotherCard = await setPin(0, stranger, '5555').then(() => signIn('5555', stranger));
    expect(await mine.portal.changePin({ pin: '4711', newPin: '2468' })).toEqual({ shops: 1 });
    expect(await refusalOf(whoKnewTheOldOne.portal.declareLost())).toMatchObject({ type: 'NotSignedIn' });
    expect((await mine.portal.card()).shops.map(({ keyBehind }) => keyBehind).toSorted()).toEqual([false, true]);
    const theirs = await central.client({ authorization: `Bearer ${anotherCard.token}` }).portal.card();
    expect(theirs).toMatchObject({ cardNumber: stranger, status: 'active' });
    expect(theirs.shops.some(({ keyBehind }) => keyBehind)).toBe(false);
    expect(await refusalOf(signIn('4711'))).toMatchObject({ type: 'SignInRefused' });
    await holder('2468');
    await holder('0815');
    expect(await refusalOf(mine.portal.changePin({ pin: '2468', newPin: '12' }))).toMatchObject({
      type: 'InvalidRequest',
    });
    const stored = JSON.stringify(await central.owner.selectFrom('card_pins').selectAll().execute());
    expect(stored).not.toContain('2468');
    await free();
  });

  it('[T31] [T20] a card declared lost is on every shop’s hot list with the next feed', async () => {
    const cursors = await Promise.all(
      tills.map(async (till) => (await till.client().terminals.feed({ terminal: till.id, cursor: 0 })).cursor),
    );
    const lost = await (await holder('0815')).portal.declareLost();
    expect(lost.status).toBe('blocked');
    for (const [at, till] of tills.entries()) {
      const { items } = await till.client().terminals.feed({ terminal: till.id, cursor: cursors[at]! });
      expect(items.map((item) => FeedItem.parse(item))).toContainEqual({
        item: 'blocked-card',
        cardNumber: card,
        blocked: true,
      });
    }
    await free();
    expect((await (await holder('0815')).portal.card()).status).toBe('blocked');
  });

  it('[T31] a loss that is declared over and over is one loss: no till hears of it again', async () => {
    const mine = await holder('0815');
    const cursor = async (till: CentralTill) =>
      (await till.client().terminals.feed({ terminal: till.id, cursor: 0 })).cursor;
    const before = await cursor(tills[1]!);
    const again = await Promise.all(Array.from({ length: 20 }, () => mine.portal.declareLost()));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set(['blocked']));
    expect(await cursor(tills[1]!)).toBe(before);
    await free();
  });

  it('[T5] [T31] changes the PIN in every shop that knew it, as many as a card has room for', async () => {
    const cardNumber = '0417209417';
    const { tenant } = tills[0]!.enrolment;
    const { rows: shops } = await sql<{ tenant_id: string }>`
      INSERT INTO tenants SELECT (jsonb_populate_record(shop, jsonb_build_object('tenant_id', gen_random_uuid(), 'number', 900 + nth))).*
      FROM tenants AS shop, generate_series(1, 14) AS nth WHERE shop.tenant_id = ${tenant} RETURNING tenant_id
    `.execute(central.owner);
    for (const { tenant_id } of shops) await keep(tenant_id, cardNumber, '4711');
    const mine = central.client({ authorization: `Bearer ${(await signIn('4711', cardNumber)).token}` });
    expect(await mine.portal.changePin({ pin: '4711', newPin: '2468' })).toEqual({ shops: 14 });
    expect(await refusalOf(signIn('4711', cardNumber))).toMatchObject({ type: 'SignInRefused' });
    const behind = central.owner.selectFrom('card_pins').select('tenant_id').where('key_behind', '=', true);
    expect(await behind.where('card_number', '=', cardNumber).execute()).toHaveLength(14);
    await free();
  });

  it('[T26] no PIN and no card’s number is in the log', () => {
    const log = central.log.join('');
    for (const secret of ['4711', '0815', '2468', card])
      expect(log).not.toMatch(new RegExp(`(?<![0-9a-f-])${secret}(?![0-9a-f-])`));
  });
});

describe('the cardholder’s page, to who attacks it with requests by hand', () => {
  const ask = (method: string, path: string, body?: unknown, bearer?: string) =>
    fetch(`${central.url}/v1/portal/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer === undefined ? {} : { authorization: bearer }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const typeOf = async (answer: Response): Promise<unknown> =>
    ((await answer.json()) as { data?: { type?: unknown } }).data?.type;

  it('looks at no more PINs at once than one after the other', async () => {
    await free();
    await setPin(0, card, '4711');
    await setPin(1, card, '0815');
    const pins = Array.from({ length: 40 }, (_, at) => String(3_000 + at));
    const answers = await Promise.all(
      pins.map((pin) => ask('POST', 'sessions', { network: network(), cardNumber: card, pin })),
    );
    const types = await Promise.all(answers.map(typeOf));
    expect(types.filter((type) => type === 'SignInRefused').length).toBeLessThanOrEqual(5);
    expect(new Set(types)).toEqual(new Set(['SignInRefused', 'SignInThrottled']));
    expect([await triesOf(0), await triesOf(1)]).toEqual([pinTries - 1, pinTries - 1]);
    await free();
  });

  it('gives nothing without a session, whatever stands in its place', async () => {
    const { token } = await setPin(0, stranger, '5555').then(() => signIn('5555', stranger));
    const others = [
      undefined,
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${'a'.repeat(7_000)}`,
    ];
    for (const bearer of [...others, "Bearer ' OR 1=1 --"]) {
      for (const [method, path] of [
        ['GET', 'card'],
        ['POST', 'card/loss'],
        ['DELETE', 'sessions'],
      ] as const) {
        expect((await ask(method, path, undefined, bearer)).status, `${method} ${path} ${bearer}`).toBe(401);
      }
    }
    // A card is named by the session alone.
    const mine = `Bearer ${token}`;
    const shown = await ask('GET', `card?cardNumber=${card}`, undefined, mine);
    expect(JSON.stringify(await shown.json())).not.toContain(card);
    const lost = await ask('POST', 'card/loss', { cardNumber: '0000000000', network: network() }, mine);
    expect(await lost.json()).toMatchObject({ cardNumber: stranger, status: 'blocked' });
    expect((await ask('GET', 'card/loss', undefined, mine)).status).toBe(404);
  });

  it('is refused over PINs, numbers and networks that are none', async () => {
    const good = { network: network(), cardNumber: card, pin: '4711' };
    const bad = [{ pin: 4711 }, { pin: '4'.repeat(13) }, { pin: ['4711'] }, { pin: { $ne: '' } }, { cardNumber: '1' }];
    for (const wrong of [...bad, { network: 0 }, { network: 1.5 }, { network: '1 OR 1=1' }]) {
      const { status } = await ask('POST', 'sessions', { ...good, ...wrong });
      expect(status, JSON.stringify(wrong)).toBe(422);
    }
  });

  it('a session that a wrong PIN is tried with has no more tries than one that signs in', async () => {
    await free();
    const { token } = await signIn('5555', stranger);
    const change = (pin: string) => ask('PUT', 'card/pin', { pin, newPin: '8642' }, `Bearer ${token}`);
    const types = [];
    for (let at = 0; at < 8; at++) types.push(await typeOf(await change(String(6_000 + at))));
    expect(types.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'PinWrong'));
    expect(types.slice(5)).toEqual(Array.from({ length: 3 }, () => 'SignInThrottled'));
    expect(await typeOf(await change('5555'))).toBe('SignInThrottled');
    await free();
  });
});

it('another card’s rows stay out of reach, also to SQL written by hand', async () => {
  const seen = await central.app.transaction().execute(async (trx) => {
    await sql`SELECT set_config('app.network', ${String(network())}, true), set_config('app.card', ${card}, true)`.execute(
      trx,
    );
    const { rows } = await sql<{ table: string; card_number: string }>`
      SELECT 'ledger' AS table, card_number FROM card_ledger UNION SELECT 'operations', card_number FROM card_operations
      UNION SELECT 'pins', card_number FROM card_pins ORDER BY 1
    `.execute(trx);
    return rows;
  });
  expect(seen).toEqual(['ledger', 'operations', 'pins'].map((table) => ({ table, card_number: card })));
});
