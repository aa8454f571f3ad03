import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { customerOf } from '#backend/loyalty/customers/customer-rows.ts';
import { openPerson, type Person } from '#backend/loyalty/customers/person.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { JournalEntry } from '#contract/journal/entry.ts';
import { operationTicket, staffOnTicket, type Ticketed } from '#contract/loyalty/operation-ticket.ts';
import type { Language } from '#contract/money/index.ts';
import { tokenOfQr } from '#contract/tickets/operation-of-qr.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { parseTicketToken } from '#contract/tickets/token/token.ts';
import type { DueMail } from './outbox.ts';

/** A ticket as it is to be sent, and to whom. */
export type AddressedTicket = {
  to: string;
  language: Language;
  shop: string;
  ticketNumber: string;
  ticket: Ticket;
  /** Where it is checked; null where the till had no token for it, or nobody has told the server its own address. */
  verifyUrl: string | null;
};

type Place = Pick<DueMail, 'terminal' | 'epoch' | 'seq'>;

const isTicketed = (entry: JournalEntry | undefined): entry is Ticketed =>
  entry?.kind === 'loyalty.sale' || entry?.kind === 'loyalty.spend' || entry?.kind === 'loyalty.reversal';

/** The cardholder, as sealed with the shop; null for an anonymous card, or one that was erased. */
async function personOf(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  seal: Seal,
): Promise<Person | null> {
  const row = await customerOf(trx, tenant, cardNumber);
  return row ? openPerson(seal, row) : null;
}

/**
 * Where the ticket is checked: the server's own page. A till writes any text for its QR, and one in wrong hands would send its own
 * link to customers: no more is taken of it than a token, and of this very ticket.
 */
function checkOf(page: string | null, qr: string | undefined, ticketNumber: string): string | null {
  if (page === null || qr === undefined) return null;
  const token = tokenOfQr(qr);
  return parseTicketToken(token)?.facts.ticketNumber === ticketNumber ? `${page}#${token}` : null;
}

/**
 * Lays the ticket out as the till would have: the same code on the same entry, with what the card came to since.
 * @param page where tickets are checked; null: not known
 * @returns null when there is nobody to send it to any more
 */
export function readTicket(
  { db, seal, page }: { db: Database; seal: Seal; page: string | null },
  mail: DueMail,
): Promise<AddressedTicket | null> {
  const { tenant, intention } = mail;
  return inTenant(db, tenant, async (trx) => {
    const outcome = await entryAt(trx, tenant, mail);
    const act = await trx
      .selectFrom('acts')
      .select(['terminal_id as terminal', 'epoch', 'seq'])
      .where('tenant_id', '=', tenant)
      .where('intention', '=', intention)
      .executeTakeFirst();
    const entry = act && (await entryAt(trx, tenant, act));
    if (!act || !isTicketed(entry) || outcome?.kind !== 'ticket.outcome') return null;
    const person = await personOf(trx, tenant, entry.body.cardNumber, seal);
    if (!person?.email) return null;
    const counter = await counterOf(trx, tenant, act, entry);
    const language = person.language ?? counter.shopLanguage;
    const ticket = operationTicket(entry, { ...counter, language, copy: 0 }, counter.balance);
    return {
      to: person.email,
      language,
      shop: counter.shop.name,
      ticketNumber: entry.body.ticketNumber,
      ticket,
      verifyUrl: checkOf(page, outcome.body.qr, entry.body.ticketNumber),
    };
  });
}

async function entryAt(trx: TenantTransaction, tenant: string, at: Place): Promise<JournalEntry | undefined> {
  const row = await trx
    .selectFrom('journal_entries')
    .select('canonical')
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', at.terminal)
    .where('epoch', '=', at.epoch)
    .where('seq', '=', at.seq)
    .executeTakeFirst();
  return row && JournalEntry.parse(JSON.parse(row.canonical));
}

async function counterOf(trx: TenantTransaction, tenant: string, { terminal }: Place, entry: Ticketed) {
  const shop = await trx.selectFrom('tenants').selectAll().where('tenant_id', '=', tenant).executeTakeFirstOrThrow();
  const { label } = await trx
    .selectFrom('terminals')
    .select('label')
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .executeTakeFirstOrThrow();
  const staff = await trx
    .selectFrom('staff')
    .select('name')
    .where('tenant_id', '=', tenant)
    .where('code', '=', entry.staff ?? '')
    .executeTakeFirst();
  const operation = await trx
    .selectFrom('card_operations')
    .select('outcome')
    .where('tenant_id', '=', tenant)
    .where('intention', '=', entry.intention)
    .where('card_number', '=', entry.body.cardNumber)
    .executeTakeFirst();
  const ledger = await trx
    .selectFrom('card_ledger')
    .select('balance')
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', entry.body.cardNumber)
    .executeTakeFirst();
  return {
    shop: { name: shop.name, address: shop.address },
    shopLanguage: shop.ticket_language,
    timeZone: shop.time_zone,
    till: label,
    staff: staffOnTicket(staff?.name ?? entry.staff ?? ''),
    cardPending: operation?.outcome !== 'applied',
    balance: ledger?.balance ?? null,
  };
}
