import type { CentralClient } from './central-client.ts';
import type { CentralFailure } from './failures.ts';
import type { HeadFault } from './head-check.ts';
import type { SyncStore } from './store-port.ts';

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
}

/** Every way a round of sync can end short. */
export type SyncFailure =
  | CentralFailure
  | HeadFault
  /** The feed's cursor stood still or went back. */
  | { type: 'FeedInvalid'; cursor: number; after: number }
  /** Our own disk refused to keep what the server said. */
  | { type: 'StoreRefused'; cause: string };
