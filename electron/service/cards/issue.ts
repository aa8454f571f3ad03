import { cardNumberOf, parseCardNumber } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardWorkEvent, IssuedCard } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { readNetworkApplication } from '#native/cards/loyalty-card.ts';
import { openCard } from '../loyalty/open-card.ts';
import type { Acting, ShopAtTill } from '../loyalty/parts.ts';
import { refusalOf } from '../loyalty/refusals.ts';
import { type WorkCard, workAtReader } from './at-reader.ts';
import { issuedCard, recordIssued } from './issued-entry.ts';
import type { CardWorkParts } from './parts.ts';
import { type RelayDone, relayCard } from './relay.ts';
import type { CardWorks, WorkOrder, WorkRun } from './works.ts';

export type IssueOrder = WorkOrder & { cardNumber: string | null };

/**
 * A blank card, or one of the network that is new here, becomes a working card of this shop (T4): once for each intention, and
 * told again from the journal. Errors: IntentionReused, SaleInProgress, CardNumberInvalid; the run ends with NotEnrolled, NeedsLink,
 * the card's, the reader's or the server's refusals.
 */
export function issueOnce(
  parts: CardWorkParts,
  works: CardWorks,
  acting: Acting,
  order: IssueOrder,
): Result<WorkRun, TillError> {
  const { cardNumber } = order;
  if (cardNumber !== null && !parseCardNumber(cardNumber).ok)
    return err(tillError('CardNumberInvalid', { cardNumber }));
  return works.once({
    order,
    what: `issue ${cardNumber}`,
    recorded: () => recordedIssue(parts, order),
    work: (run) => issue(parts, acting, order, run),
  });
}

function recordedIssue(
  { reader }: CardWorkParts,
  { intention, cardNumber }: IssueOrder,
): Result<CardWorkEvent, TillError> | null {
  const entry = reader.act(intention)?.entry;
  if (!entry) return null;
  const isThis = entry.kind === 'card.issued' && (cardNumber ?? entry.body.cardNumber) === entry.body.cardNumber;
  if (!isThis) return err(tillError('IntentionReused'));
  return ok({ stage: 'issued', card: issuedCard(entry, 0) });
}

async function issue(
  parts: CardWorkParts,
  acting: Acting,
  order: IssueOrder,
  run: WorkRun,
): Promise<Result<CardWorkEvent, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  let begun: Begun | null = null;
  const issued = await workAtReader(parts, run, async (card): Promise<Result<IssuedCard, TillError>> => {
    if (!begun) {
      const seen = await lookAt(parts, shop, card);
      if (!seen.ok) return seen;
      const bears = 'already' in seen.value ? seen.value.already.cardNumber : seen.value.had;
      const wanted = order.cardNumber;
      if (bears !== null && wanted !== null && bears !== wanted) {
        return err(tillError('CardNotBlank', { cardNumber: bears }));
      }
      if ('already' in seen.value) return ok(seen.value.already);
      begun = { had: seen.value.had, exchanges: 0 };
    }
    const central = parts.central();
    if (!central) return err(tillError('NeedsLink'));
    const { exchanges: before } = begun;
    const asked = { intention: order.intention, uid: card.uid, purpose: purposeOf(order) };
    const relayed = await relayCard({ central, clock: parts.clock }, card.transport, asked, (exchanges) => {
      begun!.exchanges = before + exchanges;
      run.emit({ stage: 'working', exchanges: begun!.exchanges });
    });
    if (!relayed.ok) return relayed;
    return conclude(parts, acting, shop, order, { done: relayed.value.done, card, begun });
  });
  return issued.ok ? ok({ stage: 'issued', card: issued.value }) : issued;
}

/** What the card was when it was first laid down (`had`: its number, null of a blank), and what has passed since. */
type Begun = { had: string | null; exchanges: number };

const purposeOf = ({ cardNumber }: IssueOrder) => ({ do: 'issue', cardNumber }) as const;

/** What lies here: a card that works in this shop already, or one to be made, with the number that it has. */
async function lookAt(
  { randomBytes, feed, clock }: CardWorkParts,
  { onCard }: ShopAtTill,
  { transport, uid, tap }: WorkCard,
): Promise<Result<{ already: IssuedCard } | { had: string | null }, TillError>> {
  const opened = await openCard(transport, onCard, randomBytes);
  if (opened.ok) {
    const { cardNumber, newest, session } = opened.value;
    const made = { entry: '', seq: 0, how: 'already', points: 0, balance: newest.balancePoints } as const;
    const tapToResultMs = Math.round(clock.monotonicMs() - tap.atMs);
    return ok({ already: { ...made, cardNumber, uid, exchanges: session.exchanges, tapToResultMs } });
  }
  const had = await numberOf(opened.error, new Desfire(transport, randomBytes));
  if (!had.ok || had.value === null) return had.ok ? ok({ had: null }) : had;
  return feed.isBlocked(had.value) ? err(tillError('CardBlocked', { cardNumber: had.value })) : ok({ had: had.value });
}

/** Of a card that is still to be made for this shop: a blank's is null. Any other refusal stands. */
async function numberOf(why: TillError, card: Desfire): Promise<Result<string | null, TillError>> {
  switch (why.type) {
    case 'CardNotOurs':
      return ok(null);
    case 'CardNewInShop':
      return ok(String(why.facts?.cardNumber));
    // Torn before its first record, which would have told the number.
    case 'CardNotPrepared': {
      const network = await readNetworkApplication(card);
      return network.ok ? ok(cardNumberOf(network.value.cardData)) : err(refusalOf(network.error));
    }
    default:
      return err(why);
  }
}

type Ended = { done: RelayDone; card: WorkCard; begun: Begun };

/** The card did not work here when it was laid down, and does now: this act made it, in however many taps. */
function conclude(
  parts: CardWorkParts,
  acting: Acting,
  shop: ShopAtTill,
  { intention }: IssueOrder,
  { done, card, begun }: Ended,
): Result<IssuedCard, TillError> {
  const tapToResultMs = Math.round(parts.clock.monotonicMs() - card.tap.atMs);
  const { uid } = card;
  const { exchanges } = begun;
  const how = begun.had === null ? 'issued' : 'joined';
  const recorded = recordIssued(parts, acting, shop, { intention, uid, how, done, exchanges });
  return recorded.ok ? ok(issuedCard(recorded.value, tapToResultMs)) : recorded;
}
