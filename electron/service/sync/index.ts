import type { Enrolment } from '#contract/central/index.ts';
import type { Result } from '#contract/result/index.ts';
import { verifyUrlOf } from '#contract/tickets/verify-url.ts';
import type { Clock } from '#contract/time/index.ts';
import type { TerminalKeys } from '../keys/index.ts';
import { createCable } from './cable.ts';
import type { AccountCalls, CardCalls } from './card-calls.ts';
import { type CentralClient, createCentralClient } from './central-client.ts';
import { createServerClock, type ServerClock } from './clock-offset.ts';
import { SyncEngine } from './engine.ts';
import { type EnrolmentFault, type EnrolmentShelf, enrolTerminal, type KeptEnrolment, keepEnrolment } from './enrol.ts';
import type { Fetch, Signer } from './exchange.ts';
import type { CentralFailure } from './failures.ts';
import type { GoOn, SyncSession } from './session.ts';
import type { SyncStore } from './store-port.ts';
import { isOurCertificate, wantsCertificate } from './ticket-certificate.ts';

export type { AccountCalls, CardCalls, RelayAsked } from './card-calls.ts';
export type { ClockState, ServerClock } from './clock-offset.ts';
export type { SyncEngine } from './engine.ts';
export { type EnrolmentFault, type EnrolmentShelf, type KeptEnrolment, loadEnrolment } from './enrol.ts';
export type { Fetch } from './exchange.ts';
export type { CentralFailure } from './failures.ts';
export { outboxOf } from './outbox.ts';
export type { GoOn, SyncFailure } from './session.ts';
export type { ContactRecord, Outbox, StoreFault, SyncStore } from './store-port.ts';

const exchangeTimeoutMs = 10_000;
/** A customer stands at the counter, the card on the reader: what takes longer is taken for no answer. */
const cardCallTimeoutMs = 5_000;
const maxResponseBytes = 4 * 1024 * 1024;

export interface SyncOptions {
  clock: Clock;
  /** Time that goes on while the machine sleeps; absent: the monotonic clock does. */
  elapsedMs?: () => number;
  fetch: Fetch;
  randomBytes: (count: number) => Uint8Array;
  /** From 0 to 1. */
  random: () => number;
  keys: TerminalKeys;
  store: SyncStore;
  shelf: EnrolmentShelf;
  /** From `loadEnrolment`; null when there is none yet. */
  kept: KeptEnrolment | null;
  goOn: GoOn;
  /** A defect met in the background; log it. */
  onDefect: (error: unknown) => void;
  /** For the whole of one exchange; 10 s when left out. */
  timeoutMs?: number;
}

/** All of sync, wired: what `compose.ts` makes one of. */
export interface Sync {
  readonly engine: SyncEngine;
  readonly serverClock: ServerClock;
  enrolment(): Enrolment | null;
  /** Enrols at a server with a single-use code; the engine then goes on by itself. */
  enrol(asked: {
    centralUrl: string;
    code: string;
    name: string;
  }): Promise<Result<Enrolment, CentralFailure | EnrolmentFault>>;
  /** The server about cards. Null: there is no link now. */
  cards(): (CardCalls & AccountCalls) | null;
  /** What proves this till's tickets; null until it is enrolled and certified. */
  ticketProof(): { certificate: string; verifyUrl: string } | null;
  /** Can the server send tickets by e-mail, as it last said? */
  ticketsByEmail(): boolean;
  /** Pulls or plugs the simulated network cable. */
  setLinkCut(cut: boolean): void;
}

export function createSync(options: SyncOptions): Sync {
  const { clock, keys, store, shelf } = options;
  const cable = createCable();
  const serverClock = createServerClock(clock, options.elapsedMs);
  const clientFor = (
    baseUrl: string,
    signer: Signer | null,
    serverPublicKey: string | null,
    timeoutMs = options.timeoutMs ?? exchangeTimeoutMs,
  ): CentralClient =>
    createCentralClient({
      baseUrl,
      serverPublicKey,
      fetch: options.fetch,
      cable,
      clock,
      serverClock,
      signer,
      randomBytes: options.randomBytes,
      timeoutMs,
      maxResponseBytes,
    });
  const cardCallsOf = ({ centralUrl, enrolment }: KeptEnrolment): CardCalls & AccountCalls =>
    clientFor(
      centralUrl,
      { keyid: enrolment.terminal, sign: keys.sign },
      enrolment.serverPublicKey,
      Math.min(cardCallTimeoutMs, options.timeoutMs ?? exchangeTimeoutMs),
    ).cards(enrolment.terminal);
  const sessionOf = ({ centralUrl, enrolment }: KeptEnrolment): SyncSession => ({
    central: clientFor(centralUrl, { keyid: enrolment.terminal, sign: keys.sign }, enrolment.serverPublicKey),
    terminal: enrolment.terminal,
    serverPublicKey: enrolment.serverPublicKey,
    offlineAllowanceMs: enrolment.offlineAllowanceMs,
    tickets: { wanted: wantsNewCertificate, keep: keepCertificate },
    store,
    goOn: options.goOn,
  });

  const trust = ({ serverPublicKey }: Enrolment) => ({ tillPublicKey: keys.publicKeySpkiBase64, serverPublicKey });
  const wantsNewCertificate = () =>
    kept !== null && wantsCertificate(kept.enrolment.ticketCertificate, trust(kept.enrolment), serverClock.nowMs());
  /** One that is not ours is left aside; a disk that refuses to keep it shows elsewhere, and it is asked for again. */
  const keepCertificate = (ticketCertificate: string) => {
    if (kept === null || !isOurCertificate(ticketCertificate, trust(kept.enrolment))) return;
    kept = { ...kept, enrolment: { ...kept.enrolment, ticketCertificate } };
    keepEnrolment(keys, shelf, kept);
  };

  let kept = options.kept;
  let session = kept && sessionOf(kept);
  let cards = kept && cardCallsOf(kept);
  const engine = new SyncEngine({
    clock,
    store,
    centralUrl: () => kept?.centralUrl ?? null,
    session: () => session,
    random: options.random,
    onDefect: options.onDefect,
  });
  return {
    engine,
    serverClock,
    enrolment: () => kept?.enrolment ?? null,
    async enrol({ centralUrl, code, name }) {
      const central = clientFor(centralUrl, null, null);
      const enrolled = await enrolTerminal({ central, centralUrl, keys, shelf, code, name });
      if (!enrolled.ok) return enrolled;
      kept = { centralUrl, enrolment: enrolled.value };
      session = sessionOf(kept);
      cards = cardCallsOf(kept);
      engine.retryNow();
      return enrolled;
    },
    cards: () => (engine.state().state === 'online' ? cards : null),
    ticketProof() {
      const certificate = kept?.enrolment.ticketCertificate;
      return kept && certificate ? { certificate, verifyUrl: verifyUrlOf(kept.centralUrl) } : null;
    },
    ticketsByEmail: () => store.ticketsByEmail(),
    setLinkCut(cut) {
      cable.setCut(cut);
      engine.retryNow();
    },
  };
}
