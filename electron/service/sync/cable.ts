import { codedError } from './failures.ts';

/** The network cable of this terminal, for `simulate link down`: it can be pulled. */
export interface Cable {
  /**
   * An exchange begins. `breakOff` is called at once when the cable is out, or when it is pulled before the exchange lets go.
   * @returns lets go
   */
  attach(breakOff: (reason: Error) => void): () => void;
  setCut(cut: boolean): void;
}

/**
 * Exchanges attach themselves one by one, and let go: joining each request to one long-lived abort signal
 * (`AbortSignal.any`) keeps a kilobyte of every request for ever, measured on Node 24.
 */
export function createCable(): Cable {
  const underWay = new Set<(reason: Error) => void>();
  let cut = false;
  return {
    attach(breakOff) {
      if (cut) breakOff(codedError('LINK_CUT'));
      underWay.add(breakOff);
      return () => underWay.delete(breakOff);
    },
    setCut(next) {
      cut = next;
      if (!cut) return;
      for (const breakOff of underWay) breakOff(codedError('LINK_CUT'));
    },
  };
}
