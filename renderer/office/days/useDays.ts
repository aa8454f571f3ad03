import { useCallback, useEffect, useRef, useState } from 'react';
import type { CentralClient, Trouble } from '../api.ts';
import { useFail } from '../lists/useList.ts';
import { useOffice } from '../office.ts';

export type Days = Awaited<ReturnType<CentralClient['office']['days']>>;
export type DayFilter = { from: string; to: string };

/** The shop's days between two dates, a page of them and older ones when asked for. */
export function useDays(filter: DayFilter) {
  const { client } = useOffice();
  const [days, setDays] = useState<Days | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const fail = useFail();
  const latest = useRef(filter);
  latest.current = filter;
  const read = useCallback(
    async (asked: DayFilter, before?: string): Promise<void> => {
      const dates = {
        ...(asked.from === '' ? {} : { from: asked.from }),
        ...(asked.to === '' ? {} : { to: asked.to }),
        ...(before === undefined ? {} : { before }),
      };
      try {
        const page = await client.office.days(dates);
        if (latest.current !== asked) return;
        setTrouble(null);
        setDays((known) => (before === undefined || !known ? page : { ...page, days: [...known.days, ...page.days] }));
      } catch (thrown) {
        if (latest.current === asked) setTrouble(fail(thrown));
      }
    },
    [client, fail],
  );
  useEffect(() => void read(filter), [filter, read]);
  const more = async () => {
    if (!days?.next || loadingMore) return;
    setLoadingMore(true);
    await read(filter, days.next);
    setLoadingMore(false);
  };
  return { days, trouble, loadingMore, more: () => void more() };
}
