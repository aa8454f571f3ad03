import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '#backend/db/migrate.ts';
import { openPool } from '#backend/db/pool.ts';
import { appRole } from '#backend/db/roles.ts';
import type { Tables } from '#backend/db/tables.ts';
import { type Database, enterScope, inScope, inTenant } from '#backend/db/tenancy.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
const tenants = { mine: '', theirs: '' };

beforeAll(async () => {
  central = await startCentral();
  for (const [shop, name] of [
    [1, 'mine'],
    [2, 'theirs'],
  ] as const) {
    const { code } = central.seed.enrolmentCodes.find((each) => each.shop === shop)!;
    const till = await CentralTill.enrol(central.url, central.client(), code);
    till.sale(1_000 * shop);
    await till.push();
    tenants[name] = till.enrolment.tenant;
  }
});
afterAll(() => central?.stop());

/** Keys that a table may be distributed by (DESIGN.md, section 2), and the tables that are one for all. */
const distributionKeys = ['tenant_id', 'terminal_id', 'network_id', 'login', 'token_hash', 'code_hash'];
const global = ['kysely_migration', 'kysely_migration_lock', 'server_keys', 'sign_in_throttles'];

type TableFacts = { name: string; key: string; secured: boolean; forced: boolean; policies: number };

async function tables(db: Database): Promise<TableFacts[]> {
  const { rows } = await sql<TableFacts>`
    SELECT class.relname AS name, class.relrowsecurity AS secured, class.relforcerowsecurity AS forced,
      (SELECT count(*) FROM pg_policy WHERE polrelid = class.oid) AS policies,
      (SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = class.oid AND attnum = indkey[0]
        WHERE indrelid = class.oid AND indisprimary) AS key
    FROM pg_class AS class WHERE class.relkind IN ('r', 'p') AND class.relnamespace = 'public'::regnamespace
    ORDER BY name
  `.execute(db);
  return rows;
}

describe('every table', () => {
  it('has a primary key that begins with a distribution key, or is listed as one for all', async () => {
    const found = await tables(central.owner);
    expect(found.length).toBeGreaterThan(20);
    for (const { name, key } of found) {
      if (!global.includes(name))
        expect({ name, key, known: distributionKeys.includes(key) }).toMatchObject({ known: true });
    }
  });

  it('is under row-level security with FORCE, unless it is one for all', async () => {
    for (const { name, secured, forced, policies } of await tables(central.owner)) {
      const expected = global.includes(name) ? [false, false, 0] : [true, true, 1];
      expect([name, secured, forced, policies]).toEqual([name, ...expected]);
    }
  });
});

describe('the role of the server', () => {
  it('is no superuser, bypasses nothing, owns nothing, and may not change an entry', async () => {
    const { rows } = await sql<Record<string, boolean | number>>`
      SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid) AS owned
      FROM pg_roles WHERE rolname = current_user
    `.execute(central.app);
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 },
    ]);
    const denied = { code: '42501' };
    const { mine } = tenants;
    await expect(
      inTenant(central.app, mine, (trx) => sql`UPDATE journal_entries SET kind = 'x'`.execute(trx)),
    ).rejects.toMatchObject(denied);
    await expect(
      inTenant(central.app, mine, (trx) => sql`DELETE FROM journal_entries`.execute(trx)),
    ).rejects.toMatchObject(denied);
    await expect(
      inTenant(central.app, mine, (trx) => sql`DELETE FROM head_history`.execute(trx)),
    ).rejects.toMatchObject(denied);
  });
});

