import type { ListFilter } from '../lists/ListFilters.tsx';

/** What a list is asked for: empty texts are no filter. */
export const asked = ({ search, status }: ListFilter, before?: string) => ({
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(status === '' ? {} : { status }),
  ...(before === undefined ? {} : { before }),
});
