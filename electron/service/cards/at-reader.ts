import { err, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { readUid } from '#native/cards/loyalty-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { refusalOf } from '../loyalty/refusals.ts';
import { awaitTap, type Tap } from '../loyalty/tap.ts';
import type { CardWorkParts } from './parts.ts';
import type { WorkRun } from './works.ts';

/** The card that is worked on, lent exclusively. `uid`: 14 hexadecimal digits. */
export type WorkCard = { transport: CardTransport; uid: string; tap: Tap };

/** A card pulled this often in one act is held by nobody who wants it done. */
const maxTears = 10;

/**
 * Waits for a card and works on it. Pulled half-way, the same card is waited for again, for as long as at first: it goes on from
 * what stands on the card. Another card that is laid down meanwhile is left alone.
 */
export async function workAtReader<T>(
  parts: Pick<CardWorkParts, 'cards' | 'taps' | 'clock' | 'randomBytes'>,
  run: WorkRun,
  work: (card: WorkCard) => Promise<Result<T, TillError>>,
): Promise<Result<T, TillError>> {
  let begunWith: string | null = null;
  const once = async (transport: CardTransport, tap: Tap): Promise<Result<T, TillError>> => {
    // Another card may have been laid down between the tap and the loan: it is the one that lies here now.
    parts.taps.use(parts.cards.state().presence);
    const read = await readUid(new Desfire(transport, parts.randomBytes));
    if (!read.ok) return err(refusalOf(read.error));
    const uid = Buffer.from(read.value).toString('hex');
    if (begunWith !== null && begunWith !== uid) return err(tillError('CardChanged'));
    begunWith = uid;
    return work({ transport, uid, tap });
  };
  let trouble: TillError | null = null;
  for (let tears = 0; ; tears++) {
    const untilMs = parts.clock.monotonicMs() + run.order.timeoutMs;
    const tap = await awaitTap(parts, run, untilMs, trouble);
    if (!tap.ok) return tap;
    const lent = await parts.cards.withCard((transport) => once(transport, tap.value));
    const done: Result<T, TillError> = lent.ok ? lent.value : err(refusalOf(lent.error));
    if (done.ok || !isPulled(done.error) || tears >= maxTears) return done;
    trouble = done.error;
  }
}

const isPulled = ({ type }: TillError): boolean =>
  type === 'CardRemoved' || type === 'CardChanged' || type === 'ReaderUnavailable' || type === 'CardServiceUnavailable';
