import type { OfficeClocking } from '#contract/central/office-attendance.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { officeAttendance as english } from '#resources/locales/en/office-attendance.ts';
import { officeAttendance as french } from '#resources/locales/fr/office-attendance.ts';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useShopWords } from '../lists/words.ts';

const words = { fr: french, en: english };

const fetchClockings = (client: CentralClient, ask: Asked) => client.office.attendance(ask);

/** When the shop's staff came and went. */
export function AttendancePage() {
  const { t, say, language, trouble: sayTrouble } = useShopWords();
  const mine = words[language];
  const list = useFilteredList(fetchClockings);
  const { page, trouble, filter, setFilter } = list;
  return (
    <>
      <div className="h">
        <div>
          <h1>{mine.title}</h1>
          <p>{page ? say(mine.subtitle, { count: page.count }) : t.lists.loading}</p>
        </div>
        <ExportButtons list="attendance" filter={filter} count={page?.count ?? null} />
      </div>
      <ListFilters
        filter={filter}
        hint={mine.searchHint}
        states={mine.directions}
        stateName={mine.direction}
        onChange={setFilter}
      />
      <Message trouble={trouble && sayTrouble(trouble)} done={null} />
      <ListRows list={list} empty={{ title: mine.empty, detail: mine.emptyDetail }}>
        {({ rows }) => <Table rows={rows} />}
      </ListRows>
    </>
  );
}

function Table({ rows }: { rows: readonly OfficeClocking[] }) {
  const { language, moment } = useShopWords();
  const mine = words[language];
  const columns: Column<OfficeClocking>[] = [
    { name: mine.when, sort: 'descending', cell: ({ wallTime }) => moment(wallTime) },
    { name: mine.name, cell: ({ staffName }) => staffName },
    { name: mine.direction, cell: ({ direction }) => mine.directions[direction] },
    { name: mine.by, cell: ({ by }) => mine.means[by] },
    { name: mine.till, cell: ({ terminalLabel }) => terminalLabel },
    { name: mine.received, cell: ({ receivedAt }) => moment(receivedAt) },
  ];
  return (
    <ListTable
      caption={mine.title}
      columns={columns}
      rows={rows}
      keyOf={({ terminal, epoch, seq }) => `${terminal}/${epoch}/${seq}`}
    />
  );
}
