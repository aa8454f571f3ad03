import { useCallback, useState } from 'react';
import type { IssuedCardRow } from '#contract/central/office-cards-stock.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { Cell } from '../lists/Cell.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useList } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { asked } from './asked.ts';
import { Views } from './Views.tsx';
import { useStockWords } from './words.ts';

/** Which card was issued where and when, out of which lot. */
export function IssuedView({ network }: { network: boolean }) {
  const { client } = useOffice();
  const { t, lists, say, trouble: sayTrouble } = useStockWords();
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback((before?: string) => client.office.issuedCards(asked(filter, before)), [client, filter]);
  const { page, trouble, loadingMore, more } = useList<IssuedCardRow>(read);
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.issuedTitle}</h1>
          <p>{page ? say(t.issuedSubtitle, { count: page.count }) : lists.loading}</p>
        </div>
        <ExportButtons
          list={network ? 'network-issued-cards' : 'issued-cards'}
          filter={filter}
          count={page?.count ?? null}
        />
      </div>
      <Views current="issued" />
      <ListFilters filter={filter} hint={t.searchIssued} states={t.cardStates} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <IssuedTable rows={page.rows} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing
          filtered={filter.search !== '' || filter.status !== ''}
          title={t.emptyIssued}
          detail={t.emptyIssuedDetail}
          onClear={() => setFilter(noFilter)}
        />
      ) : null}
    </>
  );
}

function IssuedTable({ rows }: { rows: readonly IssuedCardRow[] }) {
  const { t, moment, number } = useStockWords();
  return (
    <table>
      <caption className="spoken">{t.issuedTitle}</caption>
      <thead>
        <tr>
          <th scope="col">{t.card}</th>
          <th scope="col">{t.state}</th>
          <th scope="col">{t.lot}</th>
          <th scope="col">{t.shop}</th>
          <th scope="col" aria-sort="descending">
            {t.issuedAt}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((card) => (
          <tr key={card.cardNumber} data-card={card.cardNumber}>
            <Cell name={t.card} className="num">
              {number(card.cardNumber)}
            </Cell>
            <Cell name={t.state}>{t.cardStates[card.status]}</Cell>
            <Cell name={t.lot} className="num">
              {card.lot ?? ''}
            </Cell>
            <Cell name={t.shop}>{card.shop ?? t.noShop}</Cell>
            <Cell name={t.issuedAt}>{moment(card.issuedAt)}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
