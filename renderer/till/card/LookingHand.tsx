import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { Latched } from '../frame/Latched.tsx';
import { OperationsOrTray } from '../sale/OperationsOrTray.tsx';
import { useWords } from '../useTill.ts';
import type { Looking } from './looking.ts';

type Props = {
  current: 'card' | 'spend';
  looking: Looking;
  again: () => void;
  /** The words of the way back to the sale. */
  back: string;
};

/** What the hand does while a card is looked at: wait for it, ask for it once more, or go back to the sale. */
export function LookingHand({ current, looking, again, back }: Props) {
  const { screen } = useCounter();
  const { t } = useWords();
  const waiting = looking.stage === 'waiting' || looking.stage === 'reading';
  return (
    <section className="hand">
      <OperationsOrTray current={current} waiting={waiting} />
      <div className="push" />
      <Action keyName="Escape" onPress={() => screen.setState({ page: 'sale' })}>
        {back}
      </Action>
      {waiting ? (
        <Latched>{t.sale.waiting}</Latched>
      ) : (
        <Action kind="primary" keyName="Enter" icon="tap" onPress={again} focus>
          {t.sale.askCard}
        </Action>
      )}
    </section>
  );
}
