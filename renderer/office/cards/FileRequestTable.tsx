import type { CustomerFileRequest as FileRequest } from '#contract/central/office-customer-files.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useCardWords } from './words.ts';

export type { FileRequest };
/** What a manager does with a request. */
export type FileWork = Readonly<Record<'take' | 'approve' | 'decline', (request: FileRequest) => void>>;

export function FileRequestTable({ rows, work }: { rows: readonly FileRequest[]; work: FileWork | null }) {
  const { t, integer, moment } = useCardWords();
  const { file: words } = t;
  const columns: Column<FileRequest>[] = [
    { name: words.when, sort: 'descending', cell: ({ askedAt }) => moment(askedAt) },
    { name: words.by, className: 'words', cell: ({ askedBy }) => askedBy },
    { name: words.people, figure: true, cell: ({ people }) => integer(people) },
    { name: words.format, cell: ({ format }) => format.toUpperCase() },
    { name: t.state, className: 'words', cell: (request) => <State request={request} /> },
  ];
  if (work) columns.push({ name: words.action, cell: (request) => <Actions request={request} work={work} /> });
  return (
    <ListTable
      caption={words.requests}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      attributes={({ state }) => ({ 'data-request': state })}
    />
  );
}

function State({ request: { state, decidedBy, decidedAt, takenAt, expiresAt } }: { request: FileRequest }) {
  const { t, say, moment } = useCardWords();
  const facts = { name: decidedBy ?? '', decided: moment(decidedAt), taken: moment(takenAt), until: moment(expiresAt) };
  const sentence = say(t.file.states[state], facts);
  if (state !== 'waiting' && state !== 'approved') return <span className="t2">{sentence}</span>;
  return (
    <span className={`tag ${state === 'waiting' ? 'warn' : 'go'}`}>
      <Icon name={state === 'waiting' ? 'clock' : 'ok'} />
      {sentence}
    </span>
  );
}

function Actions({ request, work }: { request: FileRequest; work: FileWork }) {
  const { t, say } = useCardWords();
  const { file: words } = t;
  const { state, mine, askedBy } = request;
  const button = (what: keyof FileWork, label: string, long: string) => (
    <button
      type="button"
      className="btn small"
      aria-label={say(long, { name: askedBy })}
      onClick={() => work[what](request)}
    >
      <span>{label}</span>
    </button>
  );
  if (state === 'approved' && mine) return button('take', words.take, words.take);
  if (state !== 'waiting') return null;
  if (mine) return <span className="t2">{words.another}</span>;
  return (
    <span className="lot-actions">
      {button('approve', words.yes, words.yesLong)}
      {button('decline', words.no, words.noLong)}
    </span>
  );
}
