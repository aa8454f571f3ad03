import { useCallback, useEffect, useRef, useState } from 'react';
import type { OfficeTransaction } from '#contract/central/index.ts';
import { type CentralClient, type Trouble, troubleOf } from '../api.ts';
import { useOffice } from '../office.ts';

export type Filters = { from: string; to: string; terminal: string; search: string };
export const noFilters: Filters = { from: '', to: '', terminal: '', search: '' };

type Page = Awaited<ReturnType<CentralClient['office']['transactions']>>;
export type Listing = Page & { fresh: ReadonlySet<string> };

const pageSize = 50;
const longestWaitMs = 8_000;

export const keyOf = (row: OfficeTransaction): string => `${row.terminal}-${row.epoch}-${row.seq}`;

const queryOf = (filters: Filters, before?: string) => ({
  limit: pageSize,
  ...(before === undefined ? {} : { before }),
  ...(filters.from === '' ? {} : { from: filters.from }),
  ...(filters.to === '' ? {} : { to: filters.to }),
  ...(filters.terminal === '' ? {} : { terminal: filters.terminal }),
  ...(filters.search.trim() === '' ? {} : { search: filters.search.trim() }),
});

/** Puts a newly read first page above what was already loaded, and marks what is new. */
export function mergeFirstPage(known: Listing | null, first: Page): Listing {
  if (!known) return { ...first, fresh: new Set() };
  const before = new Set(known.transactions.map(keyOf));
  const added = first.transactions.filter((row) => !before.has(keyOf(row)));
  const current = new Set(first.transactions.map(keyOf));
  const older = known.transactions.filter((row) => !current.has(keyOf(row)));
  const next = older.length > 0 ? known.next : first.next;
  return {
    ...first,
    transactions: [...first.transactions, ...older],
    next,
    // A reading that brings nothing new leaves the mark on what came last.
    fresh: added.length > 0 ? new Set(added.map(keyOf)) : known.fresh,
  };
}

type State = { listing: Listing | null; trouble: Trouble | null; live: boolean; loadingMore: boolean };

/** The shop's transactions for these filters, kept up to date by the server's event stream. */
export function useTransactions(filters: Filters): State & { more: () => void } {
  const { client, session, after, random } = useOffice();
  const [state, setState] = useState<State>({ listing: null, trouble: null, live: false, loadingMore: false });
  const latest = useRef(filters);
  latest.current = filters;

  const fail = useCallback(
    (thrown: unknown) => {
      const trouble = troubleOf(thrown);
      if (trouble.type === 'NotSignedIn') session.setState({ session: null, ended: true });
      setState((current) => ({ ...current, trouble, loadingMore: false }));
    },
    [session],
  );

  const read = useCallback(
    async (asked: Filters, keep: boolean) => {
      try {
        const first = await client.office.transactions(queryOf(asked));
        if (latest.current !== asked) return;
        setState((current) => ({
          ...current,
          trouble: null,
          listing: mergeFirstPage(keep ? current.listing : null, first),
        }));
      } catch (thrown) {
        if (latest.current === asked) fail(thrown);
      }
    },
    [client, fail],
  );

  useEffect(() => {
    void read(filters, false);
  }, [filters, read]);

  useEffect(() => {
    const stop = new AbortController();
    let failures = 0;
    let callOff = () => {};
    const listen = async () => {
      try {
        const events = await client.office.live(undefined, { signal: stop.signal });
        setState((current) => ({ ...current, live: true }));
        // What came while the stream was away is read once, then each event asks again.
        await read(latest.current, true);
        failures = 0;
        for await (const _ of events) await read(latest.current, true);
      } catch (thrown) {
        if (stop.signal.aborted) return;
        fail(thrown);
      }
      if (stop.signal.aborted) return;
      setState((current) => ({ ...current, live: false }));
      failures += 1;
      const waitMs = Math.min(500 * 2 ** failures, longestWaitMs) * (0.8 + 0.4 * random());
      callOff = after(waitMs, () => void listen());
    };
    void listen();
    return () => {
      stop.abort();
      callOff();
    };
  }, [client, read, fail, after, random]);

  const more = async () => {
    const { listing } = state;
    if (!listing?.next || state.loadingMore) return;
    setState((current) => ({ ...current, loadingMore: true }));
    try {
      const page = await client.office.transactions(queryOf(filters, listing.next));
      setState((current) => {
        if (!current.listing || latest.current !== filters) return { ...current, loadingMore: false };
        const transactions = [...current.listing.transactions, ...page.transactions];
        return { ...current, loadingMore: false, listing: { ...current.listing, transactions, next: page.next } };
      });
    } catch (thrown) {
      fail(thrown);
    }
  };
  return { ...state, more: () => void more() };
}
