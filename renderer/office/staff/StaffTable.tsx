import type { OfficeStaff } from '#contract/central/office-staff.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Cell } from '../lists/Cell.tsx';
import { useShopWords } from '../lists/words.ts';
import { addressOf } from '../route.ts';

export function StaffTable({ rows }: { rows: readonly OfficeStaff[] }) {
  const { t, say } = useShopWords();
  const { staff: words } = t;
  return (
    <table>
      <caption className="spoken">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="ascending">
            {words.name}
          </th>
          <th scope="col">{words.code}</th>
          <th scope="col">{words.role}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.badge}</th>
          <th scope="col">{words.login}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((member) => (
          <tr key={member.code} data-member={member.code}>
            <Cell name={words.name}>
              <a href={addressOf('staff', member.code)} aria-label={say(words.open, { name: member.name })}>
                {member.name}
              </a>
            </Cell>
            <Cell name={words.code} className="mono">
              {member.code}
            </Cell>
            <Cell name={words.role}>{words.roles[member.role]}</Cell>
            <Cell name={words.state}>
              {member.active ? (
                <span className="t2">{words.active}</span>
              ) : (
                <span className="tag warn">
                  <Icon name="absent" />
                  {words.inactive}
                </span>
              )}
            </Cell>
            <Cell name={words.badge}>{member.hasBadge ? words.hasBadge : words.noBadge}</Cell>
            <Cell name={words.login}>{member.login ?? <span className="t2">{words.noLogin}</span>}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
