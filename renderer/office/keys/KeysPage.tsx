import { useCallback, useState } from 'react';
import type { ApiKey } from '#contract/central/office-keys.ts';
import { Confirm } from '#renderer/ui/Confirm.tsx';
import { Icon } from '#renderer/ui/icons.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useChange, useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import { MakeKey } from './MakeKey.tsx';

/** Read-only keys for the shop's own programs (T30). */
export function KeysPage() {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const read = useCallback(async () => {
    const { keys } = await client.office.apiKeys();
    return { rows: keys, next: null, count: keys.length };
  }, [client]);
  const { page, trouble, reload } = useList(read);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.keys.title}</h1>
          <p>{t.keys.subtitle}</p>
        </div>
      </div>
      <MakeKey onMade={() => void reload()} />
      <Message trouble={trouble && sayTrouble(trouble)} done={ended} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <KeyTable rows={page.rows} onRevoke={setEnding} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing filtered={false} title={t.keys.empty} detail={t.keys.emptyDetail} onClear={() => {}} />
      ) : null}
      {ending ? (
        <Ending
          apiKey={ending}
          onEnd={(done) => {
            setEnding(null);
            if (!done) return;
            setEnded(say(t.keys.revoked, { name: ending.name }));
            void reload();
          }}
        />
      ) : null}
    </>
  );
}

function KeyTable({ rows, onRevoke }: { rows: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { t, say, moment } = useShopWords();
  const { keys: words } = t;
  const columns: Column<ApiKey>[] = [
    { name: words.name, cell: ({ name }) => name },
    { name: words.begins, className: 'mono', cell: ({ begins }) => `${begins}…` },
    {
      name: words.state,
      cell: ({ state }) =>
        state === 'live' ? (
          <span className="t2">{words.states.live}</span>
        ) : (
          <span className="tag stop">
            <Icon name="stop" />
            {words.states[state]}
          </span>
        ),
    },
    { name: words.used, cell: ({ usedAt }) => moment(usedAt) },
    { name: words.expires, cell: ({ expiresAt }) => moment(expiresAt) },
    { name: words.madeBy, cell: ({ madeAt, madeBy }) => `${moment(madeAt)}, ${madeBy}` },
    {
      name: t.tills.action,
      cell: (key) =>
        key.state === 'live' ? (
          <button
            type="button"
            className="btn small"
            aria-label={say(words.revokeLong, { name: key.name })}
            onClick={() => onRevoke(key)}
          >
            <span>{words.revoke}</span>
          </button>
        ) : null,
    },
  ];
  return (
    <ListTable
      caption={words.title}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      attributes={({ id }) => ({ 'data-key': id })}
    />
  );
}

function Ending({ apiKey, onEnd }: { apiKey: ApiKey; onEnd: (done: boolean) => void }) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const { busy, trouble, change } = useChange();
  const revoke = async () => {
    if (busy) return;
    if (await change(async () => void (await client.office.revokeApiKey({ id: apiKey.id })))) onEnd(true);
  };
  return (
    <Confirm
      title={say(t.keys.confirmTitle, { name: apiKey.name })}
      consequences={[t.keys.consequence]}
      confirm={say(t.keys.confirm, { name: apiKey.name })}
      cancel={t.lists.cancel}
      busy={busy}
      trouble={trouble && sayTrouble(trouble)}
      onConfirm={() => void revoke()}
      onCancel={() => onEnd(false)}
    />
  );
}
