import { err, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { CardReader, CardTransport, ReaderState, TransportError } from '../cards/transport.ts';
import { createLender, type Lender } from './lending.ts';
import { loadPcsc, type PcscLibrary } from './library.ts';
import { createQueue } from './queue.ts';
import { cardLost, eventCount, look, nothingSeen, type Sighting, StateBits, sameState } from './reader-states.ts';
import { waitForCard } from './waiting.ts';
import { startWatch } from './watch.ts';

export type PcscReaderOptions = {
  clock: Clock;
  /** PC/SC name of the reader; without it the first one that exists is used. */
  readerName?: string;
  load?: typeof loadPcsc;
};

/** How long the system may take to notice by itself that a card is gone which broke off an exchange. */
const NOTICE_MS = 600;
const BORROWERS_LIMIT = 16;

/** A reader of the system's PC/SC service. It begins to watch at once and keeps the process alive until `close()`. */
export function createPcscReader({ clock, readerName, load = loadPcsc }: PcscReaderOptions): CardReader {
  const closing = new AbortController();
  const listeners = new Set<(state: ReaderState) => void>();
  const queue = createQueue(BORROWERS_LIMIT);
  const library = remembered(load);
  let lender: Lender | undefined;
  let seen = nothingSeen;
  let lostAtMs: number | undefined;

  const become = (next: typeof seen) => {
    const changed = !sameState(seen.state, next.state);
    seen = next;
    if (changed) for (const listener of [...listeners]) listener(next.state);
  };

  const onSighting = (sighting: Sighting) => {
    if (lostAtMs !== undefined) {
      if (isStale(sighting, seen.event) && clock.monotonicMs() - lostAtMs < NOTICE_MS) return;
      lostAtMs = undefined;
    }
    become(look(seen, sighting));
  };

  const lend = async <T>(use: (card: CardTransport) => Promise<T>): Promise<Result<T, TransportError>> => {
    if (closing.signal.aborted) return err({ type: 'ReaderUnavailable', detail: 'Closed' });
    const { status, name, detail } = seen.state;
    const loaded = await library();
    if (!loaded.ok) return loaded;
    if (status === 'service-down') return err({ type: 'CardServiceUnavailable', detail });
    if (status === 'absent') return err({ type: 'ReaderUnavailable', detail });
    lender ??= createLender(loaded.value, clock);
    const noteLoss = (failure: TransportError) => {
      if (failure.type !== 'CardRemoved' || !seen.state.cardPresent) return;
      lostAtMs = clock.monotonicMs();
      become(cardLost(seen));
    };
    const lent = await lender.lend(name, (card) => use(noting(card, noteLoss)));
    if (!lent.ok) noteLoss(lent.error);
    return lent;
  };

  const watch = startWatch({ library, clock, readerName, onSighting });
  const source: Pick<CardReader, 'state' | 'subscribe'> = {
    state: () => seen.state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  return {
    ...source,
    waitForCard: (wait) => waitForCard(source, clock, wait, closing.signal),
    async withCard(use) {
      return (await queue.run(() => lend(use))) ?? err({ type: 'ReaderUnavailable', detail: 'TooManyBorrowers' });
    },
    async close() {
      closing.abort();
      await Promise.all([watch.stop(), queue.idle()]);
    },
  };
}

/** The card as it was when it broke off: the system has not looked since. */
function isStale(sighting: Sighting, event: number): boolean {
  if (sighting.kind !== 'reader') return false;
  return (sighting.event & StateBits.present) !== 0 && eventCount(sighting.event) === eventCount(event);
}

function noting(card: CardTransport, noteFailure: (failure: TransportError) => void): CardTransport {
  return {
    atr: card.atr,
    async transmit(command) {
      const answer = await card.transmit(command);
      if (!answer.ok) noteFailure(answer.error);
      return answer;
    },
  };
}

/** Loads once; a library that was missing is looked for again, so that installing it is enough. */
function remembered(load: typeof loadPcsc): () => ReturnType<typeof loadPcsc> {
  let library: PcscLibrary | undefined;
  return async () => {
    if (library) return { ok: true, value: library };
    const loaded = await load();
    if (loaded.ok) library = loaded.value;
    return loaded;
  };
}
