import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { SaleResult } from '#contract/till/loyalty.ts';
import { formatDay, formatSeconds } from '#renderer/ui/format.ts';
import { useNowMs, useTillView, useWords } from '../useTill.ts';
import { Goal } from './Goal.tsx';

/** The new balance, what it gained, how far the next gift is. */
export function Balance({ result, spokenBalance }: { result: SaleResult; spokenBalance: string }) {
  const { t, say, language } = useWords();
  const short = (amountMinor: number) => formatAmount(amountMinor, result.currency, language, 'short');
  const nowMs = useNowMs();
  const programme = useTillView((view) => view.state?.programme ?? null);
  const size = spokenBalance.length > 6 ? 'many' : 'few';
  return (
    <div className="panel bal">
      <div className="holder">
        <b>{say(t.result.card, { cardNumber: result.cardNumber })}</b>
        <span className="t2 nb" data-figure="tap-to-result">
          {say(t.result.readIn, { seconds: formatSeconds(result.tapToResultMs, language) })}
        </span>
      </div>
      <p className="big">
        <span className="num" data-size={size}>
          <span data-figure="balance">{spokenBalance}</span>
          <small>{t.result.points}</small>
        </span>
        <span className={result.points < 0 ? 'plus taken' : 'plus'}>
          {result.points > 0 ? '+' : ''}
          {formatInteger(result.points, language)}
        </span>
      </p>
      {result.nextGift ? <Goal result={result} gift={result.nextGift} programme={programme} /> : null}
      <dl className="tri">
        <div>
          <dt>{result.reward ? t.spend.reward : t.result.thisPurchase}</dt>
          <dd>{result.reward?.kind === 'gift' ? result.reward.name[language] : short(result.amountMinor)}</dd>
        </div>
        <div>
          <dt>{t.result.totalSpend}</dt>
          <dd>{short(result.totalSpendMinor)}</dd>
        </div>
        <div>
          <dt>{result.reward ? t.spend.before : t.result.lastVisit}</dt>
          <dd>
            {result.reward
              ? formatInteger(result.previousBalance, language)
              : result.lastVisitMs === null
                ? t.result.firstVisit
                : formatDay(result.lastVisitMs, nowMs, language)}
          </dd>
        </div>
      </dl>
      <span className="spoken">{formatCardNumber(result.cardNumber)}</span>
    </div>
  );
}
