/** How a list is narrowed. Empty texts are no filter. */
export type ListFilter = { search: string; status: string };
export const noFilter: ListFilter = { search: '', status: '' };

/** The same as a call's input. */
export type Asked = { search?: string; status?: string; before?: string };

/** @param before `next` of the page before */
export const asked = ({ search, status }: ListFilter, before?: string): Asked => ({
  ...(search.trim() === '' ? {} : { search: search.trim() }),
  ...(status === '' ? {} : { status }),
  ...(before === undefined ? {} : { before }),
});
