import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { openCardLevel } from '#native/cards/card-level.ts';
import type { Desfire } from '#native/cards/desfire.ts';
import { readNetworkApplication } from '#native/cards/loyalty-card.ts';
import { cardRefusal } from './card-refusal.ts';
import type { Work, WorkEnd } from './work.ts';

type Answer<T> = Promise<Result<T, CentralError>>;

/** Which card is this, whose chip the server does not know? @returns its number, proved; null for one that has none yet */
export async function lookAt(card: Desfire, work: Work): Answer<string | null> {
  const seen = await readNetworkApplication(card);
  if (!seen.ok) return seen.error.type === 'NotOurs' ? ok(null) : err(cardRefusal(seen.error));
  if (seen.value.networkId !== work.secrets.networkId) return err(refusal('CardNotOurs'));
  const proved = await proveOwnKey(card, work);
  return proved.ok ? ok(cardNumberOf(seen.value.cardData)) : proved;
}

/**
 * A card that must have its number already: looked at first where the server does not know its chip.
 * @returns where the work ends for now; null: it goes on
 */
export async function seenFirst(card: Desfire, work: Work): Promise<Result<WorkEnd, CentralError> | null> {
  const { known, settled } = work.plan;
  if (known) return null;
  const found = await lookAt(card, work);
  if (!found.ok) return found;
  if (found.value === null) return err(refusal('CardNotOurs'));
  return settled === null ? ok({ type: 'seen', found: found.value }) : null;
}

/** What everyone may read proves nothing: a number is believed of a card that has the network's own key for its chip. */
export async function proveOwnKey(card: Desfire, { uid, secrets }: Work): Answer<void> {
  const opened = await openCardLevel(card, uid, secrets.network);
  return opened.ok ? opened : err(cardRefusal(opened.error));
}
