import { keepPin, unblockPin } from '#backend/cards/pins/keep-pin.ts';
import { isPinNow, markKeyBehind } from '#backend/cards/pins/key-behind.ts';
import type { PinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import { writesElsewhere } from '#backend/loyalty/ledger/elsewhere.ts';
import type { CardWork } from '#backend/loyalty/ledger/parts.ts';
import { recordOutcomes } from '#backend/loyalty/ledger/record-outcomes.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { Outgoing } from '#backend/terminals/outgoing.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { intentionTagOf } from '#contract/loyalty/card-record.ts';
import type { Opening, Plan } from './plan.ts';
import type { DoneStep, RelayRow } from './relay-rows.ts';
import type { SettledElsewhere, WorkEnd } from './work.ts';

type Ended = Exclude<WorkEnd, { type: 'seen' }>;
type Finished = { row: RelayRow; plan: Plan; end: Ended; pins: PinHashes; ids: IdSource; seal: Seal; now: Date };

/** What the card has now, the server's rows have as well, in the transaction that answers so. */
export async function finish(
  trx: TenantTransaction,
  { row, plan, end, pins, now, ...parts }: Finished,
): Promise<DoneStep> {
  const { settled, purpose } = plan;
  if (settled === null) throw new Error('work ended on a card without a number');
  const { cardNumber, opening } = settled;
  const step = { state: 'done', relay: row.relay_id, cardNumber } as const;
  if (end.type === 'pin-done') {
    await finishPin(trx, { tenant: row.tenant_id, cardNumber, intention: row.intention, purpose, pins, now });
    return { ...step, changed: end.changed, points: 0, balance: 0, cardCounter: 0, rulesVersion: 0 };
  }
  if (end.type === 'settled-elsewhere') {
    await finishElsewhere(trx, row.tenant_id, cardNumber, end.settled, { ...parts, at: now, outgoing: new Outgoing() });
    return { ...step, changed: end.settled.length > 0, points: 0, balance: 0, cardCounter: 0, rulesVersion: 0 };
  }
  if (opening === null) throw new Error('a card was made without its first record');
  const { ours, first } = await finishOpening(trx, { tenant: row.tenant_id, cardNumber, opening, end, now });
  if (first) await tellWaiting(trx, row.tenant_id, cardNumber);
  return {
    ...step,
    changed: end.changed || first,
    points: ours ? opening.points : 0,
    balance: end.newest.balancePoints,
    cardCounter: end.newest.counter,
    rulesVersion: opening.rulesVersion,
  };
}

type PinStands = {
  tenant: string;
  cardNumber: string;
  intention: string;
  purpose: Plan['purpose'];
  pins: PinHashes;
  now: Date;
};

/** The card's key is made with the PIN of this work, or its tries are back. */
async function finishPin(trx: TenantTransaction, { intention, purpose, pins, now, ...card }: PinStands): Promise<void> {
  if (purpose.do === 'unblock-pin') return unblockPin(trx, { ...card, intention });
  if (purpose.do === 'set-pin') {
    const pinHash = purpose.newPin === null ? null : await pins.hash(purpose.newPin);
    await keepPin(trx, { ...card, pinHash, now });
  }
  // Changed once more on the holder's page meanwhile: the card is behind again.
  if (purpose.do === 'follow-pin' && !(await isPinNow(trx, pins, card, purpose.pin))) return;
  const outgoing = new Outgoing();
  await markKeyBehind(trx, { ...card, behind: false }, outgoing);
  await outgoing.publish(trx, card.tenant);
}

/** A card that is new in this shop may bring what others have still to write on it. */
async function tellWaiting(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<void> {
  const outgoing = new Outgoing();
  for (const { writes } of await writesElsewhere(trx, tenant, cardNumber))
    for (const { intention } of writes)
      outgoing.add(tenant, { item: 'card-waits', cardNumber, intention, waits: true });
  await outgoing.publish(trx, tenant);
}

/** Each shop's ledger learns what became of its writes; in the order of their ids, as all that touches several shops. */
async function finishElsewhere(
  trx: TenantTransaction,
  home: string,
  cardNumber: string,
  settled: readonly SettledElsewhere[],
  work: CardWork,
): Promise<void> {
  for (const tenant of [...new Set(settled.map((each) => each.tenant))].sort()) {
    const reported = settled
      .filter((each) => each.tenant === tenant)
      .map(({ tenant: _, ...each }) => ({ ...each, cardNumber }));
    await enterScope(trx, { tenant });
    await recordOutcomes(trx, tenant, reported, work);
  }
  await enterScope(trx, { tenant: home });
  await work.outgoing.publish(trx, home);
}

type CameIn = {
  tenant: string;
  cardNumber: string;
  opening: Opening;
  end: Extract<Ended, { type: 'made' }>;
  now: Date;
};

/**
 * `ours`: the first record that was decided here stands on the card, and not one from before, which had no bonus by this.
 * `first`: it is known to stand there only now. That is news also where this tap changed nothing: the answer to the last command
 * of an earlier one was lost, and nobody has been told.
 */
async function finishOpening(trx: TenantTransaction, { tenant, cardNumber, opening, end, now }: CameIn) {
  const ours = end.newest.counter === 0 && end.newest.intentionTag === intentionTagOf(opening.intention);
  const { numUpdatedRows } = await trx
    .updateTable('card_openings')
    .set({ finished_at: now, points: ours ? opening.points : 0 })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  return { ours, first: ours && numUpdatedRows > 0n };
}
