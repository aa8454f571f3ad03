import { useSyncExternalStore } from 'react';

/** Where the address says one is: a page's id and what follows it. The part after # never reaches a server. */
export type Route = { id: string; rest: readonly string[] };

const nowhere: Route = { id: '', rest: [] };

/** Reads `#/cards/0417209320`. Anything that is no such address is nowhere: the first page. */
export function routeOf(hash: string): Route {
  if (!hash.startsWith('#/')) return nowhere;
  const [id = '', ...rest] = hash
    .slice(2)
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return { id, rest };
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone % that a person typed.
    return part;
  }
};

/** The address of a page, for a link. */
export const addressOf = (id: string, ...rest: readonly string[]): string =>
  `#/${[id, ...rest].map(encodeURIComponent).join('/')}`;

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** Follows the address: links, the browser's back and forward. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return routeOf(hash);
}
