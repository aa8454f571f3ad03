import { useCallback, useEffect, useRef, useState } from 'react';
import { type Trouble, troubleOf } from '../api.ts';
import { useOffice } from '../office.ts';

export type Page<Row> = { rows: Row[]; next: string | null; count: number };
type State<P> = { page: P | null; trouble: Trouble | null; loadingMore: boolean };

/**
 * A list of the office, page after page, read anew whenever what is asked changes.
 * @param read a page; the same function as long as the same is asked (`useCallback`)
 */
export function useList<P extends Page<unknown>>(read: (before?: string) => Promise<P>) {
  const [state, setState] = useState<State<P>>({ page: null, trouble: null, loadingMore: false });
  const fail = useFail();
  const latest = useRef(read);
  latest.current = read;

  const reload = useCallback(async () => {
    try {
      const page = await read();
      if (latest.current === read) setState({ page, trouble: null, loadingMore: false });
    } catch (thrown) {
      if (latest.current === read) setState((now) => ({ ...now, trouble: fail(thrown), loadingMore: false }));
    }
  }, [read, fail]);
  useEffect(() => void reload(), [reload]);

  const more = async () => {
    if (!state.page?.next || state.loadingMore) return;
    setState((now) => ({ ...now, loadingMore: true }));
    try {
      const next = await read(state.page.next);
      if (latest.current !== read) return;
      setState((now) => ({
        trouble: null,
        loadingMore: false,
        page: now.page && { ...next, rows: [...now.page.rows, ...next.rows] },
      }));
    } catch (thrown) {
      setState((now) => ({ ...now, trouble: fail(thrown), loadingMore: false }));
    }
  };
  return { ...state, reload, more: () => void more() };
}

/** What went wrong; a session that has ended is closed here too. */
export function useFail(): (thrown: unknown) => Trouble {
  const { session } = useOffice();
  return useCallback(
    (thrown) => {
      const trouble = troubleOf(thrown);
      if (trouble.type === 'NotSignedIn') session.setState({ session: null, ended: true });
      return trouble;
    },
    [session],
  );
}

/** One change at a time, with what became of it. */
export function useChange() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const fail = useFail();
  const change = useCallback(
    async (work: () => Promise<void>): Promise<boolean> => {
      setBusy(true);
      setTrouble(null);
      try {
        await work();
        return true;
      } catch (thrown) {
        setTrouble(fail(thrown));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [fail],
  );
  return { busy, trouble, change };
}
