import { describeError } from '#resources/locales/describe.ts';
import { PinEntry } from '../cards/PinEntry.tsx';
import { useCounter } from '../counter.ts';
import { Amount } from '../sale/Amount.tsx';
import type { Sale } from '../sale/sale.ts';
import { useTillView, useWords } from '../useTill.ts';
import { ChosenReward } from './ChosenReward.tsx';

/** The customer types the card's PIN, for a spending or a large purchase. */
export function CardPin({ sale }: { sale: Extract<Sale, { stage: 'pin' }> }) {
  const { selling } = useCounter();
  const { t, language } = useWords();
  const { choice } = sale.intention;
  const wrong = sale.error.type === 'PinWrong' ? describeError(language, sale.error) : null;
  return (
    <PinEntry
      above={choice ? <ChosenReward choice={choice} /> : <Purchase amountMinor={sale.intention.amountMinor} />}
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

/** A purchase so large that the shop asks for the card's PIN. */
function Purchase({ amountMinor }: { amountMinor: number }) {
  const { t } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  return (
    <div className="top">
      <h1 className="what">{t.sale.purchase}</h1>
      <Amount amountMinor={amountMinor} currency={currency} />
    </div>
  );
}