describe('another tenant’s rows', () => {
  const tenantTables = [
    'tenants',
    'programmes',
    'staff',
    'office_accounts',
    'terminal_keys',
    'terminals',
    'request_nonces',
    'journal_entries',
    'acts',
    'heads',
    'head_history',
    'feed_items',
    'loyalty_transactions',
    'enrolment_codes',
  ];
  const count = async (tenant: string, table: string, whose: string) => {
    const { rows } = await inTenant(central.app, tenant, (trx) =>
      sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)} WHERE tenant_id = ${whose}`.execute(trx),
    );
    return rows[0]!.n;
  };

  it.each(tenantTables)('of %s are invisible, also to SQL written by hand', async (table) => {
    const owned = await sql<{
      n: number;
    }>`SELECT count(*) AS n FROM ${sql.table(table)} WHERE tenant_id = ${tenants.theirs}`.execute(central.owner);
    expect(owned.rows[0]!.n).toBeGreaterThan(0);
    expect(await count(tenants.mine, table, tenants.theirs)).toBe(0);
    expect(await count(tenants.theirs, table, tenants.theirs)).toBe(owned.rows[0]!.n);
    const without = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(central.app);
    expect(without.rows[0]!.n).toBe(0);
  });

  it('cannot be changed, moved or added to', async () => {
    const { mine, theirs } = tenants;
    const changed = await inTenant(central.app, mine, (trx) =>
      sql`UPDATE loyalty_transactions SET points = 0 WHERE tenant_id = ${theirs}`.execute(trx),
    );
    expect(changed.numAffectedRows).toBe(0n);
    const moved = inTenant(central.app, mine, (trx) => sql`UPDATE staff SET tenant_id = ${theirs}`.execute(trx));
    await expect(moved).rejects.toMatchObject({ code: '42501' });
    const added = inTenant(central.app, mine, (trx) =>
      sql`INSERT INTO staff (tenant_id, code, name, role, pin_hash) VALUES (${theirs}, 'x', 'x', 'manager', 'x')`.execute(
        trx,
      ),
    );
    await expect(added).rejects.toMatchObject({ code: '42501' });
  });

  it('stay out of reach of the owner of the tables, who is no superuser with a database of one’s own', async () => {
    await sql`CREATE ROLE some_owner`.execute(central.owner);
    const seen = await central.owner.transaction().execute(async (trx) => {
      await sql`ALTER TABLE staff OWNER TO some_owner`.execute(trx);
      await sql`SET LOCAL ROLE some_owner`.execute(trx);
      const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM staff`.execute(trx);
      await sql`RESET ROLE`.execute(trx);
      await sql`ALTER TABLE staff OWNER TO CURRENT_USER`.execute(trx);
      return rows[0]!.n;
    });
    expect(seen).toBe(0);
  });

  it('would be seen without the policy: what the tests above see is its work', async () => {
    const seen = await central.owner
      .transaction()
      .execute(async (trx) => {
        await sql`DROP POLICY isolation ON staff`.execute(trx);
        await sql`ALTER TABLE staff DISABLE ROW LEVEL SECURITY`.execute(trx);
        await sql`SET LOCAL ROLE ${sql.id(appRole)}`.execute(trx);
        await enterScope(trx, { tenant: tenants.mine });
        const { rows } = await sql<{
          n: number;
        }>`SELECT count(*) AS n FROM staff WHERE tenant_id = ${tenants.theirs}`.execute(trx);
        throw Object.assign(new Error('rolled back'), { seen: rows[0]!.n });
      })
      .catch((cause) => cause.seen);
    expect(seen).toBe(2);
    expect(await count(tenants.mine, 'staff', tenants.theirs)).toBe(0);
  });

  it('are found by a secret one must hold, one row at a time', async () => {
    const { terminal_id } = await central.owner
      .selectFrom('terminal_keys')
      .select('terminal_id')
      .where('tenant_id', '=', tenants.theirs)
      .executeTakeFirstOrThrow();
    const seen = await inScope(central.app, { key: terminal_id }, (trx) =>
      trx.selectFrom('terminal_keys').select('terminal_id').execute(),
    );
    expect(seen).toEqual([{ terminal_id }]);
  });
});

/** A database of an owner who is no superuser, as one's own would be: row-level security binds its migrations too. */
async function ownDatabase(name: string): Promise<Database> {
  const password = randomBytes(16).toString('hex');
  await sql`CREATE ROLE ${sql.id(`${name}_owner`)} LOGIN PASSWORD ${sql.lit(password)}`.execute(central.owner);
  await sql`CREATE DATABASE ${sql.id(name)} OWNER ${sql.id(`${name}_owner`)}`.execute(central.owner);
  const { rows } = await sql<{ host: string }>`SELECT current_setting('unix_socket_directories') AS host`.execute(
    central.owner,
  );
  const account = { user: `${name}_owner`, password, database: name };
  return openPool<Tables>({ host: rows[0]!.host, port: 5432, ...account }, { max: 2, onError: () => {} });
}

