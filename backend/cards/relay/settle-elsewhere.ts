import type { CentralError } from '#contract/central/index.ts';
import { cardDataOf } from '#contract/loyalty/card-number.ts';
import { type CardRecord, fitsOnCard } from '#contract/loyalty/card-record.ts';
import { newestSettles, recordAfter, settlementOf } from '#contract/loyalty/torn-writes.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { openShopApplication, type ShopSession } from '#native/cards/loyalty-card.ts';
import { cardRefusal } from './card-refusal.ts';
import { seenFirst } from './look-at-card.ts';
import type { Elsewhere } from './plan.ts';
import type { RecordedCard } from './transcript.ts';
import type { SettledElsewhere, Work, WorkEnd } from './work.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
type OpenedShop = { session: ShopSession; newest: CardRecord };

/**
 * Settles what other shops have still to write on this card, by the rule of their own tills (DESIGN §6), each in its own application
 * under its own keys. A card that leaves, or fails, half-way ends the work: what it has shown until then counts, the rest stays open.
 */
export async function settleElsewhere({ transport, randomBytes }: RecordedCard, work: Work): Answer<WorkEnd> {
  const card = new Desfire(transport, randomBytes);
  const seen = await seenFirst(card, work);
  if (seen) return seen;
  const settled: SettledElsewhere[] = [];
  for (const shop of work.plan.settled?.elsewhere ?? []) {
    const done = await settleInShop(card, work, shop, settled);
    if (!done.ok && settled.length === 0) return done;
    if (!done.ok) break;
  }
  return ok({ type: 'settled-elsewhere', settled });
}

async function settleInShop(card: Desfire, work: Work, shop: Elsewhere, settled: SettledElsewhere[]): Answer<void> {
  const opened = await openThere(card, work, shop);
  if (!opened.ok || opened.value === null) return opened.ok ? ok(undefined) : opened;
  const { session } = opened.value;
  let { newest } = opened.value;
  const history = newestSettles(shop.writes, newest) ? ok([newest]) : await session.readHistory();
  if (!history.ok) return fault(history.error);
  for (const write of shop.writes) {
    const of = { tenant: shop.tenant, intention: write.intention };
    const settlement = settlementOf(write, history.value);
    if (settlement.outcome !== 'write-again') {
      const place = settlement.outcome === 'applied' ? placeOf(settlement.record) : nowhere;
      settled.push({ ...of, outcome: settlement.outcome, ...place });
      continue;
    }
    const again = recordAfter(newest, write);
    if (!fitsOnCard(again)) {
      settled.push({ ...of, outcome: 'quarantined', ...nowhere });
      continue;
    }
    const written = await session.write(again);
    const committed = written.ok ? await session.commit() : written;
    if (!committed.ok) return fault(committed.error);
    newest = again;
    settled.push({ ...of, outcome: 'applied', ...placeOf(again) });
  }
  return ok(undefined);
}

/**
 * Null: nothing is written there. The shop has no place on this card or its keys no longer open it, the card is older than what the
 * ledger has seen applied (a copy, an old image), or bears another number there.
 */
async function openThere(card: Desfire, { uid, secrets, plan }: Work, shop: Elsewhere): Answer<OpenedShop | null> {
  const { aid, masterKeys } = secrets.ofShop(shop.shop);
  const keys = { aid, readWriteMasterKey: masterKeys[1] };
  const session = await openShopApplication(card, { uid, networkId: secrets.networkId, shop: keys });
  if (!session.ok) {
    const { type } = session.error;
    return type === 'NewInShop' || type === 'KeysChanged' ? ok(null) : fault(session.error);
  }
  const last = await session.value.readLast();
  if (!last.ok) return fault(last.error);
  const newest = last.value;
  if (newest === null || newest.counter < shop.counter) return ok(null);
  return newest.cardData === cardDataOf(plan.settled!.cardNumber) ? ok({ session: session.value, newest }) : ok(null);
}

const fault = (error: Parameters<typeof cardRefusal>[0] | { type: 'CardRecordInvalid' }): Result<never, CentralError> =>
  err(error.type === 'CardRecordInvalid' ? { type: 'CardFault', facts: { what: error.type } } : cardRefusal(error));

const placeOf = ({ counter, balancePoints }: CardRecord) => ({ cardCounter: counter, cardBalance: balancePoints });
const nowhere = { cardCounter: null, cardBalance: null };
