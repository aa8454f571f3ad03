import { currencies, formatAmount, formatInteger } from '#contract/money/index.ts';
import { formatLongDay, formatTime } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useTillView } from '../useTill.ts';
import { Cash } from './Cash.tsx';
import { type Count, type DayState, sumLines } from './closing.ts';
import { useCloseWords } from './words.ts';

type Props = { day: DayState; count: Count; onCount: () => void };

/** What the day came to, and what lies in the drawer. */
export function DayEye({ day, count, onCount }: Props) {
  return (
    <section className="eye closing">
      <Totals day={day} />
      <Cash day={day} count={count} onCount={onCount} />
    </section>
  );
}

function Totals({ day }: { day: DayState }) {
  const { t, say, language } = useCloseWords();
  const label = useTillView((view) => view.state?.terminal?.label ?? '');
  const { totals, currency, takingsMinor } = day;
  const figure = formatAmount(takingsMinor, currency, language, 'none');
  const short = (minor: number) => formatAmount(minor, currency, language, 'short');
  const sales = sumLines(totals.lines, 'sale');
  const given = sumLines(totals.lines, 'gift', 'money-off');
  const reversed = sumLines(totals.lines, 'reversal');
  const moneyOff = totals.moneyOffMinor === 0 ? null : short(totals.moneyOffMinor);
  const accounts = sumLines(
    totals.lines,
    'purse-topped-up',
    'purse-paid',
    'purse-refunded',
    'credit-drawn',
    'credit-repaid',
  );
  const { purseMinor = 0, creditMinor = 0 } = totals.onAccount ?? {};
  const facts = { day: formatLongDay(day.day, language), till: label };
  const title = totals.firstAt
    ? say(t.openedAt, { ...facts, time: formatTime(Date.parse(totals.firstAt), language) })
    : say(t.notStarted, facts);
  return (
    <div className="panel tot">
      <h1 className="what">{title}</h1>
      <p className="n" data-size={figure.replace(/\D/g, '').length >= 9 ? 'many' : 'few'}>
        <span data-figure="takings">{figure}</span>
        <small>{currencies[currency].symbol}</small>
      </p>
      <dl className="tr3">
        <div>
          <dt>
            <Icon name="card" />
            {t.loyalty}
          </dt>
          <dd>{short(sales.amountMinor)}</dd>
          <dd className="sub">{say(t.sales, { count: sales.count, points: totals.pointsGiven })}</dd>
        </div>
        <div>
          <dt>
            <Icon name="gift" />
            {t.gifts}
          </dt>
          <dd>{formatInteger(given.count, language)}</dd>
          <dd className="sub">{say(t.giftsDetail, { points: 0 - given.points, moneyOff })}</dd>
        </div>
        <div>
          <dt>
            <Icon name="back" />
            {t.reversed}
          </dt>
          <dd>{short(reversed.amountMinor)}</dd>
          <dd className="sub">{reversed.count === 0 ? t.none : say(t.reversedDetail, { count: reversed.count })}</dd>
        </div>
        {accounts.count > 0 ? (
          <div>
            <dt>
              <Icon name="cash" />
              {t.accounts}
            </dt>
            <dd>{short(accounts.amountMinor)}</dd>
            <dd className="sub">{say(t.accountsDetail, { purse: short(purseMinor), credit: short(creditMinor) })}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}
