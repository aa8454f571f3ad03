import type { ReactNode } from 'react';
import { ListFoot } from './ListFoot.tsx';
import { Nothing } from './Nothing.tsx';
import type { FilteredList } from './useFilteredList.ts';
import type { Page } from './useList.ts';

type Props<P extends Page<unknown>> = {
  list: FilteredList<P>;
  /** Of a list that is empty although nothing was searched. */
  empty: { title: string; detail: string };
  /** The table. */
  children: (page: P) => ReactNode;
};

/** The rows of a list with their foot; or why there are none. */
export function ListRows<P extends Page<unknown>>({ list, empty, children }: Props<P>) {
  const { page, filtered, loadingMore, more, clear } = list;
  if (!page) return null;
  if (page.rows.length === 0) return <Nothing filtered={filtered} {...empty} onClear={clear} />;
  return (
    <section className="panel tbl">
      {children(page)}
      <ListFoot page={page} more={more} loadingMore={loadingMore} />
    </section>
  );
}
