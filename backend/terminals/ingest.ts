import { projectAccounts } from '#backend/accounts/project-accounts.ts';
import { projectAttendance } from '#backend/attendance/project-attendance.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { projectCards } from '#backend/loyalty/ledger/project-cards.ts';
import { projectTransactions } from '#backend/loyalty/project.ts';
import { queueTickets } from '#backend/mail/outbox.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { ServerKey } from '#backend/pki/server-key.ts';
import { readPublicKey } from '#backend/pki/terminal-key.ts';
import { refusal } from '#backend/refusal.ts';
import { projectClosings } from '#backend/reports/days/project-closings.ts';
import type { CentralError, CountersignedHead } from '#contract/central/index.ts';
import type { IdSource } from '#contract/ids/index.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { isSettled, keepCase, openCase } from './cases.ts';
import { batchFault, compare, headAfter, joinFault, openings, type Writer } from './chain.ts';
import { openClockCase } from './clock-case.ts';
import {
  heldHashes,
  insertActs,
  insertEntries,
  intentionsTaken,
  lockTerminal,
  moveHead,
  type Reused,
} from './journal-rows.ts';
import { Outgoing } from './outgoing.ts';
import { type ProvenEntry, proveSeals } from './seals.ts';

/** What an ingest is made with, beside the database. */
export type IngestParts = { db: Database; serverKey: ServerKey; clock: Clock; ids: IdSource; seal: Seal };
export type Ingest = (writer: Writer, entries: SealedEntry[]) => Promise<Result<CountersignedHead, CentralError>>;

/** Two terminals with the same intention at the same moment; two shops that move the same cards at the same moment. */
const lostRaces: readonly (string | undefined)[] = ['23505', '40P01'];
const maxAttempts = 3;

/**
 * Appends a batch of a terminal's journal, once however often it comes: entries, projections and head in one transaction, durable
 * when this returns. A batch may begin with entries the server holds already; they must be the same.
 * An act that this terminal did before it was restored, and has forgotten, is kept and counts once; so is one that another terminal
 * did under the same id, once a person has settled its case.
 * Refusals: EntryInvalid, ChainBroken, ChainForked, IntentionReused, TerminalQuarantined, TerminalRevoked. Nothing of a refused
 * batch is kept but, for the two that may be fraud, a case for a person.
 */
export function ingestInto(parts: IngestParts): Ingest {
  return async (writer, entries) => {
    const fault = batchFault(entries, writer);
    if (fault) return err(fault);
    const key = readPublicKey(writer.publicKey);
    if (!key) throw new Error(`the registered key of terminal ${writer.terminal} cannot be read`);
    const proven = await proveSeals(entries, key);
    if (!proven.ok) return proven;

    for (let attempt = 1; ; attempt++) {
      try {
        return await inTenant(parts.db, writer.tenant, (trx) => append(trx, writer, proven.value, parts));
      } catch (cause) {
        // The second look finds what the other has done, and goes on from there.
        if (!lostRaces.includes((cause as { code?: string }).code) || attempt === maxAttempts) throw cause;
      }
    }
  };
}

