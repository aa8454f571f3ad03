import type { OfficeStaff } from '#contract/central/office-staff.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useShopWords } from '../lists/words.ts';
import { addressOf } from '../route.ts';

export function StaffTable({ rows }: { rows: readonly OfficeStaff[] }) {
  const { t, say } = useShopWords();
  const { staff: words } = t;
  const columns: Column<OfficeStaff>[] = [
    {
      name: words.name,
      sort: 'ascending',
      cell: ({ code, name }) => (
        <a href={addressOf('staff', code)} aria-label={say(words.open, { name })}>
          {name}
        </a>
      ),
    },
    { name: words.code, className: 'mono', cell: ({ code }) => code },
    { name: words.role, cell: ({ role }) => words.roles[role] },
    {
      name: words.state,
      cell: ({ active }) =>
        active ? (
          <span className="t2">{words.active}</span>
        ) : (
          <span className="tag warn">
            <Icon name="absent" />
            {words.inactive}
          </span>
        ),
    },
    { name: words.badge, cell: ({ hasBadge }) => (hasBadge ? words.hasBadge : words.noBadge) },
    { name: words.login, cell: ({ login }) => login ?? <span className="t2">{words.noLogin}</span> },
  ];
  return (
    <ListTable
      caption={words.title}
      columns={columns}
      rows={rows}
      keyOf={({ code }) => code}
      attributes={({ code }) => ({ 'data-member': code })}
    />
  );
}
