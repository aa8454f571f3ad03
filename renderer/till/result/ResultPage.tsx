import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { SaleResult } from '#contract/till/loyalty.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { useCounter } from '../counter.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { asksAboutPrint, type DoneSale } from '../sale/sale.ts';
import { useWords } from '../useTill.ts';
import { Balance } from './Balance.tsx';
import { PrintQuestion } from './PrintQuestion.tsx';
import { ResultHand } from './ResultHand.tsx';

/** What happened to the points, and what the person at the till does now. */
function useVerdict(result: SaleResult): { word: string; detail: string } {
  const { t, say, language } = useWords();
  const torn = result.card === 'unknown';
  if (!result.reward) {
    return { word: say(t.result.added, { points: result.points }), detail: torn ? t.result.torn : t.result.takeBack };
  }
  if (torn) return { word: t.spend.torn, detail: t.spend.tornDetail };
  const detail =
    result.reward.kind === 'gift'
      ? say(t.spend.handOver, { gift: result.reward.name[language] })
      : say(t.spend.deduct, { amount: formatAmount(result.reward.amountMinor, result.currency, language) });
  return { word: say(t.spend.taken, { points: -result.points }), detail };
}

/** What the sale gave, and its ticket. It stays until the next action. */
export function ResultPage({ sale }: { sale: DoneSale }) {
  const { selling } = useCounter();
  const { t, say, language } = useWords();
  const { result } = sale;
  const asking = asksAboutPrint(sale);
  useKeys('screen', asking ? {} : { digit: (digits) => selling.act({ act: 'digits', digits, source: 'keyboard' }) });
  const torn = result.card === 'unknown';
  const { word, detail } = useVerdict(result);
  const spoken = say(t.result.announce, { word, balance: result.balance, next: detail });
  return (
    <>
      <section className="eye res">
        {asking ? (
          <Verdict key="question" tone="warn" word={t.print.question}>
            {t.print.questionDetail}
          </Verdict>
        ) : (
          <Verdict key="result" tone={torn ? 'warn' : 'go'} word={word} spoken={spoken}>
            {detail}
          </Verdict>
        )}
        <Balance result={result} spokenBalance={formatInteger(result.balance, language)} />
      </section>
      {asking ? <PrintQuestion sale={sale} /> : <ResultHand sale={sale} />}
    </>
  );
}
