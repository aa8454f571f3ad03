import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting, Approval } from '../acting.ts';
import { openCard } from '../loyalty/open-card.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import { refusalOf, storeRefusal } from '../loyalty/refusals.ts';
import { afterOperation } from './after-operation.ts';
import { type WorkCard, workAtReader } from './at-reader.ts';
import type { CardWorkParts } from './parts.ts';
import { relayCard } from './relay.ts';
import type { CardWorks, WorkOrder, WorkRun } from './works.ts';

/** PINs as typed: neither logged nor kept. */
export type SetPinOrder = WorkOrder & { newPin: string | null; pin: string | null; approvedBy: Approval };
export type UnblockPinOrder = WorkOrder & { approvedBy: Approval };

type PinChange = 'set' | 'changed' | 'removed' | 'unblocked';
type PinWork = {
  order: WorkOrder & { approvedBy: Approval };
  purpose: Parameters<typeof relayCard>[2]['purpose'];
  /** @param pinIsSet had the card one when it was laid down? */
  change: (pinIsSet: boolean) => PinChange;
};

/**
 * Sets, changes or (null) removes the cardholder's PIN, on the card and at the server (T5). Errors: IntentionReused, SaleInProgress;
 * the run ends with NotEnrolled, NeedsLink, PinWrong, PinBlocked, CardBlocked, the card's and the reader's.
 */
export function setPinOnce(
  parts: CardWorkParts,
  works: CardWorks,
  acting: Acting,
  order: SetPinOrder,
): Result<WorkRun, TillError> {
  const { newPin, pin } = order;
  return pinOnce(parts, works, acting, {
    order,
    purpose: { do: 'set-pin', newPin, pin },
    change: (pinIsSet) => (newPin === null ? 'removed' : pinIsSet ? 'changed' : 'set'),
  });
}

/** Gives the tries of a PIN back, on the card and at the server (T5). Errors as of `setPinOnce`. */
export function unblockPinOnce(
  parts: CardWorkParts,
  works: CardWorks,
  acting: Acting,
  order: UnblockPinOrder,
): Result<WorkRun, TillError> {
  return pinOnce(parts, works, acting, { order, purpose: { do: 'unblock-pin' }, change: () => 'unblocked' });
}

function pinOnce(parts: CardWorkParts, works: CardWorks, acting: Acting, work: PinWork): Result<WorkRun, TillError> {
  const { order, purpose, change } = work;
  // A first PIN and a change are asked for alike: which it is the card says.
  const asked = change(true);
  return works.once({
    order,
    what: `${purpose.do} ${asked}`,
    recorded: () => recordedPin(parts, order.intention, [asked, change(false)]),
    work: (run) => changePin(parts, acting, work, run),
  });
}

function recordedPin(
  { reader }: CardWorkParts,
  intention: string,
  asked: readonly PinChange[],
): Result<CardWorkEvent, TillError> | null {
  const entry = reader.act(intention)?.entry;
  if (!entry) return null;
  return entry.kind === 'card.pin' && asked.includes(entry.body.what)
    ? ok({ stage: 'done', cardNumber: entry.body.cardNumber })
    : err(tillError('IntentionReused'));
}

async function changePin(
  parts: CardWorkParts,
  acting: Acting,
  { order, purpose, change }: PinWork,
  run: WorkRun,
): Promise<Result<CardWorkEvent, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  let first: Before | null = null;
  let before = 0;
  const changed = await workAtReader(parts, run, async (card): Promise<Result<Before, TillError>> => {
    const central = parts.central();
    if (!central) return err(tillError('NeedsLink'));
    // As it was at the first tap: a change that was torn must not look like the state before it.
    if (!first) {
      const standing = await pinOn(parts, shop, card);
      if (!standing.ok) return standing;
      first = standing.value;
    }
    const asked = { intention: order.intention, uid: card.uid, purpose };
    const tell = (exchanges: number) => run.emit({ stage: 'working', exchanges: before + exchanges });
    const relayed = await relayCard({ ...parts, central }, card.transport, asked, tell);
    if (!relayed.ok) return relayed;
    before += relayed.value.exchanges;
    await afterOperation(parts, { ...card, cardNumber: first.cardNumber }, null);
    return ok(first);
  });
  if (!changed.ok) return changed;
  const { cardNumber, pinIsSet } = changed.value;
  const body = { cardNumber, what: change(pinIsSet), approvedBy: order.approvedBy };
  const { intention } = order;
  const [staff, role] = [acting.code, acting.role];
  const appended = parts.journal.append([{ kind: 'card.pin', intention, staff, role, postings: [], body }]);
  return appended.ok ? ok({ stage: 'done', cardNumber }) : err(storeRefusal(appended.error));
}

type Before = { cardNumber: string; pinIsSet: boolean };

/** Whose card it is, and whether a PIN is set on it. Errors: CardBlocked, the card's and the reader's own. */
async function pinOn(
  { randomBytes, feed }: CardWorkParts,
  { onCard }: ShopAtTill,
  { transport }: WorkCard,
): Promise<Result<Before, TillError>> {
  const opened = await openCard(transport, onCard, randomBytes);
  if (!opened.ok) return opened;
  const { cardNumber, session } = opened.value;
  if (feed.isBlocked(cardNumber)) return err(tillError('CardBlocked', { cardNumber }));
  const proof = await session.provePin(null);
  if (proof.ok) return ok({ cardNumber, pinIsSet: false });
  return proof.error.type === 'PinRequired' ? ok({ cardNumber, pinIsSet: true }) : err(refusalOf(proof.error));
}
