import { expect, it } from 'vitest';
import { linkToShell } from './link.ts';
import type { ServiceMessage } from './messages.ts';

function parentPort() {
  const sent: ServiceMessage[] = [];
  const listeners: ((event: { data: unknown }) => void)[] = [];
  return {
    sent,
    port: {
      on: (_event: 'message', listener: (event: { data: unknown }) => void) => listeners.push(listener),
      postMessage: (message: ServiceMessage) => void sent.push(message),
    },
    says: (data: unknown) => {
      for (const listener of listeners) listener({ data });
    },
  };
}

it('lends the operating system’s key store, and tells a refusal by its code', async () => {
  const { port, sent, says } = parentPort();
  const link = linkToShell(port);
  says({ type: 'start', cipher: true });
  const { cipher } = await link.started;
  const encrypted = cipher?.encrypt('secret');
  const decrypted = cipher?.decrypt(new Uint8Array([1]));
  expect(sent).toEqual([
    { type: 'encrypt', id: 0, text: 'secret' },
    { type: 'decrypt', id: 1, bytes: new Uint8Array([1]) },
  ]);
  says({ type: 'cipher-refused', id: 1, code: 'KeyringLocked' });
  says({ type: 'encrypted', id: 0, bytes: new Uint8Array([7]) });
  await expect(encrypted).resolves.toEqual(new Uint8Array([7]));
  await expect(decrypted).rejects.toMatchObject({ name: 'KeyringLocked' });
});

it('lends none where the system has none', async () => {
  const { port, says } = parentPort();
  const link = linkToShell(port);
  says({ type: 'start', cipher: false });
  expect(await link.started).toEqual({ cipher: null });
});

it('drops what is not of the agreed shape, answers nobody asked for included', async () => {
  const { port, says } = parentPort();
  const link = linkToShell(port);
  let stops = 0;
  link.onStop(() => stops++);
  for (const nonsense of [
    null,
    'stop',
    { type: 'halt' },
    { type: 'encrypted', id: 3, bytes: new Uint8Array() },
    { type: 'start' },
  ]) {
    says(nonsense);
  }
  expect(stops).toBe(0);
  says({ type: 'stop' });
  expect(stops).toBe(1);
});
