import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { Choice } from '../sale/sale.ts';
import { useTillView, useWords } from '../useTill.ts';

/** What the customer chose, and what it costs: the one dominant figure of a spending. */
export function ChosenReward({ choice }: { choice: Choice }) {
  const { t, language } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const what = choice.name?.[language] ?? `${t.spend.money}, ${formatAmount(choice.amountMinor, currency, language)}`;
  return (
    <div className="top">
      <h1 className="what">{`${t.spend.taking}, ${what}`}</h1>
      <p className="amount" data-size="few">
        <span data-figure="spending">{`−${formatInteger(choice.points, language)}`}</span>
        <small>{t.result.points}</small>
      </p>
    </div>
  );
}
