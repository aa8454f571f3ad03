import { useCallback, useState } from 'react';
import type { OfficeStaff } from '#contract/central/office-staff.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
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

function StaffList({ session }: PageProps) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback(
    (before?: string) =>
      client.office.staff({
        ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
        ...(filter.status === '' ? {} : { status: filter.status }),
        ...(before === undefined ? {} : { before }),
      }),
    [client, filter],
  );
  const { page, trouble, loadingMore, more } = useList<OfficeStaff>(read);
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
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <StaffTable rows={page.rows} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing filtered title={t.staff.title} detail="" onClear={() => setFilter(noFilter)} />
      ) : null}
    </>
  );
}
