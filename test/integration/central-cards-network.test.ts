import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTenant } from '#backend/db/tenancy.ts';
import { wordsOf } from '#backend/loyalty/customers/name-index.ts';
import { openPerson } from '#backend/loyalty/customers/person.ts';
import { sealWith } from '#backend/pki/sealing.ts';
import type { FeedItem } from '#contract/central/index.ts';
import type { CustomerChange } from '#contract/central/office-cards.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { handLot } from '#test/harness/card-lots.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill } from '#test/harness/ledger-till.ts';

let central: RunningCentral;
let manager: CentralClient;
let elsewhere: CentralClient;
let cards = 20_000_000;
const newNumber = () => cardNumberOf(cards++);

beforeAll(async () => {
  central = await startCentral();
  await handLot(central, 1, cards);
  manager = await officeOf('manager');
  elsewhere = await officeOf('manager-2');
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const { pin } = central.seed.staff.find((person) => person.code === code)!;
  const { token } = await central.client().office.signIn({ code, password: pin });
  return central.client({ authorization: `Bearer ${token}` });
}

async function newTill(office: CentralClient): Promise<LedgerTill> {
  const { code } = await office.office.enrolmentCode({ label: 'Caisse' });
  return new LedgerTill(await CentralTill.enrol(central.url, central.client(), code));
}

const showOf = async ({ till }: LedgerTill, cardNumber: string) =>
  (await till.client().cards.show({ terminal: till.id, cardNumber })).ledger;

/** A till that follows its feed, as the service does: what it knows of cards after each round. */
class FollowingTill {
  readonly #till: LedgerTill;
  #cursor = 0;
  readonly blocked = new Set<string>();
  readonly open = new Map<string, Extract<FeedItem, { item: 'open-write' }>['write']>();
  readonly members = new Map<string, Extract<FeedItem, { item: 'member' }>>();
  constructor(till: LedgerTill) {
    this.#till = till;
  }
  async round(): Promise<void> {
    for (let more = true; more; ) {
      const { till } = this.#till;
      const page = await till.client().terminals.feed({ terminal: till.id, cursor: this.#cursor });
      for (const item of page.items) this.#apply(item);
      [this.#cursor, more] = [page.cursor, page.more];
    }
  }
  #apply(item: FeedItem): void {
    if (item.item === 'blocked-card') this.blocked[item.blocked ? 'add' : 'delete'](item.cardNumber);
    if (item.item === 'member') this.members.set(item.cardNumber, item);
    if (item.item !== 'open-write') return;
    if (item.settled) this.open.delete(item.write.intention);
    else this.open.set(item.write.intention, item.write);
  }
}

describe('the hot list', () => {
  it('[T20] a card blocked at one shop is refused at the other’s tills after one feed round, and put back the same way', async () => {
    const [here, there] = [await newTill(manager), await newTill(elsewhere)];
    const following = new FollowingTill(there);
    const card = here.issue(newNumber());
    await here.push();
    await following.round();
    expect(following.blocked.has(card.cardNumber)).toBe(false);
    here.block(card.cardNumber);
    await here.push();
    await following.round();
    expect(following.blocked.has(card.cardNumber)).toBe(true);
    expect(await showOf(there, card.cardNumber)).toMatchObject({ status: 'blocked', balance: null });
    here.block(card.cardNumber, false);
    await here.push();
    await following.round();
    expect(following.blocked.has(card.cardNumber)).toBe(false);
    expect(await showOf(here, card.cardNumber)).toMatchObject({ status: 'active' });
  });

  it('[T20] the office blocks a card too; the auditor looks on, and of a card nobody knows there is nothing to block', async () => {
    const [here, there] = [await newTill(manager), await newTill(elsewhere)];
    const following = new FollowingTill(there);
    const card = here.issue(newNumber());
    await here.push();
    const block = { cardNumber: card.cardNumber, blocked: true, reason: 'stolen' as const };
    const auditor = await officeOf('auditor');
    expect(await refusalOf(auditor.office.blockCard(block))).toMatchObject({ type: 'NotAllowed' });
    expect(await refusalOf(manager.office.blockCard({ ...block, cardNumber: newNumber() }))).toMatchObject({
      status: 404,
    });
    expect(await manager.office.blockCard(block)).toEqual({ status: 'blocked' });
    expect(await auditor.office.card({ cardNumber: card.cardNumber })).toMatchObject({
      status: 'blocked',
      blockReason: 'stolen',
    });
    await following.round();
    expect(following.blocked.has(card.cardNumber)).toBe(true);
    expect((await manager.office.cards({ status: 'blocked', search: card.cardNumber })).cards).toHaveLength(1);
    expect(await manager.office.blockCard({ ...block, blocked: false, reason: 'found' })).toEqual({ status: 'active' });
  });

  it('two shops that block cards at the same moment both get through', async () => {
    const [here, there] = [await newTill(manager), await newTill(elsewhere)];
    const numbers = Array.from({ length: 12 }, newNumber);
    for (const number of numbers) here.block(number);
    for (const number of numbers.toReversed()) there.block(number);
    await Promise.all([here.push(), there.push()]);
    const following = new FollowingTill(here);
    await following.round();
    expect(numbers.filter((number) => !following.blocked.has(number))).toEqual([]);
  });
});

describe('a replaced card', () => {
  it('[T1] [T20] goes out of use for good, and its balance moves in every shop that knows it, whatever comes late', async () => {
    const [here, there] = [await newTill(manager), await newTill(elsewhere)];
    const [atHome, away] = [new FollowingTill(here), new FollowingTill(there)];
    const old = here.issue(newNumber(), 10);
    here.sell(old, 4_000);
    await here.push();
    const oldAway = there.issue(old.cardNumber, 5, 'joined');
    there.sell(oldAway, 7_000);
    await there.push();
    const fresh = here.issue(newNumber());
    const move = here.replace(old, fresh, { points: 50, spendMinor: 4_000 });
    await here.push();
    await Promise.all([atHome.round(), away.round()]);

    for (const till of [atHome, away]) expect(till.blocked.has(old.cardNumber)).toBe(true);
    expect(await showOf(here, fresh.cardNumber)).toMatchObject({
      balance: 50,
      totalSpendMinor: 4_000,
      pendingPoints: 50,
    });
    expect(await showOf(here, old.cardNumber)).toMatchObject({ balance: 0, status: 'replaced' });
    expect(await showOf(there, fresh.cardNumber)).toMatchObject({
      balance: 75,
      totalSpendMinor: 7_000,
      pendingPoints: 75,
    });
    expect([...atHome.open.values()].filter(({ cardNumber }) => cardNumber === fresh.cardNumber)).toEqual([
      expect.objectContaining({ intention: move.intention, operation: 'adjust', points: 50, spendMinor: 4_000 }),
    ]);
    expect([...away.open.values()].filter(({ cardNumber }) => cardNumber === fresh.cardNumber)).toEqual([
      expect.objectContaining({ operation: 'adjust', points: 75, spendMinor: 7_000 }),
    ]);

    // A till of the other shop was offline, and had seen the old card once more.
    there.sell(oldAway, 1_000);
    await there.push();
    expect(await showOf(there, old.cardNumber)).toMatchObject({ balance: 0, totalSpendMinor: 0 });
    expect(await showOf(there, fresh.cardNumber)).toMatchObject({
      balance: 85,
      totalSpendMinor: 8_000,
      pendingPoints: 85,
    });
    here.block(old.cardNumber, false);
    await here.push();
    expect(await showOf(here, old.cardNumber)).toMatchObject({ status: 'replaced' });
    await atHome.round();
    expect(atHome.blocked.has(old.cardNumber)).toBe(true);
  });

  it('[T20] a row of replacements ends at the last card, and one that leads back to itself goes nowhere', async () => {
    const till = await newTill(manager);
    const [first, second, third] = [till.issue(newNumber(), 30), till.issue(newNumber()), till.issue(newNumber())];
    till.replace(first, second, { points: 30, spendMinor: 0 });
    till.replace(second, third, { points: 30, spendMinor: 0 }, 'merge');
    till.replace(third, first, { points: 0, spendMinor: 0 }, 'merge');
    await till.push();
    till.sell(first, 500);
    await till.push();
    const balances = await Promise.all(
      [first, second, third].map(async ({ cardNumber }) => (await showOf(till, cardNumber)).balance),
    );
    expect(balances).toEqual([0, 0, 35]);
  });
});

const nobody: CustomerChange = {
  ...{ name: null, birthday: null, phone: null, email: null, language: null, ticketByEmail: false },
  consents: { sms: false, email: false, mail: false },
};
const adjoua: CustomerChange = {
  ...nobody,
  ...{ name: 'Adjoua N’Guessan', birthday: '1987-03-14', phone: '+225 07 08 09 10 11', email: 'adjoua@example.org' },
  consents: { sms: true, email: false, mail: false },
};

describe('a cardholder', () => {
  it('[T2] is given to a card later, found by the beginnings of the name, and known to tills without it', async () => {
    const till = await newTill(manager);
    const following = new FollowingTill(till);
    const { cardNumber } = till.issue(newNumber(), 10);
    await till.push();
    expect(await manager.office.customer({ cardNumber })).toEqual({ customer: null });
    const { customer } = await manager.office.putCustomer({ cardNumber, customer: adjoua });
    expect(customer.consents).toEqual({
      sms: { granted: true, atMs: expect.any(Number), by: 'manager' },
      email: null,
      mail: null,
    });
    expect((await showOf(till, cardNumber)).holder).toBe('Adjoua');
    await following.round();
    expect(following.members.get(cardNumber)).toEqual({
      ...{
        item: 'member',
        cardNumber,
        birthday: '03-14',
        birthdayBonusYear: null,
        language: null,
        ticketByEmail: false,
      },
    });
    const found = async (search: string) => (await manager.office.cards({ search })).cards.map(({ holder }) => holder);
    expect(await found('nguess adj')).toEqual(['Adjoua N’Guessan']);
    expect(await found('ADJOUA')).toEqual(['Adjoua N’Guessan']);
    expect(await found('guessan')).toEqual([]);
    expect(await found('a')).toEqual([]);
    expect(await found(cardNumber.slice(0, 6))).toContain('Adjoua N’Guessan');
    expect(await (await elsewhere.office.cards({ search: 'adjoua' })).cards).toEqual([]);

    const later = await manager.office.putCustomer({
      cardNumber,
      customer: { ...adjoua, ticketByEmail: true, consents: { sms: true, email: true, mail: false } },
    });
    expect(later.customer.consents.sms).toEqual(customer.consents.sms);
    expect(later.customer.consents.email).toMatchObject({ granted: true, by: 'manager' });
    await following.round();
    expect(following.members.get(cardNumber)).toMatchObject({ ticketByEmail: true });
    const auditor = await officeOf('auditor');
    expect((await auditor.office.customer({ cardNumber })).customer?.name).toBe('Adjoua N’Guessan');
    expect(await refusalOf(auditor.office.putCustomer({ cardNumber, customer: nobody }))).toMatchObject({
      type: 'NotAllowed',
    });
    expect(await refusalOf(auditor.office.eraseCustomer({ cardNumber }))).toMatchObject({ type: 'NotAllowed' });
  });

  it('[T18] the year of a birthday bonus is told to every till, so that it is given once', async () => {
    const till = await newTill(manager);
    const following = new FollowingTill(till);
    const card = till.issue(newNumber());
    await till.push();
    await manager.office.putCustomer({ cardNumber: card.cardNumber, customer: adjoua });
    till.sell(card, 1_000, 'applied', [{ what: 'birthday', points: 50 }]);
    await till.push();
    await following.round();
    expect(following.members.get(card.cardNumber)?.birthdayBonusYear).toBe(new Date().getUTCFullYear());
  });

  it('[T18] a bonus that two tills without a link have both given is a case that names both, and counts', async () => {
    const [one, two] = [await newTill(manager), await newTill(manager)];
    const card = one.issue(newNumber());
    await one.push();
    await manager.office.putCustomer({ cardNumber: card.cardNumber, customer: adjoua });
    const copy = { ...card };
    const both: NonNullable<Parameters<LedgerTill['sell']>[3]> = [
      { what: 'welcome', points: 20 },
      { what: 'birthday', points: 50 },
    ];
    const first = one.sell(card, 1_000, 'applied', both);
    await one.push();
    const found = async () =>
      (await manager.office.cases({ search: card.cardNumber })).cases.filter(({ kind }) => kind === 'BonusTwice');
    expect(await found()).toEqual([]);
    const second = two.sell(copy, 2_000, 'not-applied', both);
    await two.push();
    const cases = await found();
    const named = cases.map(({ evidence: [facts] }) =>
      (facts!.given as { intention: string }[]).map((each) => each.intention),
    );
    expect(named).toEqual([
      [first.intention, second.intention],
      [first.intention, second.intention],
    ]);
    expect((await showOf(one, card.cardNumber)).balance).toBe(10 + 20 + 2 * 70);
  });

  describe('a welcome on a card, and another on the one that it became', () => {
    const found = async (...numbers: string[]) => {
      const all = await Promise.all(numbers.map((search) => manager.office.cases({ search })));
      return all.flatMap(({ cases }) => cases.filter(({ kind }) => kind === 'BonusTwice'));
    };
    const namedIn = (cases: Awaited<ReturnType<typeof found>>) =>
      cases.map(({ cardNumber, evidence: [facts] }) => ({
        on: cardNumber,
        given: (facts!.given as { cardNumber: string }[]).map((each) => each.cardNumber),
      }));

    it('[T18] is one case when a card is replaced, again when that one is, and never a second for the same words', async () => {
      const till = await newTill(manager);
      const old = till.issue(newNumber(), 50);
      till.sell(old, 1_000);
      const second = till.issue(newNumber(), 50);
      const move = till.replace(old, second, { points: 60, spendMinor: 1_000 });
      await till.push();
      const one = { on: second.cardNumber, given: [old.cardNumber, second.cardNumber] };
      expect(namedIn(await found(old.cardNumber, second.cardNumber))).toEqual([one]);
      expect((await showOf(till, second.cardNumber)).balance).toBe(110);
      const [{ key } = { key: '' }] = await found(second.cardNumber);
      await manager.office.settleCase({ key, decision: 'explained', note: 'La carte était perdue.' });

      till.heal(second, move);
      const third = till.issue(newNumber(), 50);
      till.replace(second, third, { points: 110, spendMinor: 1_000 });
      till.replace(old, second, { points: 0, spendMinor: 0 });
      await till.push();
      const two = { on: third.cardNumber, given: [old.cardNumber, third.cardNumber] };
      expect(namedIn(await found(old.cardNumber, second.cardNumber, third.cardNumber))).toEqual([one, two]);
    });

    it('[T18] is one where two cards are merged, and where a till’s sale of the old card comes late', async () => {
      const [till, late] = [await newTill(manager), await newTill(manager)];
      const one = till.issue(newNumber());
      const two = till.issue(newNumber(), 50);
      const copy = { ...one };
      till.replace(one, two, { points: 0, spendMinor: 0 }, 'merge');
      await till.push();
      expect(await found(one.cardNumber, two.cardNumber)).toEqual([]);
      late.sell(copy, 1_000, 'applied', [{ what: 'welcome', points: 50 }]);
      await late.push();
      const both = [two.cardNumber, one.cardNumber];
      expect(namedIn(await found(...both))).toEqual([{ on: one.cardNumber, given: both }]);
    });

    it('[T18] is none where one of them had it alone, or where the cards stay two', async () => {
      const till = await newTill(manager);
      const [old, other] = [till.issue(newNumber(), 50), till.issue(newNumber(), 50)];
      const fresh = till.issue(newNumber());
      till.replace(old, fresh, { points: 50, spendMinor: 0 });
      await till.push();
      expect(await found(old.cardNumber, other.cardNumber, fresh.cardNumber)).toEqual([]);
    });
  });

  it('[T2] is erased: unreadable for ever, while no hash and no balance changes (invariant 24)', async () => {
    const till = await newTill(manager);
    const { tenant } = till.till.enrolment;
    const card = till.issue(newNumber(), 10);
    const { cardNumber } = card;
    till.sell(card, 4_000);
    await till.push();
    await manager.office.putCustomer({ cardNumber, customer: adjoua });
    const row = async () =>
      central.owner.selectFrom('customers').selectAll().where('card_number', '=', cardNumber).executeTakeFirstOrThrow();
    const standing = async () => {
      const { rows } = await sql<{ hash: string }>`SELECT encode(hash, 'hex') AS hash FROM journal_entries
        WHERE tenant_id = ${tenant} ORDER BY terminal_id, epoch, seq`.execute(central.owner);
      const ledger = await central.owner
        .selectFrom('card_ledger')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .execute();
      return createHash('sha256').update(JSON.stringify({ rows, ledger })).digest('hex');
    };
    const secret = (await readFile(join(central.folder, 'server.secret'), 'utf8')).trim();
    const seal = sealWith(secret, () => Buffer.alloc(12));
    const before = await row();
    expect(openPerson(seal, before)?.name).toBe('Adjoua N’Guessan');
    for (const word of ['Adjoua', 'Guessan', 'example.org', '1987']) {
      expect(JSON.stringify({ ...before, text: before.sealed!.toString('latin1') })).not.toContain(word);
    }
    const stood = await standing();

    expect(await manager.office.eraseCustomer({ cardNumber })).toEqual({ done: true });
    expect(await standing()).toBe(stood);
    const after = await row();
    expect(after).toMatchObject({ person_key: null, sealed: null });
    const names = central.owner.selectFrom('customer_names').select('entry');
    expect(await names.where('customer_id', '=', before.customer_id).execute()).toEqual([]);
    // A copy of the sealed data, as an old file would hold it, opens with nothing that the server has.
    expect(openPerson(seal, { ...before, person_key: after.person_key })).toBeNull();
    expect(await manager.office.customer({ cardNumber })).toEqual({ customer: null });
    expect(await showOf(till, cardNumber)).toMatchObject({ holder: null, balance: 50 });
    for (const word of wordsOf(adjoua.name!))
      expect((await manager.office.cards({ search: word })).cards.map((each) => each.cardNumber)).not.toContain(
        cardNumber,
      );
    const following = new FollowingTill(till);
    await following.round();
    expect(following.members.get(cardNumber)).toMatchObject({ birthday: null, language: null, ticketByEmail: false });
    expect(await refusalOf(manager.office.eraseCustomer({ cardNumber }))).toMatchObject({ type: 'NotFound' });
  });

  it('[T20] goes on to the card that replaces theirs', async () => {
    const till = await newTill(manager);
    const [old, fresh] = [till.issue(newNumber(), 10), till.issue(newNumber())];
    await till.push();
    await manager.office.putCustomer({ cardNumber: old.cardNumber, customer: adjoua });
    till.replace(old, fresh, { points: 10, spendMinor: 0 });
    await till.push();
    expect((await manager.office.customer({ cardNumber: fresh.cardNumber })).customer?.name).toBe('Adjoua N’Guessan');
    expect(await manager.office.customer({ cardNumber: old.cardNumber })).toEqual({ customer: null });
    const following = new FollowingTill(till);
    await following.round();
    expect(following.members.get(fresh.cardNumber)?.birthday).toBe('03-14');
    expect(following.members.get(old.cardNumber)?.birthday).toBeNull();
  });

  it('[T2] [T20] goes on to a card whose own holder was erased, and is erased there', async () => {
    const till = await newTill(manager);
    const [old, fresh] = [till.issue(newNumber(), 10), till.issue(newNumber())];
    await till.push();
    await manager.office.putCustomer({ cardNumber: fresh.cardNumber, customer: { ...adjoua, name: 'Kofi Mensah' } });
    await manager.office.eraseCustomer({ cardNumber: fresh.cardNumber });
    await manager.office.putCustomer({ cardNumber: old.cardNumber, customer: adjoua });
    till.replace(old, fresh, { points: 10, spendMinor: 0 });
    await till.push();
    expect((await manager.office.customer({ cardNumber: fresh.cardNumber })).customer?.name).toBe('Adjoua N’Guessan');
    expect(await manager.office.eraseCustomer({ cardNumber: fresh.cardNumber })).toEqual({ done: true });
    for (const { cardNumber } of [old, fresh])
      expect(await manager.office.customer({ cardNumber })).toEqual({ customer: null });
  });
});

describe('another shop', () => {
  it('reads and changes no ledger, operation, write, holder or case of this one (invariant 19)', async () => {
    const [here, there] = [await newTill(manager), await newTill(elsewhere)];
    const { tenant } = here.till.enrolment;
    const card = here.issue(newNumber(), 10);
    const sale = here.sell(card, 4_000, 'unknown');
    here.outcome(card, sale.intention, 'quarantined');
    here.sell(card, 4_000, 'unknown');
    await here.push();
    await manager.office.putCustomer({ cardNumber: card.cardNumber, customer: adjoua });
    expect(await showOf(there, card.cardNumber)).toMatchObject({
      balance: null,
      history: [],
      holder: null,
      pendingPoints: 0,
    });
    expect((await elsewhere.office.cards({ search: card.cardNumber })).cards).toEqual([]);
    expect(await elsewhere.office.customer({ cardNumber: card.cardNumber })).toEqual({ customer: null });
    expect(await elsewhere.office.card({ cardNumber: card.cardNumber })).toMatchObject({
      pending: [],
      openCases: 0,
    });
    const moved = await elsewhere.office.cardOperations({ cardNumber: card.cardNumber });
    expect(moved).toEqual({ rows: [], next: null, count: 0 });
    for (const table of ['card_ledger', 'card_operations', 'open_writes', 'customers', 'cases'] as const) {
      const count = (whose: string) =>
        inTenant(central.app, whose, (trx) =>
          sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)} WHERE tenant_id = ${tenant}`.execute(trx),
        );
      expect([table, (await count(tenant)).rows[0]!.n > 0]).toEqual([table, true]);
      expect([table, (await count(there.till.enrolment.tenant)).rows[0]!.n]).toEqual([table, 0]);
      const changed = await inTenant(central.app, there.till.enrolment.tenant, (trx) =>
        sql`UPDATE ${sql.table(table)} SET card_number = '0' WHERE tenant_id = ${tenant}`.execute(trx),
      );
      expect([table, changed.numAffectedRows]).toEqual([table, 0n]);
    }
  });
});
