import type { OfficeDay, OfficeZ } from '#contract/central/office-days.ts';
import { type CurrencyCode, formatAmount, formatInteger } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { sayDayReason } from '#resources/locales/day-reason.ts';
import { Cell } from '../lists/Cell.tsx';
import { useDayWords } from './words.ts';

/** Received so long after it was made, a Z says when it came. */
const lateAfterMs = 5 * 60_000;

/** One day: the Z of each till, and the shop's total. What was done on another date is said with that date. */
export function DayPanel({ day }: { day: OfficeDay }) {
  const { t, say, day: sayDay } = useDayWords();
  const { currency } = day;
  const id = `day-${day.day}`;
  return (
    <section className="panel tbl day-panel" aria-labelledby={id} data-day={day.day}>
      <h2 id={id}>{sayDay(day.day)}</h2>
      <table>
        <caption className="spoken">{sayDay(day.day)}</caption>
        <thead>
          <tr>
            <th scope="col">{t.till}</th>
            <th scope="col">{t.closed}</th>
            <th scope="col" className="secondary">
              {t.by}
            </th>
            <th scope="col" className="r">
              {t.operations}
            </th>
            <th scope="col" className="r">
              {t.takings}
            </th>
            <th scope="col" className="r">
              {t.pointsGiven}
            </th>
            <th scope="col" className="r">
              {t.pointsTaken}
            </th>
            <th scope="col" className="r secondary">
              {t.expected}
            </th>
            <th scope="col" className="r">
              {t.counted}
            </th>
            <th scope="col" className="r">
              {t.difference}
            </th>
          </tr>
        </thead>
        <tbody>
          {day.zs.map((z) => (
            <ZRow key={`${z.terminal} ${z.number}`} z={z} currency={currency} />
          ))}
        </tbody>
        <tfoot>
          <tr data-total>
            <th scope="row">{say(t.total, { count: new Set(day.zs.map(({ terminal }) => terminal)).size })}</th>
            <td className="none" />
            <td className="none secondary" />
            <Figures
              totals={day.totals}
              takingsMinor={day.takingsMinor}
              expectedMinor={day.zs.reduce((sum, { expectedMinor }) => sum + expectedMinor, 0)}
              countedMinor={day.zs.reduce((sum, { countedMinor }) => sum + countedMinor, 0)}
              differenceMinor={day.differenceMinor}
              currency={currency}
            />
          </tr>
        </tfoot>
      </table>
      <Notes day={day} />
    </section>
  );
}

function ZRow({ z, currency }: { z: OfficeZ; currency: CurrencyCode }) {
  const { t, say, moment } = useDayWords();
  const cameLate = Date.parse(z.receivedAt) - Date.parse(z.closedAt) > lateAfterMs;
  return (
    <tr data-z={z.number}>
      <Cell name={t.till}>{`${z.terminalLabel}, Z ${z.number}`}</Cell>
      <Cell name={t.closed}>
        {moment(z.closedAt)}
        {cameLate ? (
          <span className="tag warn came">
            <Icon name="clock" />
            {say(t.received, { when: moment(z.receivedAt) })}
          </span>
        ) : null}
      </Cell>
      <Cell name={t.by} className="secondary">
        {z.staffName ?? z.staff ?? ''}
      </Cell>
      <Figures {...z} currency={currency} />
    </tr>
  );
}

type FiguresProps = Pick<OfficeZ, 'totals' | 'takingsMinor' | 'expectedMinor' | 'countedMinor' | 'differenceMinor'> & {
  currency: CurrencyCode;
};

function Figures({ totals, takingsMinor, expectedMinor, countedMinor, differenceMinor, currency }: FiguresProps) {
  const { t, language } = useDayWords();
  const amount = (minor: number) => formatAmount(minor, currency, language, 'none');
  const figures: [string, string][] = [
    [
      t.operations,
      formatInteger(
        // As the till counts them when the day is closed: a refusal is a line of the Z, but no operation.
        totals.dates.reduce((sum, { count }) => sum + count, 0),
        language,
      ),
    ],
    [t.takings, amount(takingsMinor)],
    [t.pointsGiven, formatInteger(totals.pointsGiven, language)],
    [t.pointsTaken, formatInteger(totals.pointsTaken, language)],
    [t.expected, amount(expectedMinor)],
    [t.counted, amount(countedMinor)],
    [t.difference, `${differenceMinor > 0 ? '+' : ''}${amount(differenceMinor)}`],
  ];
  return figures.map(([name, text]) => (
    <Cell key={name} name={name} className={name === t.expected ? 'r num secondary' : 'r num'}>
      {text}
    </Cell>
  ));
}

/** What a figure does not say: other dates, explained differences, totals that the server does not find. */
function Notes({ day }: { day: OfficeDay }) {
  const { t, say, language, day: sayDay } = useDayWords();
  const others = day.totals.dates.filter((dated) => dated.day < day.day);
  const dates = others.map(({ day: when, count, amountMinor }) =>
    say(t.lateDate, { when: sayDay(when), count, amountMinor, currency: day.currency }),
  );
  return (
    <div className="notes">
      {day.late.count > 0 ? (
        <p className="tag warn" data-late>
          <Icon name="clock" />
          <span>{say(t.late, { count: day.late.count, dates: dates.join(', ') })}</span>
        </p>
      ) : null}
      {day.totals.moneyOffMinor === 0 ? null : (
        <p data-money-off>{say(t.moneyOff, { amountMinor: day.totals.moneyOffMinor, currency: day.currency })}</p>
      )}
      {day.zs.map(({ terminal, terminalLabel, number, reason, blind }) =>
        reason === null ? null : (
          <p key={`${terminal} ${number}`}>
            {say(t.reason, { till: terminalLabel, number, reason: sayDayReason(language, reason) })}
            {blind ? `, ${t.blind}` : ''}
          </p>
        ),
      )}
      {day.zs.some(({ agrees }) => !agrees) ? (
        <p className="tag stop">
          <Icon name="stop" />
          <span>{t.disagrees}</span>
        </p>
      ) : null}
    </div>
  );
}
