import type { Result } from '#contract/result/index.ts';

/** Why bytes cannot pass. `code` is the system's errno name where there is one. */
export type LineFault =
  /** Nothing is at this address: unplugged, switched off, refused. */
  | { type: 'LineAbsent'; code: string | null }
  /** The system does not let this user, or a second program, use the port. */
  | { type: 'LineForbidden'; code: string | null }
  /** It was there and went away: what was on its way may or may not have arrived. */
  | { type: 'LineLost' };

export type LineState = 'open' | 'absent';

/** A two-way stream of bytes to a device that may come and go. It reconnects by itself until closed. */
export interface ByteLine {
  /** Hands bytes to the system. Done means they left our hands, not that the device has them. */
  write(bytes: Uint8Array): Promise<Result<void, LineFault>>;
  /** Bytes as they come, in whatever pieces. Returns the way to stop listening. */
  onData(listener: (bytes: Uint8Array) => void): () => void;
  state(): LineState;
  /** Why it is absent; null while open or before the first attempt has failed. */
  fault(): LineFault | null;
  onState(listener: (state: LineState) => void): () => void;
  /** Ends the connection, drops what the system has not passed on, and opens a new one. */
  renew(): Promise<void>;
  /** For good. */
  close(): Promise<void>;
}

/** One connection, from its opening to its end. A `ByteLine` goes through many of them. */
export interface Connection {
  write(bytes: Uint8Array): Promise<Result<void, LineFault>>;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, when it ended for whatever reason. */
  onEnd(listener: () => void): void;
  /** Drops what the system has not passed on. */
  close(): Promise<void>;
}

/** Tries once to open; bounded in time by the adapter. */
export type Connect = () => Promise<Result<Connection, LineFault>>;