async function append(
  trx: TenantTransaction,
  writer: Writer,
  batch: ProvenEntry[],
  { serverKey, clock, ids, seal }: IngestParts,
): Promise<Result<CountersignedHead, CentralError>> {
  const nowMs = clock.wallMs();
  const { state, currency, head } = await lockTerminal(trx, writer);
  if (state === 'revoked') return err(refusal('TerminalRevoked'));
  if (state === 'quarantined') return err(refusal('TerminalQuarantined'));

  const isKnown = ({ sealed }: ProvenEntry) => head !== null && compare(sealed.entry, head) <= 0;
  const forked = await findFork(trx, writer, batch.filter(isKnown));
  if (forked) return err(await openCase(trx, 'ChainForked', writer, forked, nowMs));

  const fresh = batch.filter((entry) => !isKnown(entry));
  const last = fresh.at(-1);
  if (!last) return ok(countersigned(head!, writer, serverKey, nowMs));
  const fault =
    currencyFault(fresh, currency) ??
    joinFault(fresh[0]!.sealed, head) ??
    (await openingFault(trx, writer, fresh, head));
  if (fault) return err(fault);
  const reused = await intentionsTaken(trx, writer.tenant, fresh);
  for (const each of reused) {
    if (isForgotten(each, writer) || (await isSettled(trx, 'IntentionReused', writer, each.entry))) continue;
    return err(await openCase(trx, 'IntentionReused', writer, each.entry, nowMs));
  }
  for (const { entry } of reused) await keepCase(trx, 'IntentionReused', writer, entry, nowMs);

  const receivedAt = new Date(nowMs);
  const accepted = countersigned(headAfter(last.sealed), writer, serverKey, nowMs);
  const stated = fresh.map(({ sealed }) => sealed.entry);
  await openClockCase(trx, writer, head, stated, nowMs);
  await insertEntries(trx, writer, fresh, receivedAt);
  const again = new Set(reused.map(({ entry }) => entry.sealed.entry.intention));
  const counted = fresh.filter(({ sealed }) => !again.has(sealed.entry.intention));
  await insertActs(trx, writer, counted);
  const entries = counted.map(({ sealed }) => sealed.entry);
  const outgoing = new Outgoing();
  await projectTransactions(trx, writer, entries, receivedAt);
  await projectCards(trx, writer, entries, { at: receivedAt, ids, seal, outgoing });
  await projectClosings(trx, writer, entries, receivedAt);
  await projectAccounts(trx, writer, entries, { at: receivedAt, ids });
  await projectAttendance(trx, writer, entries, receivedAt);
  await queueTickets(trx, writer, entries, receivedAt);
  await moveHead(trx, writer, accepted, last.hash);
  await outgoing.publish(trx, writer.tenant);
  return ok(accepted);
}

/**
 * A till that was put back to a backup does not know of what it did since, and the same act of a person may reach it again: the entry is
 * kept, for a person to look at, and moves nothing. Were it refused, all that comes behind it would be stranded.
 */
const isForgotten = ({ entry, actedAt }: Reused, { terminal }: Writer): boolean =>
  actedAt.terminal === terminal && actedAt.epoch < entry.sealed.entry.epoch;

/** Minor units of another currency are other amounts, a thousand times less perhaps: no sum of the shop's can hold them. */
function currencyFault(fresh: readonly ProvenEntry[], currency: CurrencyCode): CentralError | null {
  const foreign = fresh.find(({ sealed: { entry } }) => 'currency' in entry.body && entry.body.currency !== currency);
  if (!foreign) return null;
  const { epoch, seq } = foreign.sealed.entry;
  return refusal('EntryInvalid', { epoch, seq, what: 'currency' });
}

const countersigned = (head: Head, { terminal }: Writer, serverKey: ServerKey, atMs: number): CountersignedHead => ({
  terminal,
  head,
  atMs,
  signature: serverKey.countersign(terminal, head),
});

/** The first entry that the server holds with another hash (invariant 10). */
async function findFork(trx: TenantTransaction, writer: Writer, known: ProvenEntry[]): Promise<ProvenEntry | null> {
  const held = await heldHashes(
    trx,
    writer,
    known.map(({ sealed }) => sealed.entry),
  );
  return known.find(({ sealed }) => held.get(`${sealed.entry.epoch}/${sealed.entry.seq}`) !== sealed.hash) ?? null;
}

/** A new epoch names the head it goes on from; the server must hold that very entry. Only the first of all follows nothing. */
async function openingFault(
  trx: TenantTransaction,
  writer: Writer,
  fresh: ProvenEntry[],
  head: Head | null,
): Promise<CentralError | null> {
  for (const entry of openings(fresh.map(({ sealed }) => sealed))) {
    const claimed = entry.body.previousHead;
    const isFirst = head === null && entry === fresh[0]!.sealed.entry;
    const fault = refusal('ChainBroken', { epoch: entry.epoch, seq: entry.seq, what: 'previous-head' });
    if (isFirst !== (claimed === null)) return fault;
    if (!claimed) continue;
    const inBatch = fresh.some(({ sealed }) => compare(sealed.entry, claimed) === 0 && sealed.hash === claimed.hash);
    if (inBatch || (await heldHashes(trx, writer, [claimed])).get(`${claimed.epoch}/${claimed.seq}`) === claimed.hash)
      continue;
    return fault;
  }
  return null;
}
