import type { OfficeTerminal } from '#contract/central/office-terminals.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useShopWords } from '../lists/words.ts';

type Props = { rows: readonly OfficeTerminal[]; onRevoke: ((till: OfficeTerminal) => void) | null };

export function TillTable({ rows, onRevoke }: Props) {
  const { t, say, moment } = useShopWords();
  const { tills: words } = t;
  const columns: Column<OfficeTerminal>[] = [
    { name: words.label, sort: 'ascending', cell: ({ label }) => label },
    { name: words.prefix, className: 'num', cell: ({ ticketPrefix }) => `${ticketPrefix}-…` },
    { name: words.state, cell: (till) => <State till={till} /> },
    { name: words.seen, cell: ({ seenAt }) => moment(seenAt) },
    { name: words.lastEntry, cell: ({ lastEntryAt }) => moment(lastEntryAt) },
    { name: words.program, className: 'num', cell: ({ program }) => program },
    { name: words.machine, cell: ({ machine }) => machine },
  ];
  if (onRevoke) {
    columns.push({
      name: words.action,
      cell: (till) =>
        till.state === 'revoked' ? null : (
          <button
            type="button"
            className="btn small"
            aria-label={say(words.revokeLong, { label: till.label })}
            onClick={() => onRevoke(till)}
          >
            <span>{words.revoke}</span>
          </button>
        ),
    });
  }
  return (
    <ListTable
      caption={words.title}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      attributes={({ id }) => ({ 'data-till': id })}
    />
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
