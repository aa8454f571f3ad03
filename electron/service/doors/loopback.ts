import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../log.ts';
import { connectionContext, type DoorContext, type DoorRouter } from './context.ts';
import { LaunchTokens } from './launch-tokens.ts';
import { fileBelow, pageHeaders, sendFile } from './static-files.ts';

export type LoopbackDoor = {
  url: string;
  /** The till's address with a fresh single-use launch token in its fragment. */
  tillUrl: () => string;
  /** For the command of the same user; written to the door file. */
  commandToken: string;
  close: () => Promise<void>;
};

type LoopbackOptions = {
  router: DoorRouter;
  /** The built screens, or null where only the command is served. */
  screensDir: string | null;
  port: number;
  randomToken: () => string;
  log: Log;
};

const firstFrameWithinMs = 5_000;
const maxConnections = 32;
const maxFrameBytes = 256 * 1024;

/**
 * The way in for a browser and for the command: loopback only, exact Host and Origin, no cookie, no CORS.
 * A page exchanges its launch token for a bearer; the bearer is the first WebSocket frame.
 */
export async function openLoopbackDoor(options: LoopbackOptions): Promise<LoopbackDoor> {
  const tokens = new LaunchTokens(options.randomToken);
  const commandToken = options.randomToken();
  tokens.admit(commandToken);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  server.maxConnections = 256;
  const port = await listen(server, options.port);
  server.on('request', (request, response) => {
    // A caller that breaks off in the middle is none of the service's troubles.
    answer(request, response, port, tokens, options).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes });
  const rpc = new RPCHandler(options.router);
  server.on('upgrade', (request, socket, head) => {
    // From here on the server listens to this socket no more: a reset without a listener would end the process.
    socket.on('error', () => socket.destroy());
    if (request.url !== '/door' || !hostIsExact(request, port) || !originIsOurs(request, port)) {
      return socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    }
    if (sockets.clients.size >= maxConnections) return socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => admit(client, tokens, commandToken, rpc, options.log));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    tillUrl: () => `${url}/till/#launch=${tokens.issue()}`,
    commandToken,
    close: () => closeAll(server, sockets),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const hostIsExact = (request: IncomingMessage, port: number) => request.headers.host === `127.0.0.1:${port}`;

/** A browser always says its origin; the command has none and shows its token. */
const originIsOurs = (request: IncomingMessage, port: number) =>
  request.headers.origin === undefined || request.headers.origin === `http://127.0.0.1:${port}`;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  tokens: LaunchTokens,
  { screensDir }: LoopbackOptions,
): Promise<void> {
  const refuse = (status: number) => response.writeHead(status, { 'content-type': 'text/plain' }).end();
  if (!hostIsExact(request, port)) return void refuse(403);
  const path = URL.parse(request.url ?? '/', `http://127.0.0.1:${port}`)?.pathname;
  if (path === undefined) return void refuse(404);
  if (path === '/door/launch') return exchangeLaunch(request, response, port, tokens);
  if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(405);
  if (path === '/') return void response.writeHead(302, { location: '/till/' }).end();
  const file = screensDir ? fileBelow(screensDir, path) : null;
  if (!file || !path.startsWith('/till/')) return void refuse(404);
  sendFile(response, file, pageHeaders(port));
}

async function exchangeLaunch(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  tokens: LaunchTokens,
): Promise<void> {
  const json = (status: number, body: object) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(body));
  const ours = request.headers.origin === `http://127.0.0.1:${port}`;
  const isJson = request.headers['content-type'] === 'application/json';
  if (request.method !== 'POST' || !ours || !isJson) return void json(403, { error: 'Refused' });
  const launch = await launchOf(request);
  const exchanged = launch === null ? null : tokens.exchange(launch);
  return void (exchanged ? json(200, exchanged) : json(403, { error: 'LaunchUsed' }));
}

async function launchOf(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 1_000) return null;
  }
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'launch' in body ? String(body.launch) : null;
  } catch {
    return null;
  }
}

function admit(
  client: WebSocket,
  tokens: LaunchTokens,
  commandToken: string,
  rpc: RPCHandler<DoorContext>,
  log: Log,
): void {
  const tooLate = setTimeout(() => client.close(4401, 'no bearer'), firstFrameWithinMs);
  client.on('error', (error) => log('warn', 'door.socket', { message: error.message.slice(0, 200) }));
  client.once('message', (data) => {
    clearTimeout(tooLate);
    const bearer = bearerOf(String(data));
    if (!tokens.admits(bearer)) return client.close(4401, 'unknown bearer');
    void rpc.upgrade(client, { context: connectionContext(bearer === commandToken ? 'command' : 'screens') });
    client.send(JSON.stringify({ ready: true }));
  });
}

function bearerOf(frame: string): unknown {
  try {
    const message: unknown = JSON.parse(frame);
    return typeof message === 'object' && message !== null && 'bearer' in message ? message.bearer : null;
  } catch {
    return null;
  }
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
