import type { Selectable } from 'kysely';
import type { Customers } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { publish } from '#backend/terminals/feed.ts';
import type { Outgoing } from '#backend/terminals/outgoing.ts';
import type { FeedItem } from '#contract/central/index.ts';
import type { CustomerChange } from '#contract/central/office-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { nameIndex } from './name-index.ts';
import { openPerson, type Person, sealPerson } from './person.ts';

export type CustomerParts = { seal: Seal; random: Random; ids: IdSource; serverSecret: string };
export type CustomerRow = Selectable<Customers>;

export const customerOf = (trx: TenantTransaction, tenant: string, cardNumber: string) =>
  trx
    .selectFrom('customers')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();

/** What tills are told of a cardholder: no name, no address. Nulls where nobody is known any more. */
export const memberItem = (
  { card_number, birthday_bonus_year }: Pick<CustomerRow, 'card_number' | 'birthday_bonus_year'>,
  person: Person | null,
): FeedItem => ({
  item: 'member',
  cardNumber: card_number,
  birthday: person?.birthday?.slice(-5) ?? null,
  birthdayBonusYear: birthday_bonus_year,
  language: person?.language ?? null,
  ticketByEmail: person?.ticketByEmail ?? false,
});

/** A consent keeps when and by whom it was given or taken back; one that did not change keeps what it had. */
function consentsAfter(before: Person | null, wanted: CustomerChange['consents'], by: string, atMs: number) {
  const after = (channel: keyof typeof wanted) => {
    const was = before?.consents[channel] ?? null;
    if (wanted[channel] === (was?.granted ?? false)) return was;
    return { granted: wanted[channel], atMs, by };
  };
  return { sms: after('sms'), email: after('email'), mail: after('mail') };
}

/** Gives a card a holder, or changes what is known of them. Tills are told what concerns them, when it changed. */
export async function putCustomer(
  trx: TenantTransaction,
  parts: CustomerParts,
  { tenant, cardNumber, by, atMs }: { tenant: string; cardNumber: string; by: string; atMs: number },
  { consents, ...change }: CustomerChange,
): Promise<Person> {
  const row = await customerOf(trx, tenant, cardNumber);
  const before = row ? openPerson(parts.seal, row) : null;
  const person = { ...change, consents: consentsAfter(before, consents, by, atMs) };
  const customer_id = row?.customer_id ?? parts.ids.uuid();
  const sealed = {
    ...sealPerson(parts, customer_id, person, row?.person_key ?? null),
    updated_at: new Date(atMs),
    erased_at: null,
  };
  await trx
    .insertInto('customers')
    .values({ tenant_id: tenant, customer_id, card_number: cardNumber, birthday_bonus_year: null, ...sealed })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'customer_id']).doUpdateSet(sealed))
    .execute();
  if (before?.name !== person.name) {
    const entries = nameIndex(parts.serverSecret, tenant).entries(person.name ?? '');
    await nameCustomer(trx, { tenant, customer_id }, entries);
  }
  const year = { card_number: cardNumber, birthday_bonus_year: row?.birthday_bonus_year ?? null };
  const item = memberItem(year, person);
  if (JSON.stringify(item) !== JSON.stringify(memberItem(year, before))) await publish(trx, tenant, item);
  return person;
}

/** What the customer is found by from now on. */
async function nameCustomer(
  trx: TenantTransaction,
  { tenant, customer_id }: { tenant: string; customer_id: string },
  entries: readonly string[],
): Promise<void> {
  const old = trx.deleteFrom('customer_names').where('tenant_id', '=', tenant);
  await old.where('customer_id', '=', customer_id).execute();
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ tenant_id: tenant, entry, customer_id }));
  await trx.insertInto('customer_names').values(rows).execute();
}

/**
 * The holder goes on to the card that replaces theirs; where that one has a holder already, both stay where they are. What is left
 * of one who was erased changes places with them.
 */
export async function moveHolder(
  trx: TenantTransaction,
  tenant: string,
  { from, to }: { from: string; to: string },
  { seal, outgoing }: { seal: Seal; outgoing: Outgoing },
): Promise<void> {
  const row = await customerOf(trx, tenant, from);
  const there = await customerOf(trx, tenant, to);
  if (!row || row.person_key === null || (there && there.person_key !== null)) return;
  const own = trx.updateTable('customers').where('tenant_id', '=', tenant);
  const put = ({ customer_id }: CustomerRow, card_number: string) =>
    own.set({ card_number }).where('customer_id', '=', customer_id).execute();
  // A card has one row at any moment.
  if (there) await put(there, there.customer_id);
  await put(row, to);
  if (there) await put(there, from);
  outgoing.add(tenant, memberItem({ card_number: from, birthday_bonus_year: null }, null));
  outgoing.add(tenant, memberItem({ ...row, card_number: to }, openPerson(seal, row)));
}

/** Erases a person: their key is deleted, and with it all that can be read of them. Ledger and journal know only the card. */
export async function eraseCustomer(
  trx: TenantTransaction,
  { tenant, cardNumber, atMs }: { tenant: string; cardNumber: string; atMs: number },
): Promise<boolean> {
  const row = await trx
    .updateTable('customers')
    .set({ person_key: null, sealed: null, erased_at: new Date(atMs), updated_at: new Date(atMs) })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where('person_key', 'is not', null)
    .returning(['customer_id', 'card_number', 'birthday_bonus_year'])
    .executeTakeFirst();
  if (!row) return false;
  await nameCustomer(trx, { tenant, customer_id: row.customer_id }, []);
  await publish(trx, tenant, memberItem(row, null));
  return true;
}
