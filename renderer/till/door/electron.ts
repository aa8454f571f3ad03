import type { Enter } from './browser.ts';
import { clientOverPort } from './client.ts';

/** What the preload says when it hands over a port. */
export const portMessage = 'comptoir:door';

/**
 * The desktop's door: the preload hands over one port for each life of the service. Each port is used once; the next
 * entrance waits for the next port, however long the shell takes.
 */
export function createPortEntrance(target: Pick<Window, 'addEventListener'>): Enter {
  const waiting: ((port: MessagePort) => void)[] = [];
  let newest: MessagePort | null = null;
  target.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.data !== portMessage || !port) return;
    const waiter = waiting.shift();
    if (waiter) waiter(port);
    else newest = port;
  });
  return async () => {
    const port = newest ?? (await new Promise<MessagePort>((resolve) => waiting.push(resolve)));
    newest = null;
    const onClosed = (closed: () => void) => port.addEventListener('close', closed, { once: true });
    return { ok: true, entrance: { client: clientOverPort(port), onClosed } };
  };
}
