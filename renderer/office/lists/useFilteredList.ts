import { useCallback, useState } from 'react';
import type { CentralClient } from '../api.ts';
import { useOffice } from '../office.ts';
import { type Asked, asked, type ListFilter, noFilter } from './filter.ts';
import { type Page, useList } from './useList.ts';

export type FilteredList<P extends Page<unknown>> = ReturnType<typeof useFilteredList<P>>;

/**
 * A list with its words and its state to search by.
 * @param fetch a page; the same function as long as the same is listed
 * @param first what the page opens with, and goes back to
 */
export function useFilteredList<P extends Page<unknown>>(
  fetch: (client: CentralClient, ask: Asked) => Promise<P>,
  first: ListFilter = noFilter,
) {
  const { client } = useOffice();
  const [filter, setFilter] = useState(first);
  const read = useCallback((before?: string) => fetch(client, asked(filter, before)), [client, fetch, filter]);
  const filtered = filter.search !== first.search || filter.status !== first.status;
  return { ...useList(read), filter, setFilter, filtered, clear: () => setFilter(first) };
}
