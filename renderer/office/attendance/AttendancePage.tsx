import { useCallback, useState } from 'react';
import type { OfficeClocking } from '#contract/central/office-attendance.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { officeAttendance as english } from '#resources/locales/en/office-attendance.ts';
import { officeAttendance as french } from '#resources/locales/fr/office-attendance.ts';
import { Cell } from '../lists/Cell.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';

const words = { fr: french, en: english };

/** When the shop's staff came and went. */
export function AttendancePage() {
  const { client } = useOffice();
  const { t, say, language, trouble: sayTrouble } = useShopWords();
  const mine = words[language];
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback(
    (before?: string) => client.office.attendance({ ...asked(filter), ...(before === undefined ? {} : { before }) }),
    [client, filter],
  );
  const { page, trouble, loadingMore, more } = useList<OfficeClocking>(read);
  return (
    <>
      <div className="h">
        <div>
          <h1>{mine.title}</h1>
          <p>{page ? say(mine.subtitle, { count: page.count }) : t.lists.loading}</p>
        </div>
        <ExportButtons list="attendance" filter={filter} count={page?.count ?? null} />
      </div>
      <ListFilters filter={filter} hint={mine.searchHint} states={mine.directions} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} done={null} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <Table rows={page.rows} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing
          filtered={filter.search !== '' || filter.status !== ''}
          title={mine.empty}
          detail={mine.emptyDetail}
          onClear={() => setFilter(noFilter)}
        />
      ) : null}
    </>
  );
}

const asked = ({ search, status }: ListFilter) => ({
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(status === '' ? {} : { status }),
});

function Table({ rows }: { rows: readonly OfficeClocking[] }) {
  const { language, moment } = useShopWords();
  const mine = words[language];
  return (
    <table>
      <caption className="spoken">{mine.title}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="descending">
            {mine.when}
          </th>
          <th scope="col">{mine.name}</th>
          <th scope="col">{mine.direction}</th>
          <th scope="col">{mine.by}</th>
          <th scope="col">{mine.till}</th>
          <th scope="col">{mine.received}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.terminal}/${row.epoch}/${row.seq}`}>
            <Cell name={mine.when}>{moment(row.wallTime)}</Cell>
            <Cell name={mine.name}>{row.staffName}</Cell>
            <Cell name={mine.direction}>{mine.directions[row.direction]}</Cell>
            <Cell name={mine.by}>{mine.means[row.by]}</Cell>
            <Cell name={mine.till}>{row.terminalLabel}</Cell>
            <Cell name={mine.received}>{moment(row.receivedAt)}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
