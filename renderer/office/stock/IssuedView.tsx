import type { IssuedCardRow } from '#contract/central/office-cards-stock.ts';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { Cell } from '../lists/Cell.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { Views } from './Views.tsx';
import { useStockWords } from './words.ts';

const fetchIssued = (client: CentralClient, ask: Asked) => client.office.issuedCards(ask);

/** Which card was issued where and when, out of which lot. */
export function IssuedView({ network }: { network: boolean }) {
  const { t, lists, say, trouble: sayTrouble } = useStockWords();
  const list = useFilteredList(fetchIssued);
  const { page, trouble, filter, setFilter } = list;
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
      <ListRows list={list} empty={{ title: t.emptyIssued, detail: t.emptyIssuedDetail }}>
        {({ rows }) => <IssuedTable rows={rows} />}
      </ListRows>
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
