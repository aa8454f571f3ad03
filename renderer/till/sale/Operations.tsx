import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import type { Page } from '../state/screen.ts';
import { useSale, useWords } from '../useTill.ts';

const operations = [
  { page: 'sale', keyName: 'A', words: 'purchase' },
  { page: 'spend', keyName: 'D', words: 'spend' },
  { page: 'cards', keyName: 'G', words: 'cards' },
  { page: 'purse', keyName: 'P', words: 'purse' },
  { page: 'card', keyName: 'F6', words: 'lookUp' },
] as const satisfies readonly { page: Page; keyName: string; words: string }[];

type Props = {
  current: (typeof operations)[number]['page'];
  /** Below something that needs the room: none while a sale waits, for then none can be pressed. */
  slim?: boolean;
};

/** What can be done with a card here. A sale that waits for its card is finished first. */
export function Operations({ current, slim = false }: Props) {
  const { screen } = useCounter();
  const { t } = useWords();
  const waiting = useSale().stage === 'waiting';
  if (slim && waiting) return null;
  return (
    <fieldset className={slim ? 'operations slim' : 'seg operations'} aria-label={t.sale.operation}>
      {operations.map(({ page, keyName, words }) => (
        <Action
          key={page}
          keyName={keyName}
          kind={slim ? 'small quiet' : 'quiet'}
          pressed={current === page}
          disabled={waiting && page !== current}
          onPress={() => screen.setState({ page })}
        >
          {t.sale[words]}
        </Action>
      ))}
    </fieldset>
  );
}
