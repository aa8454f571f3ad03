import { createHash } from 'node:crypto';
import { signRequest } from '#contract/central/http-signature.ts';
import type { Clock } from '#contract/time/index.ts';
import { version } from '../version.ts';
import { boundedBody } from './bounded-body.ts';
import type { Cable } from './cable.ts';
import type { ServerClock } from './clock-offset.ts';
import { codedError, ExchangeFault, unreachable, unwell } from './failures.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Who signs requests: the enrolled terminal. */
export interface Signer {
  /** The terminal's id. */
  keyid: string;
  /** ES256, r‖s in base64url. */
  sign(bytes: Uint8Array): string;
}

export interface ExchangeOptions {
  fetch: Fetch;
  cable: Cable;
  clock: Clock;
  serverClock: ServerClock;
  /** Null before enrolment: requests then go unsigned. */
  signer: Signer | null;
  randomBytes: (count: number) => Uint8Array;
  /** For the whole exchange, connection to last byte. */
  timeoutMs: number;
  maxResponseBytes: number;
}

/** What an exchange showed of the server's clock; believed only once the answer proved to be the server's. */
export interface TimeSeen {
  dateMs?: number;
  sentMs?: number;
  receivedMs?: number;
}

/**
 * Sends one request, signed, bounded in time and in size, and answers with a response that is surely JSON.
 * @throws ExchangeFault when there is no such response
 */
export async function exchange(request: Request, options: ExchangeOptions, seen: TimeSeen): Promise<Response> {
  const { clock, serverClock } = options;
  const body = new Uint8Array(await request.arrayBuffer());
  const headers = {
    ...Object.fromEntries(request.headers),
    // Not signed and not believed: the office shows which version a till says it runs.
    'user-agent': `comptoir/${version}`,
    ...signatureHeaders(request, body, options),
  };
  const controller = new AbortController();
  const stop = () => controller.abort(codedError('EXCHANGE_STOPPED'));
  const callOff = clock.after(options.timeoutMs, () => controller.abort(codedError('EXCHANGE_TIMEOUT')));
  const unplug = options.cable.attach((reason) => controller.abort(reason));
  request.signal.addEventListener('abort', stop, { once: true });
  if (request.signal.aborted) stop();
  try {
    controller.signal.throwIfAborted();
    seen.sentMs = serverClock.elapsedMs();
    const response = await options.fetch(request.url, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal: controller.signal,
      ...(body.length > 0 ? { body } : {}),
    });
    seen.receivedMs = serverClock.elapsedMs();
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) seen.dateMs = date;
    return await jsonOnly(response, options.maxResponseBytes);
  } catch (error) {
    throw error instanceof ExchangeFault
      ? error
      : new ExchangeFault(unreachable(controller.signal.aborted ? controller.signal.reason : error));
  } finally {
    callOff();
    unplug();
    request.signal.removeEventListener('abort', stop);
  }
}

function signatureHeaders(request: Request, body: Uint8Array, options: ExchangeOptions): Record<string, string> {
  const { signer, serverClock, randomBytes } = options;
  if (signer === null) return {};
  const { pathname, search } = new URL(request.url);
  const signed = signRequest(
    { method: request.method, path: pathname, query: search.slice(1), body },
    {
      created: Math.floor(serverClock.nowMs() / 1000),
      nonce: Buffer.from(randomBytes(18)).toString('base64url'),
      keyid: signer.keyid,
    },
    {
      sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
      sign: (bytes) => new Uint8Array(Buffer.from(signer.sign(bytes), 'base64url')),
    },
  );
  return { ...signed };
}

/** Lets through only what the contract's decoder can be trusted with. */
async function jsonOnly(response: Response, maxBytes: number): Promise<Response> {
  const { status } = response;
  const invalid = (what: 'redirect' | 'too-large' | 'not-json') =>
    new ExchangeFault({ type: 'CentralAnswerInvalid', what, where: String(status) });
  if (unwell(status)) {
    await response.body?.cancel();
    throw new ExchangeFault({ type: 'CentralUnreachable', why: 'status', status });
  }
  if (status >= 300 && status < 400) throw invalid('redirect');
  const bytes = await boundedBody(response, maxBytes);
  if (bytes === null) throw invalid('too-large');
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json') && parses(bytes);
  if (!isJson) throw invalid('not-json');
  return new Response(bytes, { status, headers: { 'content-type': 'application/json' } });
}

function parses(bytes: Uint8Array): boolean {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return parsed !== undefined;
  } catch {
    return false;
  }
}
