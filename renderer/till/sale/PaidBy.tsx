import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import { Action } from '../frame/Action.tsx';
import { useWords } from '../useTill.ts';

type Props = {
  tender: Tender;
  /** The other of the two was said; null: it is too late to say so. */
  onOther: (() => void) | null;
};

/** Whether the money goes into the drawer: the day's expected cash rests on it. */
export function PaidBy({ tender, onOther }: Props) {
  const { t } = useWords();
  const isCash = tender === 'cash';
  return (
    <Action kind="small quiet" keyName="H" pressed={!isCash} disabled={onOther === null} onPress={() => onOther?.()}>
      {isCash ? t.sale.paidInCash : t.sale.paidOtherwise}
    </Action>
  );
}
