import { useEffect, useState } from 'react';
import { useOffice } from '../office.ts';
import type { ListFilter } from './filter.ts';
import { useShopWords } from './words.ts';

const typingPauseMs = 250;

type Props = {
  filter: ListFilter;
  hint: string;
  /** The states to choose from, by their code. */
  states: Readonly<Record<string, string>>;
  /** What they are of; absent: a state. */
  stateName?: string;
  onChange: (filter: ListFilter) => void;
};

/** Words and a state. A search waits for the typing to pause. */
export function ListFilters({ filter, hint, states, stateName, onChange }: Props) {
  const { after } = useOffice();
  const { t } = useShopWords();
  const [search, setSearch] = useState(filter.search);
  useEffect(() => setSearch(filter.search), [filter.search]);
  useEffect(() => {
    if (search === filter.search) return;
    return after(typingPauseMs, () => onChange({ ...filter, search }));
  }, [search, filter, after, onChange]);
  return (
    <search className="flt two" aria-label={t.lists.search}>
      <label className="field">
        <span>{stateName ?? t.lists.state}</span>
        <select
          className="input"
          value={filter.status}
          onChange={(event) => onChange({ search, status: event.target.value })}
        >
          <option value="">{t.lists.all}</option>
          {Object.entries(states).map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label className="field wide">
        <span>{t.lists.search}</span>
        <input
          className="input"
          type="search"
          placeholder={hint}
          maxLength={80}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
    </search>
  );
}
