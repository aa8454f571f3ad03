import { useState } from 'react';
import type { OfficeOpenTill } from '#contract/central/office-days.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { PageProps } from '../page.ts';
import { DayPanel } from './DayPanel.tsx';
import { type DayFilter, useDays } from './useDays.ts';
import { useDayWords } from './words.ts';

const everything: DayFilter = { from: '', to: '' };

/** The shop's days: one total over all tills (T12), each till's Z under it, and what is open since. */
export function DaysPage({ session }: PageProps) {
  const { t, trouble: sayTrouble } = useDayWords();
  const [filter, setFilter] = useState<DayFilter>(everything);
  const { days, trouble, loadingMore, more } = useDays(filter);
  const filtered = filter.from !== '' || filter.to !== '';
  const shown = days?.days.reduce((sum, { zs }) => sum + zs.length, 0) ?? null;
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p>{t.subtitle}</p>
        </div>
        <ExportButtons
          list="days"
          filter={filter}
          count={days?.next ? null : shown}
          atLeast={days?.next ? shown : null}
        />
      </div>
      <search className="flt dates" aria-label={t.filters}>
        {(['from', 'to'] as const).map((name) => (
          <label key={name} className="field">
            <span>{t[name]}</span>
            <input
              className="input"
              type="date"
              value={filter[name]}
              onChange={(event) => setFilter((now) => ({ ...now, [name]: event.target.value }))}
            />
          </label>
        ))}
      </search>
      <Message trouble={trouble && sayTrouble(trouble)} />
      {days ? null : <p aria-busy="true">{trouble ? '' : t.loading}</p>}
      {days && !filtered ? <OpenTills open={days.open} currency={session.currency} /> : null}
      {days?.days.map((day) => (
        <DayPanel key={day.day} day={day} />
      ))}
      {days && days.days.length === 0 ? (
        <div className="empty">
          <b>{filtered ? t.emptyFiltered : t.empty}</b>
          <p>{filtered ? t.emptyFilteredDetail : t.emptyDetail}</p>
          {filtered ? (
            <button type="button" className="btn small" onClick={() => setFilter(everything)}>
              <span>{t.clear}</span>
            </button>
          ) : null}
        </div>
      ) : null}
      {days?.next ? (
        <p>
          <button type="button" className="btn small" aria-disabled={loadingMore || undefined} onClick={more}>
            <span>{loadingMore ? t.loading : t.more}</span>
          </button>
        </p>
      ) : null}
    </>
  );
}

/** What no Z counts yet, as far as the server has heard. */
function OpenTills({ open, currency }: { open: readonly OfficeOpenTill[]; currency: CurrencyCode }) {
  const { t, say, moment, day } = useDayWords();
  if (open.length === 0) return null;
  return (
    <section className="panel form" aria-labelledby="open-tills">
      <h2 id="open-tills">{t.open}</h2>
      <ul className="open-tills">
        {open.map((till) => (
          <li key={till.terminal} data-open={till.terminalLabel}>
            <b>{till.terminalLabel}</b>
            <span>
              {till.operations === 0
                ? t.openNone
                : say(t.since, {
                    count: till.operations,
                    takingsMinor: till.takingsMinor,
                    currency,
                    from: moment(till.firstAt),
                    to: moment(till.lastAt),
                  })}
            </span>
            <span className="t2">
              {till.lastZ ? say(t.lastZ, { number: till.lastZ.number, when: day(till.lastZ.day) }) : t.noZ}
            </span>
          </li>
        ))}
      </ul>
      <p className="hint">{t.openNote}</p>
    </section>
  );
}
