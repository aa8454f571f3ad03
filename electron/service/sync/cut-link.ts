import type { Fetch } from './exchange.ts';
import { codedError } from './failures.ts';

/** A network cable that can be pulled: for `simulate link down`. */
export interface CuttableLink {
  fetch: Fetch;
  /** Cutting also breaks what is under way. */
  setCut(cut: boolean): void;
}

/** Wraps a fetch; passes everything on until it is cut. */
export function cuttableLink(fetch: Fetch): CuttableLink {
  let cutting = new AbortController();
  let cut = false;
  return {
    async fetch(url, init) {
      if (cut) throw codedError('LINK_CUT');
      const signals = [cutting.signal, ...(init.signal ? [init.signal] : [])];
      return fetch(url, { ...init, signal: AbortSignal.any(signals) });
    },
    setCut(next) {
      if (next === cut) return;
      cut = next;
      if (cut) cutting.abort(codedError('LINK_CUT'));
      else cutting = new AbortController();
    },
  };
}
