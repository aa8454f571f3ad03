import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenTill } from '#test/harness/composed-service.ts';

let till: OpenTill;
let folder: string;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-screens-'));
  mkdirSync(join(folder, 'screens/till/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'screens/till/index.html'), '<!doctype html>till');
  writeFileSync(join(folder, 'screens/till/.hidden'), 'secret');
  writeFileSync(join(folder, 'screens/till/assets/app.js'), 'export {};');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'screens/till/link.txt'));
  till = await OpenTill.open(join(folder, 'screens'));
  port = Number(new URL(till.door.url).port);
});
afterAll(async () => {
  await till.close();
  rmSync(folder, { recursive: true });
});

type Asked = { path: string; method?: string; headers?: Record<string, string>; body?: string };
type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

function ask({ path, method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += String(chunk);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const ours = () => `http://127.0.0.1:${port}`;
const launchOf = (url: string) => new URL(url).hash.slice('#launch='.length);
const exchange = (launch: string, headers: Record<string, string> = {}) =>
  ask({
    path: '/door/launch',
    method: 'POST',
    headers: { origin: ours(), 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ launch }),
  });
/** Sends bytes as they are and hears what comes, until the door hangs up or has answered. */
async function raw(text: string, hangUp = false): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  socket.on('error', () => undefined);
  socket.write(text);
  if (hangUp) socket.resetAndDestroy();
  else await once(socket, 'close');
  return heard;
}
const closeCode = async (socket: ReturnType<OpenTill['socket']>) => (await once(socket, 'close'))[0] as number;
const isAlive = async () => expect((await ask({ path: '/till/' })).status).toBe(200);

describe('pages', () => {
  it('are served with a policy that lets them speak to their own door alone', async () => {
    const page = await ask({ path: '/till/' });
    expect(page).toMatchObject({ status: 200, text: '<!doctype html>till' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${port}`);
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect(page.headers['set-cookie']).toBeUndefined();
    expect((await ask({ path: '/till/assets/app.js' })).headers['cache-control']).toContain('immutable');
  });

  it('are found from the root, and by GET and HEAD only', async () => {
    expect(await ask({ path: '/' })).toMatchObject({ status: 302, headers: { location: '/till/' } });
    expect(await ask({ path: '/till/', method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask({ path: '/till/', method })).status).toBe(405);
    }
  });

  it.each([
    '/till/../../secret.txt',
    '/till/..%2f..%2fsecret.txt',
    '/till/%2e%2e/%2e%2e/secret.txt',
    '/till/..%5c..%5csecret.txt',
    '/till/.hidden',
    '/till/link.txt',
    '/till/assets',
    '/till/%00',
    '/till/%',
    '/secret.txt',
    '/door.json',
    '//etc/passwd',
    '/till//etc/passwd',
  ])('nothing else is: %s', async (path) => {
    const answer = await ask({ path });
    expect(answer.status).toBe(404);
    expect(answer.text).toBe('');
  });

  it.each([
    ['another name for this machine', () => `localhost:${port}`],
    ['a name that was rebound to this machine', () => 'comptoir.example:80'],
    ['no port', () => '127.0.0.1'],
  ])('are refused under %s', async (_, host) => {
    expect((await ask({ path: '/till/', headers: { host: host() } })).status).toBe(403);
    expect((await exchange(launchOf(till.door.tillUrl()), { host: host() })).status).toBe(403);
  });
});

describe('a launch token', () => {
  it('opens once, and the next one leads back after a reload', async () => {
    const launch = launchOf(till.door.tillUrl());
    const first = await exchange(launch);
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    const { bearer, nextLaunch } = JSON.parse(first.text);
    expect(await exchange(launch)).toMatchObject({ status: 403, text: '{"error":"LaunchUsed"}' });
    expect(await (await till.client(bearer)).staff.list()).toHaveLength(3);
    const again = await exchange(nextLaunch);
    expect(again.status).toBe(200);
    expect(JSON.parse(again.text).bearer).not.toBe(bearer);
    expect((await exchange(nextLaunch)).status).toBe(403);
  });

  it('is exchanged by our own page only', async () => {
    const launch = launchOf(till.door.tillUrl());
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `http://localhost:${port}` },
      { 'content-type': 'text/plain' },
    ]) {
      expect((await exchange(launch, headers)).status).toBe(403);
    }
    const withoutOrigin = { 'content-type': 'application/json' };
    const body = JSON.stringify({ launch });
    expect((await ask({ path: '/door/launch', method: 'POST', headers: withoutOrigin, body })).status).toBe(403);
    expect((await ask({ path: '/door/launch', headers: { origin: ours() } })).status).toBe(403);
    expect((await exchange(launch)).status).toBe(200);
  });

  it.each([
    ['not JSON', 'launch'],
    ['no object', '7'],
    ['nothing', ''],
  ])('in %s opens nothing', async (_, body) => {
    const headers = { origin: ours(), 'content-type': 'application/json' };
    expect((await ask({ path: '/door/launch', method: 'POST', headers, body })).status).toBe(403);
  });

  it('is forgotten when 32 newer ones wait', async () => {
    const oldest = launchOf(till.door.tillUrl());
    for (let count = 0; count < 32; count++) till.door.tillUrl();
    expect((await exchange(oldest)).status).toBe(403);
  });
});

