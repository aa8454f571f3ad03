import { type Selectable, sql } from 'kysely';
import { isOutOfUse } from '#backend/cards/out-of-use.ts';
import type { Cards } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { shopStatus } from '#backend/loyalty/ledger/shop-words.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TakenNumber, takeNextNumber, takeThisNumber } from './take-number.ts';

/** A card that lies at a till, by its chip, and what stands on it. */
export type SeenCard = {
  networkId: number;
  tenant: string;
  uid: Buffer;
  /** The number in its network application, whose authenticity the card has proved; null: it has none yet. */
  found: string | null;
  /** The number a person read off it; null: any. */
  asked: string | null;
  now: Date;
};

type Card = Selectable<Cards>;
type Settled = Promise<Result<string, CentralError>>;

/**
 * Which number has this card? The one of its chip where the server knows it, else the one that stands on it, else one out of the
 * shop's stock. The row is written here, before the card is: the same chip gets the same number, however often it is pulled.
 * Refusals: CardBlocked, CardNumberTaken, CardNotBlank (it has another number than the one asked for), CardUnknown, NoCardsInStock.
 */
export async function settleNumber(trx: TenantTransaction, seen: SeenCard): Settled {
  await sql`SELECT pg_advisory_xact_lock(${seen.networkId}::int, hashtext(${seen.uid.toString('hex')}))`.execute(trx);
  const known = await cardOf(trx, seen.networkId, { uid: seen.uid });
  if (known) {
    if (seen.found !== null && seen.found !== known.card_number) return taken(seen.found);
    return confirm(trx, seen, known);
  }
  if (seen.found !== null) {
    const numbered = await cardOf(trx, seen.networkId, { number: seen.found });
    if (!numbered) return err(refusal('CardUnknown', { cardNumber: seen.found }));
    return numbered.uid === null ? confirm(trx, seen, numbered) : taken(seen.found);
  }
  return giveNumber(trx, seen);
}

const taken = (cardNumber: string) => err(refusal('CardNumberTaken', { cardNumber }));

const cardOf = (trx: TenantTransaction, networkId: number, by: { uid: Buffer } | { number: string }) =>
  trx
    .selectFrom('cards')
    .selectAll()
    .where('network_id', '=', networkId)
    .where((row) => ('uid' in by ? row('uid', '=', by.uid) : row('card_number', '=', by.number)))
    .forUpdate()
    .executeTakeFirst();

async function confirm(trx: TenantTransaction, { uid, asked, tenant, now }: SeenCard, card: Card): Settled {
  const { network_id, card_number: cardNumber, status } = card;
  const out = isOutOfUse(status) ? status : await shopStatus(trx, tenant, cardNumber);
  if (out !== null) return err(refusal('CardBlocked', { cardNumber, status: out }));
  if (asked !== null && asked !== cardNumber) return err(refusal('CardNotBlank', { cardNumber }));
  if (card.uid !== null && status === 'active') return ok(cardNumber);
  const fresh = status === 'stock' ? { status: 'active' as const, tenant_id: tenant, issued_at: now } : {};
  await trx
    .updateTable('cards')
    .set({ uid, ...fresh })
    .where('network_id', '=', network_id)
    .where('card_number', '=', cardNumber)
    .execute();
  return ok(cardNumber);
}

async function giveNumber(trx: TenantTransaction, seen: SeenCard): Settled {
  const { networkId, tenant, uid, asked, now } = seen;
  const wanted: Result<TakenNumber, CentralError> =
    asked === null
      ? await takeNextNumber(trx, { networkId, tenant })
      : await takeThisNumber(trx, { networkId, tenant, cardNumber: asked });
  if (!wanted.ok) return wanted;
  const { cardNumber, lot } = wanted.value;
  const held = await cardOf(trx, networkId, { number: cardNumber });
  if (held) return held.uid === null && held.status === 'stock' ? confirm(trx, seen, held) : taken(cardNumber);
  await trx
    .insertInto('cards')
    .values({
      network_id: networkId,
      card_number: cardNumber,
      uid,
      lot,
      tenant_id: tenant,
      status: 'active',
      issued_at: now,
    })
    .execute();
  return ok(cardNumber);
}
