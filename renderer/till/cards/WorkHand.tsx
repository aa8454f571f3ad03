import { Action } from '../frame/Action.tsx';
import { Latched } from '../frame/Latched.tsx';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useWords } from '../useTill.ts';
import { type CardWork, isUnderWay } from './cardWork.ts';

type Props = { work: CardWork; again: () => void; onEnd: () => void };

/** What the hand does while a card is worked on: wait, try again, finish. */
export function WorkHand({ work, again, onEnd }: Props) {
  const { t } = useWords();
  const tray = useScreen((state) => state.tray);
  const underWay = isUnderWay(work);
  return (
    <section className="hand">
      {tray ? <Simulator waiting={underWay} /> : null}
      <div className="push" />
      {underWay || work.stage === 'refused' ? (
        <Action keyName="Escape" onPress={onEnd}>
          {t.cards.back}
        </Action>
      ) : null}
      {underWay ? (
        <Latched>{t.sale.waiting}</Latched>
      ) : work.stage === 'refused' ? (
        <Action kind="primary" keyName="Enter" onPress={again} focus>
          {t.sale.again}
        </Action>
      ) : (
        <Action kind="primary" keyName="Enter" onPress={onEnd} focus>
          {t.cards.finish}
        </Action>
      )}
    </section>
  );
}