describe('the socket', () => {
  it.each([
    ['a page of somebody else', { origin: 'http://evil.example' }],
    ['a page in a frame', { origin: 'null' }],
    ['a rebound name', { host: 'comptoir.example' }],
  ])('refuses %s', async (_, headers: Record<string, string>) => {
    const socket = till.socket(headers);
    const [, answer] = await once(socket, 'unexpected-response');
    expect(answer.statusCode).toBe(403);
  });

  it('refuses another path', async () => {
    const upgrade = `GET /other HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`;
    expect(await raw(upgrade)).toContain('403 Forbidden');
  });

  it.each([
    ['an unknown bearer', JSON.stringify({ bearer: 'guess' })],
    ['a bearer that is no text', JSON.stringify({ bearer: [1] })],
    ['no bearer', '{}'],
    ['null', 'null'],
    ['a frame that is not JSON', 'hello'],
  ])('hangs up on %s', async (_, frame) => {
    const socket = till.socket({ origin: ours() });
    await once(socket, 'open');
    socket.send(frame);
    expect(await closeCode(socket)).toBe(4401);
  });

  it('hangs up on a call that comes before the bearer', async () => {
    const socket = till.socket();
    await once(socket, 'open');
    socket.send(JSON.stringify({ i: '1', p: { u: '/staff/list', b: {} } }));
    expect(await closeCode(socket)).toBe(4401);
  });

  it('hangs up on a frame that is too large, before and after the bearer', async () => {
    const large = JSON.stringify({ bearer: till.door.commandToken, more: 'x'.repeat(300_000) });
    for (const first of [null, JSON.stringify({ bearer: till.door.commandToken })]) {
      const socket = till.socket();
      await once(socket, 'open');
      if (first) {
        socket.send(first);
        await once(socket, 'message');
      }
      socket.send(large);
      expect(await closeCode(socket)).toBe(1009);
    }
    expect(till.logged.join()).toContain('door.socket');
    expect(till.logged.join()).not.toContain(till.door.commandToken);
  });
});

describe('nothing that a stranger sends ends the service', () => {
  it('an address that is none', async () => {
    expect(await raw(`GET // HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`)).toContain('404');
    expect(await raw(`GET http:// HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`)).toMatch(/40[04]/);
    await isAlive();
  });

  it('a body that stops in the middle', async () => {
    const head = `POST /door/launch HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${ours()}\r\ncontent-type: application/json\r\n`;
    await raw(`${head}content-length: 900\r\n\r\n{"launch":`, true);
    await isAlive();
  });

  it('a body too long', async () => {
    const long = await exchange('x'.repeat(100_000)).catch(() => ({ status: 403 }));
    expect(long.status).toBe(403);
    await isAlive();
  });

  it('a refused upgrade that is reset', async () => {
    const upgrade = `GET /other HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`;
    for (let times = 0; times < 20; times++) await raw(upgrade.repeat(50), true);
    await isAlive();
  });

  it('no HTTP at all', async () => {
    expect(await raw('\u0000\u0001 hello\r\n\r\n')).toContain('400');
    await isAlive();
  });
});
