import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useShopWords } from '../lists/words.ts';
import type { PageProps } from '../page.ts';
import { addressOf } from '../route.ts';
import { NewPerson } from './NewPerson.tsx';
import { PersonPage } from './PersonPage.tsx';
import { StaffTable } from './StaffTable.tsx';

export const staffPageId = 'staff';
/** No code begins so: it cannot be taken for a person's. */
const newPerson = '+';

/** The shop's people: the list, one of them (`#/staff/CODE`), or a new one. */
export function StaffPage({ session, rest }: PageProps) {
  const [code] = rest;
  if (code === newPerson && session.role !== 'auditor') return <NewPerson />;
  return code === undefined || code === newPerson ? (
    <StaffList session={session} rest={rest} />
  ) : (
    <PersonPage key={code} code={code} session={session} />
  );
}

const fetchStaff = (client: CentralClient, ask: Asked) => client.office.staff(ask);

function StaffList({ session }: PageProps) {
  const { t, say, trouble: sayTrouble } = useShopWords();
  const list = useFilteredList(fetchStaff);
  const { page, trouble, filter, setFilter } = list;
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.staff.title}</h1>
          <p>{page ? say(t.staff.subtitle, { count: page.count }) : t.lists.loading}</p>
        </div>
        <ExportButtons list="staff" filter={filter} count={page?.count ?? null} />
      </div>
      <ListFilters
        filter={filter}
        hint={t.staff.searchHint}
        states={{ active: t.staff.active, inactive: t.staff.inactive }}
        onChange={setFilter}
      />
      {session.role === 'auditor' ? null : (
        <p>
          <a className="btn small ink" href={addressOf(staffPageId, newPerson)}>
            <span>{t.staff.add}</span>
          </a>
        </p>
      )}
      <Message trouble={trouble && sayTrouble(trouble)} />
      <ListRows list={list} empty={{ title: t.lists.emptyFiltered, detail: t.lists.emptyFilteredDetail }}>
        {({ rows }) => <StaffTable rows={rows} />}
      </ListRows>
    </>
  );
}
