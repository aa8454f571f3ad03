import { useEffect, useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import type { CardShowEvent, CardView } from '#contract/till/loyalty.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';
import { Action } from '../frame/Action.tsx';
import { Operations } from '../sale/Operations.tsx';
import { toneOf } from '../sale/severity.ts';
import { TapDrawing } from '../sale/TapDrawing.tsx';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useWords } from '../useTill.ts';
import { CardFacts } from './CardFacts.tsx';

type Looking =
  | { stage: 'waiting' | 'reading' }
  | { stage: 'read'; card: CardView }
  | { stage: 'refused'; error: TillError };

/** Reads a card once each time it is asked to. Leaving the page lets the wait end by itself. */
function useLooking(): { looking: Looking; again: () => void } {
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

/** A customer's balance and last operations, from the card itself. */
export function CardPage() {
  const { screen } = useCounter();
  const { t } = useWords();
  const tray = useScreen((state) => state.tray);
  const { looking, again } = useLooking();
  const waiting = looking.stage === 'waiting' || looking.stage === 'reading';
  return (
    <>
      <CardEye looking={looking} />
      <section className="hand">
        {tray ? <Simulator waiting={waiting} /> : <Operations current="card" />}
        <div className="push" />
        <Action keyName="Escape" onPress={() => screen.setState({ page: 'sale' })}>
          {t.card.done}
        </Action>
        {waiting ? (
          <Action kind="latched" keyName="Enter" icon="tap" onPress={() => {}} disabled silentKey>
            <span className="wait">{t.sale.waiting}</span>
          </Action>
        ) : (
          <Action kind="primary" keyName="Enter" icon="tap" onPress={again} focus>
            {t.sale.askCard}
          </Action>
        )}
      </section>
    </>
  );
}

function CardEye({ looking }: { looking: Looking }) {
  const { t, language } = useWords();
  if (looking.stage === 'read') return <CardFacts card={looking.card} />;
  if (looking.stage === 'refused') {
    const { title, remedy } = describeError(language, looking.error);
    return (
      <section className="eye res" data-error={looking.error.type}>
        <Verdict tone={toneOf(looking.error.type)} word={title} large>
          {remedy}
        </Verdict>
      </section>
    );
  }
  const reading = looking.stage === 'reading';
  return (
    <section className="eye panel sale">
      <div className="top">
        <h1 className="what">{t.card.title}</h1>
      </div>
      <div className="prompt ink" role="status">
        <TapDrawing moving={!reading} />
        <div>
          <h2>{reading ? t.prompt.reading : t.prompt.present}</h2>
          <p>{reading ? t.prompt.readingDetail : t.card.lay}</p>
        </div>
      </div>
    </section>
  );
}
