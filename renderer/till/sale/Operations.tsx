import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { useSale, useWords } from '../useTill.ts';

/** What can be done with a card here. A sale that waits for its card is finished first. */
export function Operations({ current }: { current: 'sale' | 'card' }) {
  const { screen } = useCounter();
  const { t } = useWords();
  const waiting = useSale().stage === 'waiting';
  return (
    <fieldset className="seg" aria-label={t.sale.operation}>
      <Action keyName="A" pressed={current === 'sale'} onPress={() => screen.setState({ page: 'sale' })}>
        {t.sale.purchase}
      </Action>
      <Action
        keyName="F6"
        kind="quiet"
        pressed={current === 'card'}
        disabled={waiting}
        onPress={() => screen.setState({ page: 'card' })}
      >
        {t.sale.lookUp}
      </Action>
    </fieldset>
  );
}
