import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { OfficeCard } from '#contract/central/office-cards.ts';
import { customerOf } from '../customers/customer-rows.ts';
import { openPerson } from '../customers/person.ts';
import { cardFacts } from './card-facts.ts';

const pendingShown = 200;

/** All that the shop's office sees of one card. Null: this network has no such card. */
export async function officeCard(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  { seal, now }: { seal: Seal; now: Date },
): Promise<OfficeCard | null> {
  const facts = await cardFacts(trx, tenant, cardNumber);
  if (!facts) return null;
  const { pin: _, updatedAt, ...known } = facts;
  const { currency } = await trx
    .selectFrom('tenants')
    .select('currency')
    .where('tenant_id', '=', tenant)
    .executeTakeFirstOrThrow();
  const row = await customerOf(trx, tenant, cardNumber);
  return {
    ...known,
    cardNumber,
    currency,
    updatedAt: (updatedAt ?? now).toISOString(),
    holder: row ? (openPerson(seal, row)?.name ?? null) : null,
    pending: await pendingOf(trx, tenant, cardNumber),
    openCases: await openCasesOf(trx, tenant, cardNumber),
  };
}

async function pendingOf(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<OfficeCard['pending']> {
  return trx
    .selectFrom('open_writes')
    .select(['intention', 'operation', 'points', 'wall_ms as atMs'])
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where('settled_at', 'is', null)
    .orderBy('intention')
    .limit(pendingShown)
    .execute();
}

async function openCasesOf(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<number> {
  const { count } = await trx
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
