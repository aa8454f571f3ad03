import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { writeDoorFile } from '#service/doors/door-file.ts';
import { comptoirOn, dataFolder } from '#test/harness/demo.ts';

/** A service that lets the command in and is gone at its first call, as one that is killed. */
const data = dataFolder();
let service: WebSocketServer;
beforeAll(async () => {
  service = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  service.on('connection', (socket) =>
    socket.once('message', () => {
      socket.send('{"ready":true}');
      socket.once('message', () => socket.terminate());
    }),
  );
  await once(service, 'listening');
  const { port } = service.address() as AddressInfo;
  writeDoorFile(data, { url: `http://127.0.0.1:${port}`, token: 'x', pid: process.pid, startedAt: 'now' });
});
afterAll(() => {
  service?.close();
  rmSync(data, { recursive: true, force: true });
});

it('a service that goes away in the middle leaves a sale unknown, and says what to do next', async () => {
  const { status, json, stderr } = await comptoirOn(data, ['sale', '--amount', '1250']);
  expect(status).toBe(5);
  expect(json).toMatchObject({ ok: false, error: { type: 'ServiceGone', remedy: expect.stringContaining('journal') } });
  expect(stderr).not.toContain('    at ');
});

it('and is no service to who only looks', async () => {
  const { status, json } = await comptoirOn(data, ['status']);
  expect(status).toBe(4);
  expect(json).toMatchObject({ ok: false, error: { type: 'NoService' } });
});
