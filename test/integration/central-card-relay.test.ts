import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#backend/compose.ts';
import { inTenant } from '#backend/db/tenancy.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { factoryCard, newIntention, newTillOf, relayCard, uidOf } from '#test/harness/card-relay.ts';
import { cardSecretsIn } from '#test/harness/card-secrets.ts';
import { type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';

const issue = { do: 'issue', cardNumber: null } as const;
let central: RunningCentral;
let till: CentralTill;
let offsetMs = 0;

beforeAll(async () => {
  const clock = systemClock();
  central = await startCentral({ clock: { ...clock, wallMs: () => clock.wallMs() + offsetMs } });
});
beforeEach(async () => {
  till = await newTillOf(central);
});
afterAll(() => central?.stop());

const open = (at: CentralTill, card = factoryCard(), intention = newIntention()) =>
  at.client().cards.openRelay({ terminal: at.id, intention, uid: uidOf(card), purpose: issue });
type Step = Awaited<ReturnType<typeof open>>;
const answer = (at: CentralTill, { relay }: Step, step: number, hex: string) =>
  at.client().cards.nextRelayStep({ terminal: at.id, relay, step, answer: hex });
const noApplication = '91a0';

describe('a step of card work', () => {
  it('[T4] asked again gets the same answer, and no other answer may follow', async () => {
    const card = factoryCard();
    const intention = newIntention();
    const first = await open(till, card, intention);
    expect(first).toMatchObject({ state: 'apdu', step: 0, apdu: '905a00000301c0f400' });
    expect(await open(till, card, intention)).toEqual(first);
    const second = await answer(till, first, 0, noApplication);
    expect(second).toMatchObject({ state: 'apdu', step: 1 });
    expect(await answer(till, first, 0, noApplication)).toEqual(second);
    const third = await answer(till, first, 1, '9100');
    expect(await answer(till, first, 0, noApplication)).toEqual(second);
    expect(await answer(till, first, 1, '9100')).toEqual(third);
    expect(await refusalOf(answer(till, first, 7, '9100'))).toMatchObject({ type: 'RelayEnded', facts: { step: 2 } });
    expect(await refusalOf(answer(till, first, 0, '9100'))).toMatchObject({ type: 'RelayEnded', status: 409 });
    expect(await refusalOf(answer(till, first, 2, '9100'))).toMatchObject({
      type: 'RelayEnded',
      facts: { why: 'ended' },
    });
  });

  it('asked again after the end gets the end again', async () => {
    const first = await open(till);
    const fault = await refusalOf(answer(till, first, 0, '911c'));
    expect(fault).toMatchObject({ type: 'CardFault' });
    expect(await refusalOf(answer(till, first, 0, '911c'))).toEqual(fault);
    expect(await refusalOf(answer(till, first, 1, '9100'))).toMatchObject({ type: 'RelayEnded' });
  });

  it('[T26] is taken from the terminal that began, and from no other, of this shop or of another', async () => {
    const first = await open(till);
    const neighbour = await newTillOf(central);
    const stranger = await newTillOf(central, 2);
    for (const other of [neighbour, stranger]) {
      expect(await refusalOf(answer(other, first, 0, noApplication))).toMatchObject({ type: 'NotFound', status: 404 });
      const { relay } = first;
      const asked = { terminal: till.id, relay, step: 0, answer: noApplication };
      expect(await refusalOf(other.client().cards.nextRelayStep(asked))).toMatchObject({ type: 'NotFound' });
    }
    expect(await answer(till, first, 0, noApplication)).toMatchObject({ step: 1 });
  });

  it('comes to nothing two minutes after the work began, or once the terminal has begun another', async () => {
    const [first, second] = [await open(till), await open(till)];
    expect(await refusalOf(answer(till, first, 0, noApplication))).toMatchObject({ type: 'RelayEnded' });
    offsetMs = 121_000;
    till.clockOffsetMs = offsetMs;
    try {
      expect(await refusalOf(answer(till, second, 0, noApplication))).toMatchObject({ facts: { why: 'expired' } });
    } finally {
      offsetMs = 0;
    }
    const live =
      await sql`SELECT 1 FROM card_relays WHERE terminal_id = ${till.id} AND (sealed IS NOT NULL OR transcript <> '{}')`.execute(
        central.owner,
      );
    expect(live.rows).toEqual([]);
  });

  it('is one of at most 150: a card that never comes to an end is none', async () => {
    let step = await open(till);
    const endless = async () => {
      for (let count = 0; count < 160; count++) step = await answer(till, step, count, '91af');
    };
    expect(await refusalOf(endless())).toMatchObject({ type: 'RelayEnded', facts: { why: 'steps' } });
  });

  it('with any bytes for an answer is refused in the contract’s words, and leaves the server at work', async () => {
    for (const hex of [
      '',
      '00',
      '9000',
      '6a82',
      '91',
      '91af',
      randomBytes(64).toString('hex'),
      `${'00'.repeat(16)}9100`,
    ]) {
      const first = await open(till);
      const second = await answer(till, first, 0, hex).catch((cause) => cause.data);
      if (second.state === 'apdu') continue;
      expect(second.type, hex).toMatch(/^(CardFault|CardNotOurs)$/);
    }
    expect(await relayCard(till, factoryCard(), issue)).toMatchObject({ changed: true });
  });
});

describe('what is kept of card work', () => {
  it('[T26] is no key and no random number: seed and answers lie sealed or are gone', async () => {
    const card = factoryCard();
    card.powerOn();
    let step = await open(till, card);
    for (let count = 0; count < 9 && step.state === 'apdu'; count++) {
      step = await answer(
        till,
        step,
        step.step,
        Buffer.from(card.process(Buffer.from(step.apdu, 'hex'))!).toString('hex'),
      );
    }
    const dump = async () =>
      JSON.stringify((await sql`SELECT relay::text FROM card_relays AS relay`.execute(central.owner)).rows);
    const live = await dump();
    for (const { name, key } of cardSecretsIn(central.seed.cards, card.uid, []))
      expect(live.includes(key), name).toBe(false);
    card.powerOff();
    await relayCard(till, card, issue);
    const { rows } = await sql<{ sealed: number; answers: number }>`
      SELECT count(sealed) AS sealed, coalesce(sum(cardinality(transcript)), 0)::int AS answers
      FROM card_relays WHERE terminal_id = ${till.id}
    `.execute(central.owner);
    expect(rows).toEqual([{ sealed: 0, answers: 0 }]);
  });

  it('[T26] is seen by its own shop alone', async () => {
    await open(till);
    const stranger = await newTillOf(central, 2);
    const seen = (tenant: string, table: string) =>
      inTenant(central.app, tenant, async (trx) => {
        const { rows } = await sql<{ n: number }>`
          SELECT count(*) AS n FROM ${sql.table(table)} WHERE tenant_id = ${till.enrolment.tenant}
        `.execute(trx);
        return rows[0]!.n;
      });
    await relayCard(till, factoryCard(), issue);
    for (const table of ['card_relays', 'card_openings']) {
      expect(await seen(till.enrolment.tenant, table)).toBeGreaterThan(0);
      expect(await seen(stranger.enrolment.tenant, table)).toBe(0);
    }
    const lots = await inTenant(central.app, stranger.enrolment.tenant, (trx) =>
      trx.selectFrom('card_lots').select('lot').execute(),
    );
    expect(lots).toEqual([{ lot: 2 }]);
    const cards = await inTenant(central.app, stranger.enrolment.tenant, (trx) =>
      trx.selectFrom('cards').selectAll().where('tenant_id', '=', till.enrolment.tenant).execute(),
    );
    expect(cards).toEqual([]);
  });
});

describe('the stock of a shop', () => {
  const asked = (cardNumber: string) => ({ do: 'issue', cardNumber }) as const;

  it('[T32] gives its numbers in order, and each once, also when tills ask at the same time', async () => {
    const tills = [till, await newTillOf(central), await newTillOf(central)];
    const issued = await Promise.all(tills.map((each) => relayCard(each, factoryCard(), issue)));
    const numbers = issued.map(({ cardNumber }) => cardNumber).sort();
    expect(new Set(numbers).size).toBe(3);
    expect(Number(numbers[2]!.slice(0, 8)) - Number(numbers[0]!.slice(0, 8))).toBe(2);
  });

  it('[T32] gives the number that is printed on the card, if it is the shop’s and free', async () => {
    const printed = cardNumberOf(5_000_900);
    expect(await relayCard(till, factoryCard(), asked(printed))).toMatchObject({ cardNumber: printed });
    const refused = async (cardNumber: string) => refusalOf(relayCard(till, factoryCard(), asked(cardNumber)));
    expect(await refused(printed)).toMatchObject({ type: 'CardNumberTaken', status: 409 });
    expect(await refused('0417209320')).toMatchObject({ type: 'CardUnknown' });
    expect(await refused(cardNumberOf(5_001_003))).toMatchObject({ type: 'CardNumberTaken' });
    expect(await refused(cardNumberOf(77_000_000))).toMatchObject({ type: 'CardUnknown', status: 404 });
    expect(await refused('0500090100')).toMatchObject({ type: 'CardUnknown' });
    const card = factoryCard();
    await relayCard(till, card, issue);
    const other = relayCard(till, card, asked(cardNumberOf(5_000_901)));
    expect(await refusalOf(other)).toMatchObject({ type: 'CardNotBlank' });
  });

  it('[T32] runs out, and passes over the numbers that were taken out of turn', async () => {
    const second = await newTillOf(central, 2);
    const last = cardNumberOf(5_001_001);
    await relayCard(second, factoryCard(), asked(last));
    await sql`UPDATE card_lots SET last_data = 5001002 WHERE lot = 2`.execute(central.owner);
    const numbers = [];
    for (let count = 0; count < 2; count++) numbers.push((await relayCard(second, factoryCard(), issue)).cardNumber);
    expect(numbers).toEqual([cardNumberOf(5_001_000), cardNumberOf(5_001_002)]);
    expect(await refusalOf(relayCard(second, factoryCard(), issue))).toMatchObject({ type: 'NoCardsInStock' });
  });
});
