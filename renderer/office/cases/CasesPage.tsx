import { useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { useCardWords } from '../cards/words.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type Asked, noFilter } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import type { PageProps } from '../page.ts';
import { CaseSheet } from './CaseSheet.tsx';

const fetchCases = async (client: CentralClient, ask: Asked) => {
  const { cases, ...page } = await client.office.cases(ask);
  return { ...page, rows: cases };
};
const waiting = { ...noFilter, status: 'open' };

/** What a person has to decide, newest first; and what has been decided. */
export function CasesPage({ session }: PageProps) {
  const { t, say, lists, trouble: sayTrouble } = useCardWords();
  const { cases: words } = t;
  const list = useFilteredList(fetchCases, waiting);
  const { page, trouble, filter, setFilter, filtered, loadingMore, more, reload, clear } = list;
  const [done, setDone] = useState<string | null>(null);
  const settled = () => {
    setDone(words.done);
    void reload();
  };
  const narrow = (wanted: typeof filter) => {
    setDone(null);
    setFilter(wanted);
  };
  return (
    <>
      <div className="h">
        <div>
          <h1>{words.title}</h1>
          <p data-figure="open">{page ? say(words.subtitle, { count: page.open }) : lists.loading}</p>
        </div>
        <ExportButtons
          list={session.role === 'network-admin' ? 'network-cases' : 'cases'}
          filter={filter}
          count={page?.count ?? null}
        />
      </div>
      <ListFilters filter={filter} hint={words.searchHint} states={words.states} onChange={narrow} />
      <Message trouble={trouble && sayTrouble(trouble)} done={done} />
      {page?.rows.map((found) => (
        <CaseSheet key={found.key} found={found} mayWrite={session.role !== 'auditor'} onSettled={settled} />
      ))}
      {page?.next ? <ListFoot page={page} more={more} loadingMore={loadingMore} /> : null}
      {page && page.rows.length === 0 ? (
        <Nothing filtered={filtered} title={words.none} detail={words.noneDetail} onClear={clear} />
      ) : null}
    </>
  );
}
