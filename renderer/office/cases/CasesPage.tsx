import { useCallback, useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import { useCardWords } from '../cards/words.ts';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useList } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import type { PageProps } from '../page.ts';
import { CaseSheet } from './CaseSheet.tsx';

type State = 'open' | 'settled';

/** What a person has to decide, newest first; and what has been decided. */
export function CasesPage({ session }: PageProps) {
  const { client } = useOffice();
  const { t, say, lists, trouble: sayTrouble } = useCardWords();
  const { cases: words } = t;
  const [state, setState] = useState<State>('open');
  const [done, setDone] = useState<string | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const read = useCallback(
    async (before?: string) => {
      const page = await client.office.cases({ state, ...(before === undefined ? {} : { before }) });
      setOpen(page.open);
      return { rows: page.cases, next: page.next, count: page.cases.length };
    },
    [client, state],
  );
  const { page, trouble, loadingMore, more, reload } = useList(read);
  const settled = () => {
    setDone(words.done);
    void reload();
  };
  const choose = (wanted: State) => {
    setDone(null);
    setState(wanted);
  };
  const nothing = state === 'open' ? [words.none, words.noneDetail] : [words.noneSettled, words.noneSettledDetail];
  return (
    <>
      <div className="h">
        <div>
          <h1>{words.title}</h1>
          <p data-figure="open">{open === null ? lists.loading : say(words.subtitle, { count: open })}</p>
        </div>
        <fieldset className="choice">
          <legend className="spoken">{words.show}</legend>
          {(['open', 'settled'] as const).map((each) => (
            <label key={each} className="tick">
              <input type="radio" name="cases" checked={state === each} onChange={() => choose(each)} />
              <span>{words[each]}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <Message trouble={trouble && sayTrouble(trouble)} done={done} />
      {page?.rows.map((found) => (
        <CaseSheet key={found.key} found={found} mayWrite={session.role !== 'auditor'} onSettled={settled} />
      ))}
      {page?.next ? <ListFoot page={page} more={more} loadingMore={loadingMore} /> : null}
      {page && page.rows.length === 0 ? (
        <Nothing filtered={false} title={nothing[0]!} detail={nothing[1]!} onClear={() => {}} />
      ) : null}
    </>
  );
}
