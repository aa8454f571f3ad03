import { useMemo, useState } from 'react';
import { type CurrencyCode, currencies, formatAmount, formatInteger } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { useWords } from '../office.ts';
import type { PageProps } from '../page.ts';
import { sayTrouble } from '../trouble.ts';
import { Chart } from './Chart.tsx';
import { FilterBar } from './FilterBar.tsx';
import { Table } from './Table.tsx';
import { type Filters, type Listing, noFilters, useTransactions } from './useTransactions.ts';

/** What the shop's tills did, as it happens. */
export function TransactionsPage({ session: { currency } }: PageProps) {
  const { t, say } = useWords();
  const [filters, setFilters] = useState<Filters>(noFilters);
  const { listing, trouble, live, more, loadingMore } = useTransactions(filters);
  const filtered = useMemo(() => Object.values(filters).some((value) => value !== ''), [filters]);
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.transactions.title}</h1>
          <p>
            <Period filters={filters} listing={listing} />
          </p>
        </div>
        <div className="row apart">
          <span className={`tag ${live ? 'go' : 't2'}`} role="status" data-live={live}>
            <Icon name={live ? 'ok' : 'clock'} />
            {live ? t.transactions.live : t.transactions.liveLost}
          </span>
          <ExportButtons list="transactions" filter={filters} count={listing?.totals.count ?? null} />
        </div>
      </div>
      <FilterBar filters={filters} terminals={listing?.terminals ?? []} onChange={setFilters} />
      {trouble ? (
        <div className="err warn" role="alert">
          <Icon name="warn" />
          <p>{sayTrouble(trouble, t, say)}</p>
        </div>
      ) : null}
      <Announcement listing={listing} currency={currency} />
      {listing ? (
        <>
          <section className="panel fig4">
            <Figures totals={listing.totals} currency={currency} />
            <Chart days={listing.days} currency={currency} />
          </section>
          {listing.transactions.length === 0 ? (
            <Nothing filtered={filtered} onClear={() => setFilters(noFilters)} />
          ) : (
            <Table listing={listing} currency={currency} more={more} loadingMore={loadingMore} />
          )}
        </>
      ) : (
        <p aria-busy="true">{trouble ? '' : t.transactions.loading}</p>
      )}
    </>
  );
}

function Period({ filters, listing }: { filters: Filters; listing: Listing | null }) {
  const { t, say, language } = useWords();
  const day = (text: string) =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(Date.parse(text));
  const { from, to } = filters;
  const dates =
    from !== '' && to !== ''
      ? say(t.transactions.between, { from: day(from), to: day(to) })
      : from !== ''
        ? say(t.transactions.since, { from: day(from) })
        : to !== ''
          ? say(t.transactions.upTo, { to: day(to) })
          : t.transactions.everything;
  const terminal = listing?.terminals.find(({ id }) => id === filters.terminal);
  return `${dates}, ${terminal?.label ?? t.transactions.allTerminals}`;
}

function Figures({ totals, currency }: { totals: Listing['totals']; currency: CurrencyCode }) {
  const { t, say, language } = useWords();
  return (
    <dl className="nums">
      <div>
        <dt>{t.transactions.purchases}</dt>
        <dd>
          <span data-figure="amount">{formatAmount(totals.amountMinor, currency, language, 'none')}</span>
          <small>{currencies[currency].symbol}</small>
        </dd>
      </div>
      <div>
        <dt>{t.transactions.given}</dt>
        <dd>
          {formatInteger(totals.points, language)}
          <small data-figure="count">{say(t.transactions.count, { count: totals.count })}</small>
        </dd>
      </div>
      <div>
        <dt>{t.transactions.cards}</dt>
        <dd>{formatInteger(totals.cards, language)}</dd>
      </div>
    </dl>
  );
}

/** Says one new row, not the whole table. */
function Announcement({ listing, currency }: { listing: Listing | null; currency: CurrencyCode }) {
  const { t, say, language } = useWords();
  const newest = listing && listing.fresh.size > 0 ? listing.transactions[0] : undefined;
  return (
    <p className="spoken" role="status">
      {newest
        ? say(t.transactions.arrived, {
            amount: formatAmount(newest.amountMinor, currency, language),
            points: newest.points,
          })
        : ''}
    </p>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useWords();
  return (
    <div className="empty">
      <b>{filtered ? t.transactions.emptyFiltered : t.transactions.empty}</b>
      <p>{filtered ? t.transactions.emptyFilteredDetail : t.transactions.emptyDetail}</p>
      {filtered ? (
        <button type="button" className="btn small" onClick={onClear}>
          <span>{t.transactions.clear}</span>
        </button>
      ) : null}
    </div>
  );
}
