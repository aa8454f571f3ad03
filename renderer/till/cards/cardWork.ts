import { useEffect, useRef, useState } from 'react';
import type { CardWorkEvent, IssuedCard } from '#contract/till/cards.ts';
import type { TillError } from '#contract/till/errors.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';

/** Work on a card through the server, as the screen follows it. */
export type CardWork =
  | { stage: 'idle' }
  | { stage: 'present' | 'remove' | 'reading' | 'again' }
  | { stage: 'working'; exchanges: number }
  | { stage: 'issued'; card: IssuedCard }
  | { stage: 'done'; cardNumber: string }
  | { stage: 'refused'; error: TillError };

type Open = (client: TillClient) => Promise<AsyncIterable<CardWorkEvent>>;

/** What the screen shows of an event. */
export const workOf = (event: CardWorkEvent): CardWork => {
  switch (event.stage) {
    case 'present-card':
      return { stage: 'present' };
    case 'remove-card':
      return { stage: 'remove' };
    case 'present-card-again':
      return { stage: 'again' };
    case 'reading':
    case 'working':
    case 'issued':
    case 'done':
      return event;
  }
};

/** Starts work and follows it. Who leaves the page gives the wait for a card up: the reader is free for the next sale. */
export function useCardWork(): { work: CardWork; start: (intention: string, open: Open) => void } {
  const { client, sound } = useCounter();
  const [work, setWork] = useState<CardWork>({ stage: 'idle' });
  const round = useRef(0);
  const waiting = useRef<string | null>(null);
  useEffect(
    () => () => {
      round.current += 1;
      if (waiting.current === null) return;
      client()
        ?.loyalty.cancel({ intention: waiting.current })
        .catch(() => {});
    },
    [client],
  );
  const start = (intention: string, open: Open) => {
    round.current += 1;
    const mine = round.current;
    const show = (next: CardWork) => {
      if (mine !== round.current) return;
      if (next.stage === 'issued' || next.stage === 'done') sound.play('go');
      // An approval that is still to be given is a question, not a refusal.
      if (next.stage === 'refused' && next.error.type !== 'ApprovalRequired') sound.play('stop');
      waiting.current = isUnderWay(next) ? intention : null;
      setWork(next);
    };
    const follow = async () => {
      const service = client();
      if (!service) return show({ stage: 'refused', error: { type: 'ServiceGone' } });
      try {
        for await (const event of await open(service)) show(workOf(event));
      } catch (thrown) {
        show({ stage: 'refused', error: refusalOf(thrown) ?? { type: 'ServiceGone' } });
      }
    };
    show({ stage: 'reading' });
    void follow();
  };
  return { work, start };
}

export const isUnderWay = ({ stage }: CardWork): boolean =>
  stage === 'present' || stage === 'remove' || stage === 'reading' || stage === 'again' || stage === 'working';
