import { cardNumberOf, parseCardNumber } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardWorkEvent, IssuedCard } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { readNetworkApplication } from '#native/cards/loyalty-card.ts';
import type { Acting } from '../acting.ts';
import { openCard } from '../loyalty/open-card.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import { refusalOf } from '../loyalty/refusals.ts';
import { afterOperation } from './after-operation.ts';
import { type WorkCard, workAtReader } from './at-reader.ts';
import { issuedCard } from './issued-entry.ts';
import type { Making } from './kept-making.ts';
import { type Made, makeCard, makingOf } from './make.ts';
import type { CardWorkParts } from './parts.ts';
import { settleMaking } from './settle-making.ts';
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
  // A till that died before its entry: the same act may be what is asked again. Without a link it waits.
  await settleMaking(parts);
  const settled = recordedIssue(parts, order);
  if (settled) return settled;
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
      if ('already' in seen.value) {
        const { already, isUnused } = seen.value;
        const kept = isUnused && parts.central() ? parts.making.get() : null;
        if (kept?.uid !== card.uid) return ok(already);
        begun = { making: kept, exchanges: 0 };
      } else {
        const how = seen.value.had === null ? 'issued' : 'joined';
        const act = { intention: order.intention, uid: card.uid, purpose: purposeOf(order), how } as const;
        begun = { making: makingOf(act, acting, shop), exchanges: 0 };
      }
    }
    const { making, exchanges: before } = begun;
    const made = await makeCard(parts, card.transport, making, (exchanges) => {
      begun!.exchanges = before + exchanges;
      run.emit({ stage: 'working', exchanges: begun!.exchanges });
    });
    if (!made.ok) return made;
    const issuedHere = madeCard(parts, card, made.value);
    await afterOperation(parts, { ...card, cardNumber: issuedHere.cardNumber }, null);
    return ok(issuedHere);
  });
  return issued.ok ? ok({ stage: 'issued', card: issued.value }) : issued;
}

/** The making as the card's first tap has it: after a torn one it would look like a card that came with a number. */
type Begun = { making: Making; exchanges: number };

const purposeOf = ({ cardNumber }: IssueOrder) => ({ do: 'issue', cardNumber }) as const;

/** What lies here: a card that works in this shop already, or one to be made, with the number that it has. */
async function lookAt(
  { randomBytes, feed, clock }: CardWorkParts,
  { onCard }: ShopAtTill,
  { transport, uid, tap }: WorkCard,
): Promise<Result<{ already: IssuedCard; isUnused: boolean } | { had: string | null }, TillError>> {
  const opened = await openCard(transport, onCard, randomBytes);
  if (opened.ok) {
    const { cardNumber, newest, session } = opened.value;
    const { balancePoints: balance, counter } = newest;
    const tapToResultMs = Math.round(clock.monotonicMs() - tap.atMs);
    const { exchanges } = session;
    return ok({
      already: worksAlready({ cardNumber, uid, balance, exchanges, tapToResultMs }),
      isUnused: counter === 0,
    });
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

/** Nothing was made, and nothing is on record. */
const worksAlready = (card: Omit<IssuedCard, 'entry' | 'seq' | 'how' | 'points'>): IssuedCard => ({
  ...{ entry: '', seq: 0, how: 'already', points: 0 },
  ...card,
});

function madeCard({ clock }: CardWorkParts, { uid, tap }: WorkCard, { entry, done, exchanges }: Made): IssuedCard {
  const tapToResultMs = Math.round(clock.monotonicMs() - tap.atMs);
  if (entry) return issuedCard(entry, tapToResultMs);
  const { cardNumber, balance } = done;
  return worksAlready({ cardNumber, uid, balance, exchanges, tapToResultMs });
}
