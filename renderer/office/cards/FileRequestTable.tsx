import type { CustomerFileRequest as FileRequest } from '#contract/central/office-customer-files.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Cell } from '../lists/Cell.tsx';
import { useCardWords } from './words.ts';

export type { FileRequest };
/** What a manager does with a request. */
export type FileWork = Readonly<Record<'take' | 'approve' | 'decline', (request: FileRequest) => void>>;

export function FileRequestTable({ rows, work }: { rows: readonly FileRequest[]; work: FileWork | null }) {
  const { t, integer, moment } = useCardWords();
  const { file: words } = t;
  return (
    <table>
      <caption className="spoken">{words.requests}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="descending">
            {words.when}
          </th>
          <th scope="col">{words.by}</th>
          <th scope="col" className="r">
            {words.people}
          </th>
          <th scope="col">{words.format}</th>
          <th scope="col">{t.state}</th>
          {work ? <th scope="col">{words.action}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((request) => (
          <tr key={request.id} data-request={request.state}>
            <Cell name={words.when}>{moment(request.askedAt)}</Cell>
            <Cell name={words.by} className="words">
              {request.askedBy}
            </Cell>
            <Cell name={words.people} className="r num">
              {integer(request.people)}
            </Cell>
            <Cell name={words.format}>{request.format.toUpperCase()}</Cell>
            <Cell name={t.state} className="words">
              <State request={request} />
            </Cell>
            {work ? (
              <Cell name={words.action}>
                <Actions request={request} work={work} />
              </Cell>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
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
