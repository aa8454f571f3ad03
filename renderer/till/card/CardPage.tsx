import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { Operations } from '../sale/Operations.tsx';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useWords } from '../useTill.ts';
import { CardFacts } from './CardFacts.tsx';
import { CardPrompt } from './CardPrompt.tsx';
import { useLooking } from './looking.ts';

/** A customer's balance and last operations, from the card itself and from the server. */
export function CardPage() {
  const { screen } = useCounter();
  const { t } = useWords();
  const tray = useScreen((state) => state.tray);
  const { looking, again } = useLooking();
  const waiting = looking.stage === 'waiting' || looking.stage === 'reading';
  return (
    <>
      {looking.stage === 'read' ? (
        <CardFacts card={looking.card} />
      ) : (
        <CardPrompt title={t.card.title} lay={t.card.lay} looking={looking} />
      )}
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
