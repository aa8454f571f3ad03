import { useEffect, useState } from 'react';
import { useOffice, useWords } from '../office.ts';
import type { Filters } from './useTransactions.ts';

const typingPauseMs = 250;

type Props = {
  filters: Filters;
  terminals: { id: string; label: string }[];
  onChange: (change: (filters: Filters) => Filters) => void;
};

/** Dates, till and words. Each change reads again at once; a search waits for the typing to pause. */
export function FilterBar({ filters, terminals, onChange }: Props) {
  const { after } = useOffice();
  const { t } = useWords();
  const [search, setSearch] = useState(filters.search);
  useEffect(() => setSearch(filters.search), [filters.search]);
  useEffect(() => {
    if (search === filters.search) return;
    return after(typingPauseMs, () => onChange((current) => ({ ...current, search })));
  }, [search, filters.search, after, onChange]);
  const set = (name: 'from' | 'to' | 'terminal', value: string) =>
    onChange((current) => ({ ...current, [name]: value }));
  return (
    <search className="flt" aria-label={t.transactions.filters}>
      <label className="field">
        <span>{t.transactions.from}</span>
        <input
          className="input"
          type="date"
          value={filters.from}
          max={filters.to}
          onChange={(event) => set('from', event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t.transactions.to}</span>
        <input
          className="input"
          type="date"
          value={filters.to}
          min={filters.from}
          onChange={(event) => set('to', event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t.transactions.terminal}</span>
        <select className="input" value={filters.terminal} onChange={(event) => set('terminal', event.target.value)}>
          <option value="">{t.transactions.all}</option>
          {terminals.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="field wide">
        <span>{t.transactions.search}</span>
        <input
          className="input"
          type="search"
          placeholder={t.transactions.searchHint}
          maxLength={80}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
    </search>
  );
}
