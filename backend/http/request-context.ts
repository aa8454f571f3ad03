import type { FastifyRequest } from 'fastify';
import type { ArrivedRequest } from './arrived-request.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes as they came. */
    rawBody: Buffer;
  }
}

export type Log = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

/** What every handler gets beside its input. */
export type RequestContext = {
  arrived: ArrivedRequest;
  bearer: string | null;
  /** The network address that asks, as the server sees it. */
  address: string;
  log: Log;
};

const bearerForm = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

export function requestContext(request: FastifyRequest): RequestContext {
  const [path = '', query = ''] = splitOnce(request.raw.url ?? '', '?');
  const arrived = { method: request.method, path, query, body: request.rawBody, headers: request.headers };
  const bearer = bearerForm.exec(request.headers.authorization ?? '')?.[1] ?? null;
  return { arrived, bearer, address: request.ip, log: request.log };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
