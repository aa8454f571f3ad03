import type { IssuedCardRow } from '#contract/central/office-cards-stock.ts';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
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
  const columns: Column<IssuedCardRow>[] = [
    { name: t.card, className: 'num', cell: ({ cardNumber }) => number(cardNumber) },
    { name: t.state, cell: ({ status }) => t.cardStates[status] },
    { name: t.lot, className: 'num', cell: ({ lot }) => lot },
    { name: t.shop, cell: ({ shop }) => shop ?? t.noShop },
    { name: t.issuedAt, sort: 'descending', cell: ({ issuedAt }) => moment(issuedAt) },
  ];
  return (
    <ListTable
      caption={t.issuedTitle}
      columns={columns}
      rows={rows}
      keyOf={({ cardNumber }) => cardNumber}
      attributes={({ cardNumber }) => ({ 'data-card': cardNumber })}
    />
  );
}
