import { formatInteger } from '#contract/money/index.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { useCounter } from '../counter.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { asksAboutPrint, type DoneSale } from '../sale/sale.ts';
import { useWords } from '../useTill.ts';
import { Balance } from './Balance.tsx';
import { PrintQuestion } from './PrintQuestion.tsx';
import { ResultHand } from './ResultHand.tsx';

/** What the sale gave, and its ticket. It stays until the next action. */
export function ResultPage({ sale }: { sale: DoneSale }) {
  const { selling } = useCounter();
  const { t, say, language } = useWords();
  const { result } = sale;
  const asking = asksAboutPrint(sale);
  useKeys('screen', asking ? {} : { digit: (digits) => selling.act({ act: 'digits', digits, source: 'keyboard' }) });
  const torn = result.card === 'unknown';
  const after = torn ? t.result.torn : t.result.takeBack;
  const spoken = say(t.result.announce, { points: result.points, balance: result.balance, next: after });
  return (
    <>
      <section className="eye res">
        {asking ? (
          <Verdict key="question" tone="warn" word={t.print.question}>
            {t.print.questionDetail}
          </Verdict>
        ) : (
          <Verdict
            key="result"
            tone={torn ? 'warn' : 'go'}
            word={say(t.result.added, { points: result.points })}
            spoken={spoken}
          >
            {after}
          </Verdict>
        )}
        <Balance result={result} spokenBalance={formatInteger(result.balance, language)} />
      </section>
      {asking ? <PrintQuestion sale={sale} /> : <ResultHand sale={sale} />}
    </>
  );
}
