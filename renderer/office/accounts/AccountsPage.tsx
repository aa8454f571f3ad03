import { useCallback, useState } from 'react';
import type { OfficeCardAccounts } from '#contract/central/office-accounts.ts';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, formatAmount } from '#contract/money/index.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { Cell } from '../lists/Cell.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PageProps } from '../page.ts';
import { LimitForm } from './LimitForm.tsx';
import { useAccountWords } from './words.ts';

/** Purse and credit of the shop's cards, and how much each may owe. */
export function AccountsPage({ session }: PageProps) {
  const { client } = useOffice();
  const { t: shop, trouble: sayTrouble } = useShopWords();
  const { t, say } = useAccountWords();
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback(
    (before?: string) => client.office.accounts({ ...asked(filter), ...(before === undefined ? {} : { before }) }),
    [client, filter],
  );
  const { page, trouble, loadingMore, more, reload } = useList<OfficeCardAccounts>(read);
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p>{page ? say(t.subtitle, { count: page.count }) : shop.lists.loading}</p>
        </div>
        <ExportButtons list="accounts" filter={filter} count={page?.count ?? null} />
      </div>
      <ListFilters filter={filter} hint={t.searchHint} states={t.states} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} done={null} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <Table rows={page.rows} currency={session.currency} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing
          filtered={filter.search !== '' || filter.status !== ''}
          title={t.empty}
          detail={t.emptyDetail}
          onClear={() => setFilter(noFilter)}
        />
      ) : null}
      <p className="t2">{t.heldNote}</p>
      {session.role === 'auditor' ? null : <LimitForm currency={session.currency} onSet={() => void reload()} />}
    </>
  );
}

const asked = ({ search, status }: ListFilter) => ({
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(status === '' ? {} : { status }),
});

function Table({ rows, currency }: { rows: readonly OfficeCardAccounts[]; currency: CurrencyCode }) {
  const { t, language } = useAccountWords();
  const { moment } = useShopWords();
  const amount = (minor: number) => formatAmount(minor, currency, language);
  return (
    <table>
      <caption className="spoken">{t.title}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="ascending">
            {t.card}
          </th>
          <th scope="col" className="r">
            {t.purse}
          </th>
          <th scope="col" className="r">
            {t.owed}
          </th>
          <th scope="col" className="r">
            {t.limit}
          </th>
          <th scope="col" className="r">
            {t.held}
          </th>
          <th scope="col">{t.updated}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.cardNumber} data-card={row.cardNumber}>
            <Cell name={t.card} className="mono">
              {formatCardNumber(row.cardNumber)}
            </Cell>
            <Cell name={t.purse} className="r num">
              {amount(row.purseMinor)}
            </Cell>
            <Cell name={t.owed} className="r num">
              {amount(row.owedMinor)}
            </Cell>
            <Cell name={t.limit} className="r num">
              {amount(row.limitMinor)}
            </Cell>
            <Cell name={t.held} className="r num">
              {amount(row.heldMinor)}
            </Cell>
            <Cell name={t.updated}>{moment(row.updatedAt)}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
