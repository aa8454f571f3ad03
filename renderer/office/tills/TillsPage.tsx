import { useState } from 'react';
import type { OfficeTerminal } from '#contract/central/office-terminals.ts';
import { Confirm } from '#renderer/ui/Confirm.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PageProps } from '../page.ts';
import { AddTill } from './AddTill.tsx';
import { TillTable } from './TillTable.tsx';

const fetchTills = (client: CentralClient, ask: Asked) => client.office.terminals(ask);

/** The shop's tills: how each is, one more, and the end of one. */
export function TillsPage({ session }: PageProps) {
  const { t, say, trouble: sayTrouble } = useShopWords();
  const list = useFilteredList(fetchTills);
  const { page, trouble, filter, setFilter, reload } = list;
  const [ending, setEnding] = useState<OfficeTerminal | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const mayRun = session.role !== 'auditor';
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
      <ListRows list={list} empty={{ title: t.tills.empty, detail: t.tills.emptyDetail }}>
        {({ rows }) => <TillTable rows={rows} onRevoke={mayRun ? setEnding : null} />}
      </ListRows>
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
