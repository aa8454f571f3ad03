import { clientOverSocket, type DoorClient } from './client.ts';

/** An open way in. `closed` is called once, when it is lost. */
export type Entrance = { client: DoorClient; onClosed: (closed: () => void) => void };
export type EnterResult = { ok: true; entrance: Entrance } | { ok: false; why: 'unreachable' | 'refused' };
export type Enter = () => Promise<EnterResult>;

type Parts = {
  fetch: typeof fetch;
  openSocket: (url: string) => WebSocket;
  location: Pick<Location, 'hash' | 'host' | 'protocol' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
  after: (delayMs: number, task: () => void) => () => void;
};

const readyWithinMs = 10_000;
const launchPrefix = '#launch=';

type Grant = { bearer: string; nextLaunch: string };
const isGrant = (value: unknown): value is Grant =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Grant).bearer === 'string' &&
  typeof (value as Grant).nextLaunch === 'string';

/** Is this page opened through the loopback door? */
export const hasLaunch = (hash: string): boolean => hash.startsWith(launchPrefix);

/**
 * The loopback door. A single-use launch token in the fragment is exchanged for a bearer that lives in this closure
 * only; the fragment then holds the next launch token, so that a reload works. The bearer is the socket's first frame.
 */
export function createBrowserEntrance(parts: Parts): Enter {
  let bearer: string | null = null;

  const launch = async (): Promise<'unreachable' | 'refused' | null> => {
    const token = decodeURIComponent(parts.location.hash.slice(launchPrefix.length));
    if (token === '') return 'refused';
    try {
      const response = await parts.fetch('/door/launch', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ launch: token }),
        credentials: 'omit',
        cache: 'no-store',
      });
      if (response.status >= 500) return 'unreachable';
      if (!response.ok) return 'refused';
      const grant: unknown = await response.json();
      if (!isGrant(grant)) return 'refused';
      bearer = grant.bearer;
      const { pathname, search } = parts.location;
      parts.history.replaceState(
        null,
        '',
        `${pathname}${search}${launchPrefix}${encodeURIComponent(grant.nextLaunch)}`,
      );
      return null;
    } catch {
      return 'unreachable';
    }
  };

  const connect = (): Promise<EnterResult & { opened?: boolean }> =>
    new Promise((resolve) => {
      const scheme = parts.location.protocol === 'https:' ? 'wss' : 'ws';
      const socket = parts.openSocket(`${scheme}://${parts.location.host}/door`);
      let opened = false;
      const callOff = parts.after(readyWithinMs, () => socket.close());
      socket.addEventListener('open', () => {
        opened = true;
        socket.send(JSON.stringify({ bearer }));
      });
      socket.addEventListener('close', () => {
        callOff();
        resolve({ ok: false, why: opened ? 'refused' : 'unreachable' });
      });
      // The first frame can only be the answer to the bearer: from the next one on the RPC link listens.
      socket.addEventListener(
        'message',
        () => {
          callOff();
          const onClosed = (closed: () => void) => socket.addEventListener('close', closed, { once: true });
          resolve({ ok: true, entrance: { client: clientOverSocket(socket), onClosed } });
        },
        { once: true },
      );
    });

  return async () => {
    if (bearer !== null) {
      const again = await connect();
      if (again.ok || again.why === 'unreachable') return again;
      bearer = null;
    }
    const fault = await launch();
    if (fault) return { ok: false, why: fault };
    return connect();
  };
}
