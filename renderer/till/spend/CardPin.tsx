import { describeError } from '#resources/locales/describe.ts';
import { PinEntry } from '../cards/PinEntry.tsx';
import { useCounter } from '../counter.ts';
import type { Sale } from '../sale/sale.ts';
import { useWords } from '../useTill.ts';
import { ChosenReward } from './ChosenReward.tsx';

/** The customer types the card's PIN, for a spending or a large purchase. */
export function CardPin({ sale }: { sale: Extract<Sale, { stage: 'pin' }> }) {
  const { selling } = useCounter();
  const { t, language } = useWords();
  const { choice } = sale.intention;
  const wrong = sale.error.type === 'PinWrong' ? describeError(language, sale.error) : null;
  return (
    <PinEntry
      above={choice ? <ChosenReward choice={choice} /> : <div className="top" />}
      error={sale.error}
      prompt={wrong ? wrong.title : t.spend.pinTitle}
      detail={wrong ? `${wrong.state} ${wrong.remedy}` : t.spend.pinDetail}
      confirm={t.spend.pinGive}
      onPin={selling.givePin}
      onBack={selling.next}
      backWords={t.sale.cancel}
    />
  );
}
