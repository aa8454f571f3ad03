import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { recordMade } from './issued-entry.ts';
import type { Making } from './kept-making.ts';
import type { CardWorkParts } from './parts.ts';
import { type Relayed, relayCard } from './relay.ts';
import { settleMaking } from './settle-making.ts';

export type Made = Relayed & { entry: JournalEntry<'card.issued'> | null };

/**
 * Has the server make the card that lies here, durably meant before its first command and on record when this returns. Called again
 * with the same making, it goes on. `entry` null: the card had all this already, and somebody was told.
 * Errors: NeedsLink, DiskFull and the like, the card's, the reader's and the server's refusals.
 */
export async function makeCard(
  parts: CardWorkParts,
  transport: CardTransport,
  making: Making,
  onExchange: (exchanges: number) => void,
): Promise<Result<Made, TillError>> {
  const { intention, uid, purpose } = making;
  const central = parts.central();
  if (!central) return err(tillError('NeedsLink'));
  if (parts.making.get()?.intention !== intention) {
    const settled = await settleMaking(parts);
    if (!settled.ok) return settled;
  }
  const kept = parts.making.keep(making);
  if (!kept.ok) return kept;
  const relaying = { ...parts, central };
  const relayed = await relayCard(relaying, transport, { intention, uid, purpose }, onExchange);
  if (!relayed.ok) return relayed;
  const entry = recordMade(parts, making, relayed.value);
  if (making.how === 'joined') parts.making.joined = uid;
  return entry.ok ? ok({ entry: entry.value, ...relayed.value }) : entry;
}

/** What is about to be done to a card of this chip, by whom. */
export const makingOf = (
  act: Pick<Making, 'intention' | 'uid' | 'purpose' | 'how'>,
  { code, role }: { code: string; role: string },
  { programme }: { programme: { id: string } },
): Making => ({ ...act, programme: programme.id, staff: code, role });
