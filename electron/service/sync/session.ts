import type { Result } from '#contract/result/index.ts';
import type { CentralClient } from './central-client.ts';
import type { CentralFailure } from './failures.ts';
import type { HeadFault } from './head-check.ts';
import type { StoreFault, SyncStore } from './store-port.ts';

/**
 * The server holds more of this terminal's journal than the terminal does: the store is an old copy. It goes on behind the last
 * entry that both hold, which the store has acknowledged, in an epoch above `usedEpoch`. Nothing that was written meanwhile is lost.
 */
export type GoOn = (known: { usedEpoch: number; lastZ: number }) => Result<unknown, StoreFault>;

/** What one enrolled terminal synchronises with. */
export interface SyncSession {
  central: CentralClient;
  terminal: string;
  /** SPKI, base64: verifies countersigned heads. */
  serverPublicKey: string;
  offlineAllowanceMs: number;
  /** The server's certificate of this till's key, for its tickets. */
  tickets: { wanted(): boolean; keep(certificate: string): void };
  store: SyncStore;
  goOn: GoOn;
}

/** Every way a round of sync can end short. */
export type SyncFailure =
  | CentralFailure
  | HeadFault
  /** The feed's cursor stood still or went back. */
  | { type: 'FeedInvalid'; cursor: number; after: number }
  /** Our own disk refused to keep what the server said. */
  | { type: 'StoreRefused'; cause: string };
