import { hkdfSync } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, enterScope, inScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import { networkCardKeys, shopCardKeys } from '#backend/loyalty/card-keys.ts';
import { saveSettings } from '#backend/loyalty/programmes/settings.ts';
import { makeEnrolmentCode } from '#backend/parties/enrolment-codes.ts';
import { hashPassword } from '#backend/parties/passwords.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { cardSecretPurpose } from '#backend/terminals/enrol.ts';
import { publish } from '#backend/terminals/feed.ts';
import type { IdSource } from '#contract/ids/index.ts';
import type { StaffMember } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import { type DemoShop, demoNetwork } from './demo-network.ts';
import { ensureCards } from './seed-cards.ts';

export type SeedParts = {
  db: Database;
  clock: Clock;
  ids: IdSource;
  random: Random;
  seal: Seal;
  serverSecret: string;
};

/** What the launcher of a demonstration needs: it goes over its child's pipe, never over a network, never into a log. */
export type DemoSeed = {
  network: { id: number; name: string };
  staff: (StaffMember & { pin: string; shop: number })[];
  enrolmentCodes: { shop: number; label: string; code: string }[];
  cards: {
    networkId: number;
    network: ReturnType<typeof networkCardKeys>;
    shops: { number: number; keys: [string, string, string, string] }[];
  };
};

/**
 * Makes the demonstration's network where there is none, and goes on with it where there is: same shops, same PINs, same keys,
 * and fresh enrolment codes. Secrets and PINs are this installation's own.
 */
export async function seedDemo(parts: SeedParts): Promise<DemoSeed> {
  const { network, shops } = demoNetwork;
  return inScope(parts.db, { network: network.id }, async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(4041978113)`.execute(trx);
    const secret = await ensureNetwork(trx, parts);
    const seed: DemoSeed = {
      network,
      staff: [],
      enrolmentCodes: [],
      cards: { networkId: network.id, network: networkCardKeys(secret), shops: [] },
    };
    const tenants = new Map<number, string>();
    for (const shop of shops) {
      const tenant = await ensureShop(trx, parts, shop);
      tenants.set(shop.number, tenant);
      const staff = shop.staff.map((person) => ({ ...person, pin: demoPin(secret, person.code), shop: shop.number }));
      await ensureStaff(trx, tenant, staff);
      seed.staff.push(...staff);
      seed.cards.shops.push({ number: shop.number, keys: shopCardKeys(secret, shop.number) });
      for (const label of shop.tills) {
        const wanted = { tenant, label, trades: ['loyalty' as const] };
        const { code } = await makeEnrolmentCode(trx, wanted, { ...parts, nowMs: parts.clock.wallMs() });
        seed.enrolmentCodes.push({ shop: shop.number, label, code });
      }
    }
    await ensureCards(trx, tenants, new Date(parts.clock.wallMs()));
    return seed;
  });
}

/** Six digits out of the installation's secret: the same at each start, and kept nowhere. */
function demoPin(secret: Uint8Array, code: string): string {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `demonstration PIN of ${code}`, 4));
  return String(bytes.readUInt32BE() % 1_000_000).padStart(6, '0');
}

async function ensureNetwork(trx: TenantTransaction, { random, seal }: SeedParts): Promise<Buffer> {
  const { id, name } = demoNetwork.network;
  const purpose = cardSecretPurpose(id);
  const row = await trx.selectFrom('networks').select('card_secret').where('network_id', '=', id).executeTakeFirst();
  if (row) return seal.open(purpose, row.card_secret);
  const secret = random(32);
  await trx
    .insertInto('networks')
    .values({ network_id: id, name, card_secret: seal.seal(purpose, secret) })
    .execute();
  return secret;
}

/** @returns the shop's tenant id, whose rows the transaction sees from here on */
async function ensureShop(trx: TenantTransaction, { ids, clock }: SeedParts, shop: DemoShop): Promise<string> {
  const found = await trx
    .selectFrom('tenants')
    .select('tenant_id')
    .where('network_id', '=', demoNetwork.network.id)
    .where('number', '=', shop.number)
    .executeTakeFirst();
  const tenant = found?.tenant_id ?? ids.uuid();
  await enterScope(trx, { tenant });
  if (!found) {
    const { number, name, address, currency } = shop;
    const place = { ticket_language: shop.ticketLanguage, time_zone: shop.timeZone };
    await trx
      .insertInto('tenants')
      .values({ tenant_id: tenant, network_id: demoNetwork.network.id, number, name, address, currency, ...place })
      .execute();
    for (const cardNumber of demoNetwork.blockedCards) {
      await publish(trx, tenant, { item: 'blocked-card', cardNumber, blocked: true });
    }
  }
  if (shop.settings) {
    // Once somebody of the shop has said otherwise, this is refused and changes nothing.
    const first = { settings: shop.settings, basedOn: 0, by: 'network', atMs: clock.wallMs() };
    await saveSettings(trx, tenant, first);
  }
  const { programme } = shop;
  const { numInsertedOrUpdatedRows: added } = await trx
    .insertInto('programmes')
    .values({
      tenant_id: tenant,
      programme_id: programme.id,
      version: programme.version,
      programme: JSON.stringify(programme),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added) await publish(trx, tenant, { item: 'programme', programme });
  return tenant;
}

async function ensureStaff(trx: TenantTransaction, tenant: string, staff: DemoSeed['staff']): Promise<void> {
  const known = await trx.selectFrom('staff').select('code').where('tenant_id', '=', tenant).execute();
  const missing = staff.filter(({ code }) => !known.some((row) => row.code === code));
  const hashes = await Promise.all(
    missing.map(async ({ pin }) => ({ pinHash: await hashPassword(pin), passwordHash: await hashPassword(pin) })),
  );
  for (const [index, { code, name, role }] of missing.entries()) {
    const { pinHash, passwordHash } = hashes[index]!;
    await trx.insertInto('staff').values({ tenant_id: tenant, code, name, role, pin_hash: pinHash }).execute();
    await trx
      .insertInto('office_accounts')
      .values({ login: code, tenant_id: tenant, code, password_hash: passwordHash })
      .execute();
    await publish(trx, tenant, { item: 'staff', code, name, role, pinHash, active: true });
  }
}
