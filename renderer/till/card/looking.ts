import { useEffect, useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import type { CardShowEvent, CardView } from '#contract/till/loyalty.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';

export type Looking =
  | { stage: 'waiting' | 'reading' }
  | { stage: 'read'; card: CardView }
  | { stage: 'refused'; error: TillError };

/** Reads a card once each time it is asked to. Leaving the page lets the wait end by itself. */
export function useLooking(): { looking: Looking; again: () => void } {
  const { client } = useCounter();
  const [looking, setLooking] = useState<Looking>({ stage: 'waiting' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is a new reading
  useEffect(() => {
    const stop = new AbortController();
    const show = (next: Looking) => {
      if (!stop.signal.aborted) setLooking(next);
    };
    const onEvent = (event: CardShowEvent) => {
      if (event.stage === 'result') show({ stage: 'read', card: event.card });
      else show({ stage: event.stage === 'reading' ? 'reading' : 'waiting' });
    };
    const look = async () => {
      try {
        const events = await client()?.loyalty.showCard({}, { signal: stop.signal });
        if (events) for await (const event of events) onEvent(event);
      } catch (thrown) {
        const error = refusalOf(thrown);
        if (error) show({ stage: 'refused', error });
      }
    };
    void look();
    return () => stop.abort();
  }, [client, round]);
  const again = () => {
    setLooking({ stage: 'waiting' });
    setRound((count) => count + 1);
  };
  return { looking, again };
}
