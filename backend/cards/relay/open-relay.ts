import { checkPin } from '#backend/cards/pins/check-pin.ts';
import type { PinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { enterNetwork } from '#backend/cards/shop.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { RelayPurpose, RelayStep } from '#contract/central/till-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { isCardholderPin } from '#contract/loyalty/cardholder-pin.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { advance } from './advance.ts';
import { type Plan, sealPlan } from './plan.ts';
import { endOthers, outcomeOf, type RelayRow, relaysOfIntention } from './relay-rows.ts';

export type RelayParts = {
  db: Database;
  clock: Clock;
  ids: IdSource;
  random: Random;
  seal: Seal;
  pins: PinHashes;
};
/** Whose card work this is: a terminal that has proved itself. */
export type AtTerminal = { tenant: string; terminal: string };
export type RelayAsked = { intention: string; uid: string; purpose: RelayPurpose };
type Step = Promise<Result<RelayStep, CentralError>>;

/** A card is made in seconds; what takes longer has been given up. */
const lifeMs = 2 * 60_000;
const seedLength = 32;

/**
 * Begins work on a card. One work at a time for each terminal: an earlier one ends here, which is how a card that was pulled
 * half-way and lies there again is gone on with. The same act asked again before the card was touched gets the same command, and
 * after its end the same result.
 */
export async function openRelay(parts: RelayParts, at: AtTerminal, asked: RelayAsked): Step {
  const again = await inTenant(parts.db, at.tenant, (trx) => answeredBefore(trx, parts, at, asked));
  if (again) return again;
  const allowed = await allowedByPin(parts, at, asked);
  if (!allowed.ok) return allowed;
  return inTenant(parts.db, at.tenant, async (trx) => {
    // Held so that two requests of one terminal do not both begin.
    await trx
      .selectFrom('terminals')
      .select('terminal_id')
      .where('tenant_id', '=', at.tenant)
      .where('terminal_id', '=', at.terminal)
      .forUpdate()
      .execute();
    const nowMs = parts.clock.wallMs();
    await endOthers(trx, { ...at, nowMs });
    const row = await beginRelay(trx, parts, { at, asked, nowMs });
    return advance(trx, { ...parts, nowMs }, row, []);
  });
}

async function answeredBefore(
  trx: TenantTransaction,
  parts: RelayParts,
  at: AtTerminal,
  { intention, uid, purpose }: RelayAsked,
): Promise<Awaited<Step> | null> {
  const relays = await relaysOfIntention(trx, { ...at, intention });
  const isThis = (row: RelayRow) => row.uid.toString('hex') === uid && row.purpose === purpose.do;
  const done = relays.find(({ state }) => state === 'done');
  if (done) return isThis(done) ? outcomeOf(done) : err(refusal('IntentionReused', { intention }));
  const nowMs = parts.clock.wallMs();
  const untouched = relays.find((row) => row.state === 'live' && row.steps === 0 && row.expires_at.getTime() > nowMs);
  return untouched && isThis(untouched) ? advance(trx, { ...parts, nowMs }, untouched, []) : null;
}

/**
 * A new PIN is set by who knows the one before, or by a manager, whose approval the till has on record. A key follows the PIN that
 * the server has: said by who knows it, or none.
 */
async function allowedByPin(
  { db, pins }: RelayParts,
  { tenant }: AtTerminal,
  { uid, intention, purpose }: RelayAsked,
): Promise<Result<void, CentralError>> {
  if (purpose.do !== 'set-pin' && purpose.do !== 'follow-pin') return ok(undefined);
  if (purpose.do === 'set-pin' && purpose.newPin !== null && !isCardholderPin(purpose.newPin)) {
    return err(refusal('InvalidRequest', { what: 'purpose.newPin' }));
  }
  const cardNumber = await inTenant(db, tenant, async (trx) => {
    const { network_id } = await enterNetwork(trx, tenant);
    const card = await trx
      .selectFrom('cards')
      .select('card_number')
      .where('network_id', '=', network_id)
      .where('uid', '=', Buffer.from(uid, 'hex'))
      .executeTakeFirst();
    return card?.card_number;
  });
  if (purpose.do === 'set-pin' && purpose.pin === null) return ok(undefined);
  // None is set: whoever claims to know it goes without the approval that a first one takes.
  if (cardNumber === undefined) return err(refusal('PinWrong'));
  const check = await checkPin(db, pins, { tenant, cardNumber, intention, pin: purpose.pin });
  if (check.pin === 'not-set') return purpose.pin === null ? ok(undefined) : err(refusal('PinWrong'));
  if (check.pin === 'required') return err(refusal('PinRequired'));
  if (check.pin === 'wrong') return err(refusal('PinWrong', { triesLeft: check.triesLeft }));
  return check.pin === 'blocked' ? err(refusal('PinBlocked')) : ok(undefined);
}

type Begun = { at: AtTerminal; asked: RelayAsked; nowMs: number };

async function beginRelay(trx: TenantTransaction, parts: RelayParts, { at, asked, nowMs }: Begun): Promise<RelayRow> {
  const relay = parts.ids.uuid();
  const uid = Buffer.from(asked.uid, 'hex');
  const plan: Plan = {
    seed: parts.random(seedLength).toString('hex'),
    purpose: asked.purpose,
    timeSeconds: Math.floor(nowMs / 1000),
    ...(await networkFacts(trx, at.tenant, uid)),
    settled: null,
  };
  return trx
    .insertInto('card_relays')
    .values({
      tenant_id: at.tenant,
      relay_id: relay,
      terminal_id: at.terminal,
      intention: asked.intention,
      uid,
      purpose: asked.purpose.do,
      sealed: sealPlan(parts.seal, relay, plan),
      state: 'live',
      outcome: null,
      created_at: new Date(nowMs),
      expires_at: new Date(nowMs + lifeMs),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What the network knows now and the work depends on: it is frozen in the plan, for the work begins anew at each step. */
async function networkFacts(trx: TenantTransaction, tenant: string, uid: Buffer) {
  const { network_id } = await enterNetwork(trx, tenant);
  const network = await trx
    .selectFrom('networks')
    .select('may_prepare')
    .where('network_id', '=', network_id)
    .executeTakeFirstOrThrow();
  const card = await trx
    .selectFrom('cards')
    .select('card_number')
    .where('network_id', '=', network_id)
    .where('uid', '=', uid)
    .executeTakeFirst();
  return { mayPrepare: network.may_prepare, known: card !== undefined };
}