describe('migrations', () => {
  it('carry rows from the first version to the second: each head becomes the start of its history', async () => {
    const old = await ownDatabase('carried');
    try {
      expect(await migrate(old, '0001-ground')).toEqual(['0001-ground']);
      const heads = [tenants.mine, tenants.theirs].map((tenant_id) => ({
        tenant_id,
        terminal_id: '0190f7a0-0000-7000-8000-00000000000a',
        epoch: 2,
        seq: 41,
        hash: randomBytes(32),
      }));
      for (const head of heads) {
        await inTenant(old, head.tenant_id, (trx) => trx.insertInto('heads').values(head).execute());
      }
      expect(await migrate(old, '0002-head-history')).toEqual(['0002-head-history']);
      for (const head of heads) {
        const carried = await inTenant(old, head.tenant_id, (trx) =>
          trx.selectFrom('head_history').selectAll().execute(),
        );
        expect(carried).toEqual([{ ...head, signature: null, accepted_at: null }]);
      }
      expect(await migrate(old, '0002-head-history')).toEqual([]);
    } finally {
      await old.destroy();
    }
  });

  it('[T24] [T28] carry rows to the twelfth: what purses moved, and money off, come into the transactions as they are listed', async () => {
    const old = await ownDatabase('carried_accounts');
    try {
      await migrate(old, '0010-accounts');
      const tenant_id = tenants.mine;
      const terminal = '0190f7a0-0000-7000-8000-00000000000a';
      const money = { kind: 'money', amountMinor: 1_000 };
      const said = { cardNumber: '0417209320', ticketNumber: '1-P2', currency: 'XOF' };
      const bodies = [
        ['loyalty.spend', { ...said, reward: money, points: -200 }],
        ['purse.topped-up', { ...said, amountMinor: 5_000 }],
        ['purse.paid', { ...said, amountMinor: 1_200 }],
        ['credit.drawn', { ...said, amountMinor: 900 }],
        ['credit.repaid', { ...said, amountMinor: 400 }],
      ] as const;
      await inTenant(old, tenant_id, async (trx) => {
        for (const [at, [kind, body]] of bodies.entries()) {
          const place = sql`${tenant_id}, ${terminal}, 1, ${at + 2}`;
          const intention = `0190f7a0-0000-7000-8000-00000000010${at}`;
          const canonical = JSON.stringify({ body, staff: 'cashier', wallTime: '2026-11-20T10:00:00.000Z' });
          await sql`INSERT INTO journal_entries VALUES (${place}, ${kind}, ${intention}, ${randomBytes(32)},
            ${randomBytes(64)}, ${canonical}, now())`.execute(trx);
          if (kind === 'loyalty.spend')
            await sql`INSERT INTO loyalty_transactions VALUES (${place}, ${intention}, ${kind}, '1-2', now(), now(),
              '0417209320', 'cashier', 0, 'XOF', -200, 800, 'applied')`.execute(trx);
        }
      });
      expect(await migrate(old, '0012-accounts-that-move')).toContain('0012-accounts-that-move');
      const carried = await inTenant(old, tenant_id, (trx) =>
        trx.selectFrom('loyalty_transactions').select(['kind', 'amount_minor', 'points']).orderBy('seq').execute(),
      );
      expect(carried).toEqual([
        { kind: 'loyalty.spend', amount_minor: -1_000, points: -200 },
        { kind: 'purse.topped-up', amount_minor: 5_000, points: 0 },
        { kind: 'purse.paid', amount_minor: -1_200, points: 0 },
        { kind: 'credit.drawn', amount_minor: 900, points: 0 },
        { kind: 'credit.repaid', amount_minor: -400, points: 0 },
      ]);
    } finally {
      await old.destroy();
    }
  });

  it('carry rows from the second to the third: the ledger begins with the sales and blocked cards that are there', async () => {
    const old = await ownDatabase('carried_cards');
    try {
      await migrate(old, '0002-head-history');
      const tenant_id = tenants.mine;
      const sales = [
        { seq: 2, points: 12, balance: 1_012, spend: 1_250, total: 41_250, counter: 14, outcome: 'applied' },
        { seq: 3, points: 9, balance: 1_021, spend: 900, total: 42_150, counter: 15, outcome: null },
      ];
      await inTenant(old, tenant_id, async (trx) => {
        await sql`INSERT INTO tenants (tenant_id, network_id, number, name, address, currency, ticket_language, time_zone)
          VALUES (${tenant_id}, 7, 1, 'Boutique', '', 'XOF', 'fr', 'Africa/Abidjan')`.execute(trx);
        await sql`INSERT INTO feed_items VALUES (${tenant_id}, 'blocked-card/0417093114', 1,
          '{"item":"blocked-card","cardNumber":"0417093114","blocked":true}')`.execute(trx);
        for (const { seq, points, balance, spend, total, counter, outcome } of sales) {
          const body = { programme: 'akwaba', cardCounter: counter, totalSpendMinor: total };
          const place = sql`${tenant_id}, '0190f7a0-0000-7000-8000-00000000000a', 1, ${seq}`;
          const intention = `0190f7a0-0000-7000-8000-00000000000${seq}`;
          await sql`INSERT INTO journal_entries VALUES (${place}, 'loyalty.sale', ${intention}, ${randomBytes(32)},
            ${randomBytes(64)}, ${JSON.stringify({ body })}, now())`.execute(trx);
          await sql`INSERT INTO loyalty_transactions VALUES (${place}, ${intention}, 'loyalty.sale', '1-2', now(), now(),
            '0417209320', 'cashier', ${spend}, 'XOF', ${points}, ${balance}, ${outcome})`.execute(trx);
        }
      });
      expect(await migrate(old, '0003-cards')).toEqual(['0003-cards']);
      const carried = await inTenant(old, tenant_id, (trx) => trx.selectFrom('card_ledger').selectAll().execute());
      expect(carried).toEqual([
        expect.objectContaining({
          ...{ card_number: '0417209320', balance: 1_021, total_spend_minor: 42_150, counter: 14 },
          ...{ opening_counter: 14, opening_balance: 1_000, opening_spend_minor: 40_000, replaced_by: null },
        }),
      ]);
      const operations = await inTenant(old, tenant_id, (trx) =>
        trx
          .selectFrom('card_operations')
          .select(['kind', 'points', 'card_counter', 'outcome'])
          .orderBy('seq')
          .execute(),
      );
      expect(operations).toEqual(
        sales.map(({ points, counter, outcome }) => ({ kind: 'sale', points, card_counter: counter, outcome })),
      );
      const blocked = await inScope(old, { network: 7 }, (trx) =>
        trx.selectFrom('cards').select(['card_number', 'status']).execute(),
      );
      expect(blocked).toEqual([{ card_number: '0417093114', status: 'blocked' }]);
    } finally {
      await old.destroy();
    }
  });

  it('carry rows from the twelfth to the thirteenth: customers are found by the beginnings that were kept of their names', async () => {
    const old = await ownDatabase('carried_names');
    try {
      await migrate(old, '0012-accounts-that-move');
      const tenant_id = tenants.mine;
      const people = [randomUUID(), randomUUID()];
      await inTenant(old, tenant_id, async (trx) => {
        for (const [at, entries] of ['{aa,bb}', '{bb}'].entries()) {
          await sql`INSERT INTO customers (tenant_id, customer_id, card_number, name_index, updated_at)
            VALUES (${tenant_id}, ${people[at]}, ${`041709311${at}`}, ${entries}, now())`.execute(trx);
        }
      });
      expect(await migrate(old, '0013-lists')).toEqual(['0013-lists']);
      const found = await inTenant(old, tenant_id, (trx) =>
        trx.selectFrom('customer_names').select('customer_id').where('entry', '=', 'bb').execute(),
      );
      expect(found.map(({ customer_id }) => customer_id).toSorted()).toEqual(people.toSorted());
      const elsewhere = await inTenant(old, tenants.theirs, (trx) =>
        trx.selectFrom('customer_names').selectAll().execute(),
      );
      expect(elsewhere).toEqual([]);
    } finally {
      await old.destroy();
    }
  });
});
