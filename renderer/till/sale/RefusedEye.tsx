import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { ChosenReward } from '../spend/ChosenReward.tsx';
import { useTillView, useWords } from '../useTill.ts';
import { Amount } from './Amount.tsx';
import { amountMinorOf, type Sale } from './sale.ts';
import { toneOf } from './severity.ts';

/** The fact, the state of money and card, the remedy. The amount stays, so that nothing is typed twice. */
export function RefusedEye({ sale: { entry, choice, error } }: { sale: Extract<Sale, { stage: 'refused' }> }) {
  const { t, language } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const { title, state, remedy } = describeError(language, error);
  return (
    <section className="eye res" data-error={error.type}>
      <Verdict tone={toneOf(error.type)} word={title} large>
        {state}
      </Verdict>
      <div className="panel sale refused">
        {choice ? (
          <ChosenReward choice={choice} />
        ) : (
          <div className="top">
            <h1 className="what">{t.sale.purchase}</h1>
            <Amount amountMinor={amountMinorOf(entry)} currency={currency} />
          </div>
        )}
        <p className="remedy">{remedy}</p>
      </div>
    </section>
  );
}
