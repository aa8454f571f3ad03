import { cardSecretsOf } from '#backend/cards/card-secrets.ts';
import { markBeforeChange } from '#backend/cards/pins/key-behind.ts';
import type { PinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { enterNetwork } from '#backend/cards/shop.ts';
import { settleNumber } from '#backend/cards/stock/settle-number.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { writesElsewhere } from '#backend/loyalty/ledger/elsewhere.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { cardWork } from './card-work.ts';
import { finish } from './finish.ts';
import { decideOpening } from './opening.ts';
import { openPlan, type Plan, sealPlan } from './plan.ts';
import { endRelay, type RelayRow, resealPlan } from './relay-rows.ts';
import { type Replay, replay } from './transcript.ts';
import type { WorkEnd } from './work.ts';

export type AdvanceParts = { seal: Seal; pins: PinHashes; ids: IdSource; nowMs: number };
type Step = Promise<Result<RelayStep, CentralError>>;

/**
 * Runs the work of a relay over the card's answers, up to the next command to the card or to its end. Whatever it decides stands
 * in rows of this transaction, which commits before the answer leaves: no command that changes a card precedes its record.
 */
export async function advance(
  trx: TenantTransaction,
  parts: AdvanceParts,
  row: RelayRow,
  answers: readonly Uint8Array[],
): Step {
  const shop = await enterNetwork(trx, row.tenant_id);
  const secrets = await cardSecretsOf(trx, parts.seal, shop);
  let plan = openPlan(parts.seal, row.relay_id, row.sealed!);
  const run = () => {
    const work = { plan, uid: new Uint8Array(row.uid), secrets };
    return replay(Buffer.from(plan.seed, 'hex'), answers, (card) => cardWork(card, work));
  };
  let state = plan.known && plan.settled === null ? knownCard : await run();
  if ('end' in state && state.end.ok && state.end.value.type === 'seen') {
    const { found } = state.end.value;
    const settled = await settle(trx, { row, shop, plan, found, nowMs: parts.nowMs });
    if (!settled.ok) return refuse(trx, row, settled.error);
    plan = settled.value;
    await resealPlan(trx, row, sealPlan(parts.seal, row.relay_id, plan));
    state = await run();
  }
  if ('next' in state) {
    const apdu = Buffer.from(state.next).toString('hex');
    return ok({ state: 'apdu', relay: row.relay_id, step: answers.length, apdu });
  }
  if (!state.end.ok) return refuse(trx, row, state.end.error);
  if (state.end.value.type === 'seen') throw new Error('a settled card was looked at again');
  const step = await finish(trx, { ...parts, row, plan, end: state.end.value, now: new Date(parts.nowMs) });
  await endRelay(trx, row, { done: step });
  return ok(step);
}

/** A chip that the server knows has its number before it is asked anything. */
const knownCard: Replay<Result<WorkEnd, CentralError>> = { end: ok({ type: 'seen', found: null }) };

async function refuse(trx: TenantTransaction, row: RelayRow, error: CentralError): Step {
  await endRelay(trx, row, { refused: error });
  return err(error);
}

type Seen = {
  row: RelayRow;
  shop: Awaited<ReturnType<typeof enterNetwork>>;
  plan: Plan;
  found: string | null;
  nowMs: number;
};

/** The card's number and its first record, durable with this step. */
async function settle(trx: TenantTransaction, seen: Seen): Promise<Result<Plan, CentralError>> {
  const { row, shop, plan, found, nowMs } = seen;
  const tenant = row.tenant_id;
  const asked = plan.purpose.do === 'issue' ? plan.purpose.cardNumber : null;
  const now = new Date(nowMs);
  const card = { networkId: shop.network_id, tenant, uid: row.uid, found, asked, now };
  const number = await settleNumber(trx, card);
  if (!number.ok) return number;
  const cardNumber = number.value;
  if (plan.purpose.do === 'settle-elsewhere') {
    const elsewhere = await writesElsewhere(trx, tenant, cardNumber);
    return ok({ ...plan, settled: { cardNumber, opening: null, elsewhere } });
  }
  if (plan.purpose.do === 'set-pin') await markBeforeChange(trx, { tenant, cardNumber, now });
  const writesFirst = plan.purpose.do === 'issue' || plan.purpose.do === 'join';
  if (!writesFirst) return ok({ ...plan, settled: { cardNumber, opening: null } });
  const opening = await decideOpening(trx, { tenant, cardNumber, intention: row.intention, nowMs });
  return ok({ ...plan, settled: { cardNumber, opening } });
}
