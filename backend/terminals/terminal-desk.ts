import { wipeExpired } from '#backend/cards/relay/relay-rows.ts';
import { type Database, inTenant } from '#backend/db/tenancy.ts';
import type { ArrivedRequest } from '#backend/http/arrived-request.ts';
import type { Log } from '#backend/http/request-context.ts';
import { sweepCards } from '#backend/loyalty/ledger/sweep.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError, CountersignedHead, Enrolment, FeedItem } from '#contract/central/index.ts';
import { type SignedTime, signedTimeBytes } from '#contract/central/terminal-calls.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { authenticTerminal, type KnownTerminal } from './authentic.ts';
import { commonHead } from './common-head.ts';
import { type EnrolParts, type EnrolRequest, enrol } from './enrol.ts';
import { feedSince } from './feed.ts';
import { ingestInto } from './ingest.ts';
import { readHead } from './journal-rows.ts';
import { ticketCertificate } from './ticket-certificate.ts';

type Answer<T> = Promise<Result<T, CentralError>>;

/** All that a terminal can ask of the server. */
export type TerminalDesk = {
  authentic(request: ArrivedRequest): Answer<KnownTerminal>;
  enrol(request: EnrolRequest): Answer<Enrolment>;
  push(from: KnownTerminal, batch: { terminal: string; entries: SealedEntry[] }, log: Log): Answer<CountersignedHead>;
  head(from: KnownTerminal, terminal: string): Answer<CountersignedHead | null>;
  common(
    from: KnownTerminal,
    ask: { terminal: string; heads: Head[] },
  ): Answer<{ common: CountersignedHead | null; lastZ: number }>;
  feed(
    from: KnownTerminal,
    ask: { terminal: string; cursor: number },
  ): Answer<{ items: FeedItem[]; cursor: number; more: boolean; ticketsByEmail: boolean }>;
  /** The server's clock over its signature. Anyone may ask: it costs one signature, and is no secret. */
  time(nonce: string): SignedTime;
  ticketCertificate(from: KnownTerminal, terminal: string): Answer<{ certificate: string }>;
};

/** A terminal speaks for itself alone; of another's existence it learns nothing. */
const notItself = err(refusal('NotFound'));
const intentionsLogged = 20;

/** @param ticketsByEmail can this server send them */
export function terminalDesk(parts: EnrolParts, ticketsByEmail: boolean): TerminalDesk {
  const { db, clock, serverKey }: { db: Database } & EnrolParts = parts;
  const ingest = ingestInto(parts);
  return {
    authentic: (request) => authenticTerminal(db, clock, request),
    enrol: (request) => enrol(parts, request),
    async push(from, { terminal, entries }, log) {
      if (terminal !== from.terminal) return notItself;
      const result = await ingest(from, entries);
      const facts = { terminal, ...describeBatch(entries) };
      if (result.ok) log.info({ ...facts, head: result.value.head.seq }, 'entries accepted');
      else log.warn({ ...facts, refusal: result.error }, 'entries refused');
      return result;
    },
    async head(from, terminal) {
      if (terminal !== from.terminal) return notItself;
      const head = await inTenant(db, from.tenant, (trx) => readHead(trx, from.tenant, terminal));
      if (!head) return ok(null);
      return ok({ terminal, head, atMs: clock.wallMs(), signature: serverKey.countersign(terminal, head) });
    },
    async common(from, { terminal, heads }) {
      if (terminal !== from.terminal) return notItself;
      const { head, lastZ } = await commonHead(db, from, heads);
      if (!head) return ok({ common: null, lastZ });
      const signature = serverKey.countersign(terminal, head);
      return ok({ common: { terminal, head, atMs: clock.wallMs(), signature }, lastZ });
    },
    async feed(from, { terminal, cursor }) {
      if (terminal !== from.terminal) return notItself;
      if (from.state === 'quarantined') return err(refusal('TerminalQuarantined'));
      return ok(
        await inTenant(db, from.tenant, async (trx) => {
          await wipeExpired(trx, from.tenant, clock.wallMs());
          await sweepCards(trx, from.tenant, clock.wallMs());
          return { ...(await feedSince(trx, from.tenant, cursor)), ticketsByEmail };
        }),
      );
    },
    time(nonce) {
      const atMs = clock.wallMs();
      return { nonce, atMs, signature: serverKey.sign(signedTimeBytes({ nonce, atMs })).toString('base64url') };
    },
    async ticketCertificate(from, terminal) {
      if (terminal !== from.terminal) return notItself;
      const shop = await inTenant(db, from.tenant, (trx) =>
        trx
          .selectFrom('tenants')
          .select(['number', 'name'])
          .where('tenant_id', '=', from.tenant)
          .executeTakeFirstOrThrow(),
      );
      return ok({ certificate: ticketCertificate(serverKey, from, shop, clock.wallMs()) });
    },
  };
}

/** Enough to follow one intention from the till's button to the server's row. */
function describeBatch(entries: readonly SealedEntry[]) {
  const acting = entries.filter(({ entry }) => entryKinds[entry.kind].acts);
  return {
    epoch: entries[0]?.entry.epoch,
    seq: entries[0]?.entry.seq,
    entries: entries.length,
    intentions: acting.slice(0, intentionsLogged).map(({ entry }) => entry.intention),
  };
}
