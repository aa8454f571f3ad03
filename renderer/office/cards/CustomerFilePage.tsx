import { useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import type { Asked } from '../lists/filter.ts';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { addressOf } from '../route.ts';
import { type FileRequest, FileRequestTable } from './FileRequestTable.tsx';
import { SayYes } from './SayYes.tsx';
import { useCardWords } from './words.ts';

const fetchRequests = (client: CentralClient, { before }: Asked) =>
  client.office.customerFileRequests(before === undefined ? {} : { before });

/** The personal data of all customers as a file: one manager asks, another one says yes. */
export function CustomerFilePage({ mayWrite }: { mayWrite: boolean }) {
  const { client, save } = useOffice();
  const { t, say, lists, language, trouble: sayTrouble } = useCardWords();
  const { file: words } = t;
  const list = useFilteredList(fetchRequests);
  const { busy, trouble, change } = useChange();
  const [done, setDone] = useState<string | null>(null);
  const [deciding, setDeciding] = useState<FileRequest | null>(null);
  const run = async (work: () => Promise<string>) => {
    if (busy) return;
    setDone(null);
    if (await change(async () => setDone(await work()))) await list.reload();
  };
  const ask = (format: 'csv' | 'xlsx') =>
    void run(async () => {
      const { people } = await client.office.askCustomerFile({ format });
      return say(words.asked, { people });
    });
  const take = ({ id }: FileRequest) =>
    void run(async () => {
      save((await client.office.takeCustomerFile({ id, language })).url);
      return lists.started;
    });
  const decline = ({ id, askedBy }: FileRequest) =>
    void run(async () => {
      await client.office.decideCustomerFile({ id, approved: false });
      return say(words.declined, { name: askedBy });
    });
  const wrong = trouble ?? list.trouble;
  const mine: Record<string, string> = words.errors;
  return (
    <>
      <p>
        <a className="back" href={addressOf('cards')}>
          {lists.back}
        </a>
      </p>
      <div className="h">
        <div>
          <h1>{words.title}</h1>
          <p>{words.subtitle}</p>
        </div>
        {mayWrite ? (
          <div className="row">
            {(['csv', 'xlsx'] as const).map((format) => (
              <button
                key={format}
                type="button"
                className="btn small"
                aria-disabled={busy || undefined}
                onClick={() => ask(format)}
              >
                <span>{words.ask[format]}</span>
              </button>
            ))}
          </div>
        ) : null}
      </div>
      <Message trouble={wrong && (mine[wrong.type] ?? sayTrouble(wrong))} done={done} />
      <ListRows list={list} empty={{ title: words.empty, detail: words.emptyDetail }}>
        {({ rows }) => (
          <FileRequestTable rows={rows} work={mayWrite ? { take, decline, approve: setDeciding } : null} />
        )}
      </ListRows>
      {deciding ? (
        <SayYes
          request={deciding}
          onEnd={(approved) => {
            setDeciding(null);
            if (!approved) return;
            setDone(say(words.approved, { name: deciding.askedBy }));
            void list.reload();
          }}
        />
      ) : null}
    </>
  );
}
