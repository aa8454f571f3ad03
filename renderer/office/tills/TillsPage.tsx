import { useCallback, useState } from 'react';
import type { OfficeTerminal } from '#contract/central/office-terminals.ts';
import { Confirm } from '#renderer/ui/Confirm.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useChange, useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PageProps } from '../page.ts';
import { AddTill } from './AddTill.tsx';
import { TillTable } from './TillTable.tsx';

/** The shop's tills: how each is, one more, and the end of one. */
export function TillsPage({ session }: PageProps) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback(
    (before?: string) => client.office.terminals({ ...asked(filter), ...(before === undefined ? {} : { before }) }),
    [client, filter],
  );
  const { page, trouble, loadingMore, more, reload } = useList<OfficeTerminal>(read);
  const [ending, setEnding] = useState<OfficeTerminal | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const mayRun = session.role !== 'auditor';
  const filtered = filter.search !== '' || filter.status !== '';
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.tills.title}</h1>
          <p>{page ? say(t.tills.subtitle, { count: page.count }) : t.lists.loading}</p>
        </div>
        <ExportButtons list="terminals" filter={filter} count={page?.count ?? null} />
      </div>
      <ListFilters filter={filter} hint={t.tills.searchHint} states={t.tills.states} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} done={ended} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <TillTable rows={page.rows} onRevoke={mayRun ? setEnding : null} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing
          filtered={filtered}
          title={t.tills.empty}
          detail={t.tills.emptyDetail}
          onClear={() => setFilter(noFilter)}
        />
      ) : null}
      <p className="t2">{t.tills.waiting}</p>
      {mayRun ? <AddTill /> : null}
      {ending ? (
        <Revocation
          till={ending}
          onEnd={(done) => {
            setEnding(null);
            if (!done) return;
            setEnded(say(t.tills.revoked, { label: ending.label }));
            void reload();
          }}
        />
      ) : null}
    </>
  );
}

const asked = ({ search, status }: ListFilter) => ({
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(status === '' ? {} : { status }),
});

/** Says what is lost before a till is ended for good. */
function Revocation({ till, onEnd }: { till: OfficeTerminal; onEnd: (done: boolean) => void }) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble, moment } = useShopWords();
  const { busy, trouble, change } = useChange();
  const { consequences: words } = t.tills;
  const last =
    till.entries === null ? words.lastNone : say(words.last, { seq: till.entries, when: moment(till.lastEntryAt) });
  const revoke = async () => {
    if (busy) return;
    const done = await change(async () => void (await client.office.revokeTerminal({ terminal: till.id })));
    if (done) onEnd(true);
  };
  return (
    <Confirm
      title={say(t.tills.confirmTitle, { label: till.label })}
      consequences={[last, words.cards, words.back]}
      confirm={say(t.tills.confirm, { label: till.label })}
      cancel={t.lists.cancel}
      busy={busy}
      trouble={trouble && sayTrouble(trouble)}
      onConfirm={() => void revoke()}
      onCancel={() => onEnd(false)}
    />
  );
}
