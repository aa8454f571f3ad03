import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { cardDataOf, cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type CardRecord, intentionTagOf } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { createShopApplication, issueCard, joinShop } from '#native/cards/issue-card.ts';
import { cardRefusal, type NotAdmitted } from './card-refusal.ts';
import { lookAt, proveOwnKey } from './look-at-card.ts';
import type { Settled } from './plan.ts';
import type { RecordedCard } from './transcript.ts';
import type { Work, WorkEnd } from './work.ts';

type Answer<T> = Promise<Result<T, CentralError>>;

/**
 * Makes a blank into a card of the network with this shop's place on it. A chip that the server does not know is looked at first:
 * until the plan says which number it gets, the work ends there; begun anew with the settled plan, it goes on.
 */
export async function issue({ transport, randomBytes }: RecordedCard, work: Work): Answer<WorkEnd> {
  const card = new Desfire(transport, randomBytes);
  const { plan, uid, secrets } = work;
  const { network, networkId, shop } = secrets;
  const found = plan.known ? ok(null) : await lookAt(card, work);
  if (!found.ok) return found;
  if (plan.settled === null) return ok({ type: 'seen', found: found.value });
  const firstRecord = firstRecordOf(plan.settled, plan.timeSeconds);
  if (found.value !== null) {
    const placed = await createShopApplication(card, { uid, network, shop, firstRecord });
    return placed.ok ? ok({ type: 'made', ...placed.value }) : err(cardRefusal(placed.error));
  }
  const record = { networkId, cardData: firstRecord.cardData };
  const { mayPrepare } = plan;
  const issued = await issueCard(card, { uid, network, record, shop, firstRecord, mayPrepare });
  return issued.ok ? ok({ type: 'made', ...issued.value }) : err(cardRefusal(issued.error));
}

/** Gives a card of the network this shop's place on it. */
export async function join({ transport, randomBytes }: RecordedCard, work: Work): Answer<WorkEnd> {
  const card = new Desfire(transport, randomBytes);
  const { plan, uid, secrets } = work;
  const { network, networkId, shop } = secrets;
  let found: string | null = null;
  const notAdmitted = (why: CentralError) => err<NotAdmitted>({ type: 'NotAdmitted', why });
  const admit = async (cardData: number): Promise<Result<CardRecord, NotAdmitted>> => {
    const proved = plan.known ? ok(undefined) : await proveOwnKey(card, work);
    if (!proved.ok) return notAdmitted(proved.error);
    found = cardNumberOf(cardData);
    const { settled } = plan;
    if (settled?.cardNumber !== found) return notAdmitted(refusal('CardNumberTaken', { cardNumber: found }));
    return ok(firstRecordOf(settled, plan.timeSeconds));
  };
  const joined = await joinShop(card, { uid, network, networkId, shop, admit });
  if (found !== null && plan.settled === null) return ok({ type: 'seen', found });
  return joined.ok ? ok({ type: 'made', ...joined.value }) : err(cardRefusal(joined.error));
}

function firstRecordOf({ cardNumber, opening }: Settled, timeSeconds: number): CardRecord {
  if (opening === null) throw new Error('a card is made without its first record');
  return {
    operation: 'issue',
    counter: 0,
    balancePoints: opening.balance,
    deltaPoints: opening.points,
    totalSpendMinor: opening.totalSpendMinor,
    timeSeconds,
    cardData: cardDataOf(cardNumber),
    intentionTag: intentionTagOf(opening.intention),
  };
}
