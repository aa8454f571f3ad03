import { type CurrencyCode, currencies, formatAmount, formatInteger } from '#contract/money/index.ts';
import { useOffice, useWords } from '../office.ts';
import { type Bar, barsOf, type Day, ticksOf } from './chart.ts';

const width = 1010;
const left = 62;
const floor = 152;
const ceiling = 18;
const saturday = 6;

/** Purchases per day, as bars for the eye and as a sentence for everyone. */
export function Chart({ days, currency }: { days: readonly Day[]; currency: CurrencyCode }) {
  const { now } = useOffice();
  const { t, say, language } = useWords();
  const bars = barsOf(days);
  const scale = 10 ** currencies[currency].exponent;
  const highest = Math.max(0, ...bars.map((bar) => bar.amountMinor / scale));
  const thousands = highest >= 100_000;
  const today = new Date(now()).toLocaleDateString('sv-SE');
  const unit = currencies[currency].symbol;
  const best = bars.reduce<Bar | null>((top, bar) => (top && top.amountMinor >= bar.amountMinor ? top : bar), null);
  const summary = best
    ? say(t.transactions.chartSummary, {
        days: days.length,
        best: new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
          day: 'numeric',
          month: 'long',
          timeZone: 'UTC',
        }).format(Date.parse(best.day)),
        amount: formatAmount(best.amountMinor, currency, language),
      })
    : t.transactions.chartNone;
  return (
    <figure className="chart">
      <figcaption>
        {say(thousands ? t.transactions.perDayThousands : t.transactions.perDay, { unit })}
        <span className="legend" aria-hidden="true">
          <span>
            <svg width="14" height="14" aria-hidden="true">
              <rect width="14" height="14" fill="var(--color-ink)" />
            </svg>
            {t.transactions.legendPurchases}
          </span>
          <span>
            <svg width="14" height="14" aria-hidden="true">
              <rect
                x="1"
                y="1"
                width="12"
                height="12"
                fill="none"
                stroke="var(--color-ink)"
                strokeWidth="1.5"
                strokeDasharray="4 3"
              />
            </svg>
            {t.transactions.legendToday}
          </span>
        </span>
      </figcaption>
      <Bars bars={bars} highest={highest} scale={scale} divisor={thousands ? 1000 : 1} today={today} />
      <p className="sum">{summary}</p>
    </figure>
  );
}

type BarsProps = { bars: Bar[]; highest: number; scale: number; divisor: number; today: string };

function Bars({ bars, highest, scale, divisor, today }: BarsProps) {
  const { language } = useWords();
  const ticks = ticksOf(highest / divisor);
  const top = (ticks.at(-1) ?? 1) * divisor;
  const y = (value: number) => floor - (value / top) * (floor - ceiling);
  const room = (width - left) / Math.max(bars.length, 8);
  const every = Math.ceil(bars.length / 31);
  return (
    <svg className="c" viewBox={`0 0 ${width} 178`} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="grid" d={`M${left} ${y(tick * divisor)}H${width}`} />
          <text x={left - 8} y={y(tick * divisor) + 4} textAnchor="end">
            {formatInteger(tick, language)}
          </text>
        </g>
      ))}
      {bars.map((bar, index) => {
        const x = left + room * index + room * 0.12;
        const value = bar.amountMinor / scale;
        return (
          <g key={bar.day}>
            <rect
              className={bar.day === today ? 'bar-day today' : 'bar-day'}
              x={x}
              y={y(value)}
              width={room * 0.76}
              height={Math.max(floor - y(value), 0)}
            />
            {index % every === 0 ? (
              <text
                className={bar.weekday === saturday ? 'strong' : ''}
                x={x + room * 0.38}
                y={170}
                textAnchor="middle"
              >
                {bar.label}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
