import type { OfficeTerminal } from '#contract/central/office-terminals.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Cell } from '../lists/Cell.tsx';
import { useShopWords } from '../lists/words.ts';

type Props = { rows: readonly OfficeTerminal[]; onRevoke: ((till: OfficeTerminal) => void) | null };

export function TillTable({ rows, onRevoke }: Props) {
  const { t, say, moment } = useShopWords();
  const { tills: words } = t;
  return (
    <table>
      <caption className="spoken">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="ascending">
            {words.label}
          </th>
          <th scope="col">{words.prefix}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.seen}</th>
          <th scope="col">{words.lastEntry}</th>
          <th scope="col">{words.program}</th>
          <th scope="col">{words.machine}</th>
          {onRevoke ? <th scope="col">{words.action}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((till) => (
          <tr key={till.id} data-till={till.id}>
            <Cell name={words.label}>{till.label}</Cell>
            <Cell name={words.prefix} className="num">
              {till.ticketPrefix}-…
            </Cell>
            <Cell name={words.state}>
              <State till={till} />
            </Cell>
            <Cell name={words.seen}>{moment(till.seenAt)}</Cell>
            <Cell name={words.lastEntry}>{moment(till.lastEntryAt)}</Cell>
            <Cell name={words.program} className="num">
              {till.program ?? ''}
            </Cell>
            <Cell name={words.machine}>{till.machine}</Cell>
            {onRevoke ? (
              <Cell name={words.action}>
                {till.state === 'revoked' ? null : (
                  <button
                    type="button"
                    className="btn small"
                    aria-label={say(words.revokeLong, { label: till.label })}
                    onClick={() => onRevoke(till)}
                  >
                    <span>{words.revoke}</span>
                  </button>
                )}
              </Cell>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ till }: { till: OfficeTerminal }) {
  const { t, say, moment } = useShopWords();
  const { tills: words } = t;
  if (till.state === 'active') return <span className="t2">{words.states.active}</span>;
  if (till.state === 'quarantined') {
    return (
      <span className="tag warn" title={words.quarantined}>
        <Icon name="warn" />
        {words.states.quarantined}
      </span>
    );
  }
  return (
    <span className="tag stop" title={say(words.revokedOn, { when: moment(till.revokedAt), by: till.revokedBy })}>
      <Icon name="stop" />
      {words.states.revoked}
    </span>
  );
}
