import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { z } from 'zod';
import { type CountersignedHead, centralContract, type Enrolment, type FeedItem } from '#contract/central/index.ts';
import type { SignedTime } from '#contract/central/terminal-calls.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type AccountCalls, type AskCards, type CardCalls, cardCalls } from './card-calls.ts';
import { type ExchangeOptions, exchange, type TimeSeen } from './exchange.ts';
import { type CentralFailure, failureOf } from './failures.ts';
import { isServersTime, timeNonce } from './signed-time.ts';

export interface CentralClientOptions extends ExchangeOptions {
  /** For example `https://central.example`; a path in front of `/v1` is kept. */
  baseUrl: string;
  /** SPKI, base64, as given at enrolment; null before it. Once it is known, no unsigned word sets the server's clock. */
  serverPublicKey: string | null;
}

type Answer<T> = Promise<Result<T, CentralFailure>>;

/** The terminal's calls to the central server. Every answer is checked by the contract's schema; no failure throws. */
export interface CentralClient {
  /** Sets the server's clock by its signed word: do it first. */
  time(signal?: AbortSignal): Answer<SignedTime>;
  /** Before enrolment it also sets the server's clock. */
  health(signal?: AbortSignal): Answer<{ nowMs: number; version: string }>;
  enrol(asked: { code: string; publicKey: string; name: string }, signal?: AbortSignal): Answer<Enrolment>;
  push(terminal: string, entries: SealedEntry[], signal?: AbortSignal): Answer<CountersignedHead>;
  head(terminal: string, signal?: AbortSignal): Answer<CountersignedHead | null>;
  /** The last of these entries that the server holds too. */
  common(
    terminal: string,
    heads: Head[],
    signal?: AbortSignal,
  ): Answer<{ common: CountersignedHead | null; lastZ: number }>;
  feed(terminal: string, cursor: number, signal?: AbortSignal): Answer<FeedPage>;
  ticketCertificate(terminal: string, signal?: AbortSignal): Answer<{ certificate: string }>;
  /** What this terminal asks about cards. */
  cards(terminal: string): CardCalls & AccountCalls;
}

export interface FeedPage {
  items: FeedItem[];
  cursor: number;
  more: boolean;
  /** Can the server send tickets by e-mail? */
  ticketsByEmail: boolean;
}

const contract = {
  health: centralContract.health,
  terminals: centralContract.terminals,
  cards: centralContract.cards,
};
const { health, terminals } = contract;
const lastAttempt = 2;
type Client = JsonifiedClient<ContractRouterClient<typeof contract, TimeSeen>>;

export function createCentralClient(options: CentralClientOptions): CentralClient {
  const link = new OpenAPILink<TimeSeen>(contract, {
    url: options.baseUrl,
    fetch: (request, _init, { context }) => exchange(request, options, context),
  });
  const client: Client = createORPCClient(link);

  /** One call; when our clock is refused the server is asked for its own, and the call is made once more. */
  async function ask<S extends z.ZodType>(
    schema: S | undefined,
    send: (context: TimeSeen) => Promise<unknown>,
    attempt = 1,
  ): Answer<z.output<S>> {
    const seen: TimeSeen = {};
    let answer: unknown;
    try {
      answer = await send(seen);
    } catch (error) {
      const failure = failureOf(error);
      if (attempt >= lastAttempt || !isClockTooFar(failure) || !(await time()).ok) return err(failure);
      return ask(schema, send, attempt + 1);
    }
    const checked = schema?.safeParse(answer);
    if (!checked?.success) {
      const where = checked?.error.issues[0]?.path.join('.') ?? '';
      return err({ type: 'CentralAnswerInvalid', what: 'schema', where });
    }
    learnFromDate(options, seen);
    return ok(checked.data);
  }

  async function time(signal?: AbortSignal): Answer<SignedTime> {
    const nonce = timeNonce(options.randomBytes);
    let seen: TimeSeen = {};
    const send = (context: TimeSeen) => {
      seen = context;
      return client.terminals.time({ nonce }, how(context, signal));
    };
    const answer = await ask(terminals.time['~orpc'].outputSchema, send, lastAttempt);
    if (!answer.ok) return answer;
    const { serverPublicKey } = options;
    if (serverPublicKey === null || !isServersTime(answer.value, nonce, serverPublicKey)) {
      return err({ type: 'CentralAnswerInvalid', what: 'signature', where: 'time' });
    }
    observe(options, seen, answer.value.atMs, 1);
    return answer;
  }

  const askCards: AskCards = (schema, send) => ask(schema, (context) => send({ context }));
  const how = (context: TimeSeen, signal: AbortSignal | undefined) => (signal ? { context, signal } : { context });
  return {
    time,
    async health(signal) {
      let seen: TimeSeen = {};
      const answer = await ask(health['~orpc'].outputSchema, (context) => {
        seen = context;
        return client.health(undefined, how(context, signal));
      });
      if (answer.ok && options.serverPublicKey === null) observe(options, seen, answer.value.nowMs, 1);
      return answer;
    },
    enrol: (asked, signal) =>
      ask(terminals.enrol['~orpc'].outputSchema, (context) => client.terminals.enrol(asked, how(context, signal))),
    push: (terminal, entries, signal) =>
      ask(terminals.push['~orpc'].outputSchema, (context) =>
        client.terminals.push({ terminal, entries }, how(context, signal)),
      ),
    head: (terminal, signal) =>
      ask(terminals.head['~orpc'].outputSchema, async (context) => {
        const head = await client.terminals.head({ terminal }, how(context, signal));
        return head ?? null;
      }),
    common: (terminal, heads, signal) =>
      ask(terminals.common['~orpc'].outputSchema, (context) =>
        client.terminals.common({ terminal, heads }, how(context, signal)),
      ),
    feed: (terminal, cursor, signal) =>
      ask(terminals.feed['~orpc'].outputSchema, (context) =>
        client.terminals.feed({ terminal, cursor }, how(context, signal)),
      ),
    ticketCertificate: (terminal, signal) =>
      ask(terminals.ticketCertificate['~orpc'].outputSchema, (context) =>
        client.terminals.ticketCertificate({ terminal }, how(context, signal)),
      ),
    cards: (terminal) => cardCalls(terminal, client.cards, askCards),
  };
}

const isClockTooFar = (failure: CentralFailure): boolean =>
  failure.type === 'CentralRefused' && failure.refusal.type === 'ClockTooFar';

/** The Date header is anybody's word: good enough to tell a PC's clock by before enrolment, never after it. */
function learnFromDate(options: CentralClientOptions, seen: TimeSeen): void {
  if (options.serverPublicKey === null && seen.dateMs !== undefined) observe(options, seen, seen.dateMs, 1000);
}

function observe(options: CentralClientOptions, seen: TimeSeen, serverMs: number, resolutionMs: number): void {
  const { sentMs, receivedMs } = seen;
  if (sentMs === undefined || receivedMs === undefined) return;
  options.serverClock.observe({ serverMs, sentMs, receivedMs, resolutionMs });
}
