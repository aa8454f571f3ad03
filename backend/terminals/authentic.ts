import { sql } from 'kysely';
import type { TerminalState } from '#backend/db/tables.ts';
import { type Database, enterScope, inScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { ArrivedRequest } from '#backend/http/arrived-request.ts';
import { readPublicKey, sha256, verifyEs256 } from '#backend/pki/terminal-key.ts';
import { refusal } from '#backend/refusal.ts';
import { parseRequestSignature, type RequestSignature, verifyRequest } from '#contract/central/http-signature.ts';
import type { CentralError } from '#contract/central/index.ts';
import { Uuid } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { Writer } from './chain.ts';

/** How far from the server's time a signature may have been made. The terminal reckons in server time, so its own clock may be wrong. */
const toleranceMs = 5 * 60_000;
/** Servers' clocks differ: a nonce outlives its signature at the slowest of them, also where the fastest forgets it. */
const clocksDifferMs = 60_000;
/**
 * The fastest work at a counter for as long as a nonce is remembered: a card issued each second, of some thirty requests. It bounds
 * what a stolen key can write; a replay is refused however high it is.
 */
const maxLiveNonces = 12_000;
const contactStepMs = 60_000;

export type KnownTerminal = Writer & { state: TerminalState };

/**
 * Whose request is this? Its signature is verified (RFC 9421) with the registered key, its time checked against the server's, and
 * its nonce used up, in PostgreSQL, so that a replay is refused whichever server it reaches.
 * Refusals: RequestNotAuthentic, TerminalUnknown, ClockTooFar (with the server's `nowMs`), RequestReplayed, TerminalRevoked.
 */
export async function authenticTerminal(
  db: Database,
  clock: Clock,
  request: ArrivedRequest,
): Promise<Result<KnownTerminal, CentralError>> {
  const parsed = parseRequestSignature(request.headers);
  if (!parsed.ok) return err(refusal('RequestNotAuthentic', { why: parsed.error.type }));
  const { keyid, created } = parsed.value;
  if (!Uuid.safeParse(keyid).success) return err(refusal('TerminalUnknown'));

  return inScope(db, { key: keyid }, async (trx) => {
    const registered = await trx
      .selectFrom('terminal_keys')
      .select(['tenant_id', 'public_key'])
      .where('terminal_id', '=', keyid)
      .executeTakeFirst();
    if (!registered) return err(refusal('TerminalUnknown'));
    const why = signatureFault(request, parsed.value, registered.public_key);
    if (why) return err(refusal('RequestNotAuthentic', { why }));
    const nowMs = clock.wallMs();
    if (Math.abs(created * 1000 - nowMs) > toleranceMs) return err(refusal('ClockTooFar', { nowMs }));

    await enterScope(trx, { tenant: registered.tenant_id });
    const writer = { terminal: keyid, tenant: registered.tenant_id, publicKey: registered.public_key };
    const spent = await spendNonce(trx, writer, parsed.value, nowMs);
    if (spent !== 'spent') return err(refusal(spent));
    const { state, ...last } = await trx
      .selectFrom('terminals')
      .select(['state', 'seen_at', 'program'])
      .where('tenant_id', '=', writer.tenant)
      .where('terminal_id', '=', keyid)
      .executeTakeFirstOrThrow();
    await noteContact(trx, writer, last, { program: programOf(request), nowMs });
    return state === 'revoked' ? err(refusal('TerminalRevoked')) : ok({ ...writer, state });
  });
}

/** What a till says it runs: `comptoir/0.1.0`. For a person's eye only. */
const programOf = ({ headers }: ArrivedRequest): string | null => {
  const agent = headers['user-agent'];
  return typeof agent === 'string' && /^comptoir\/[\w.-]{1,30}$/.test(agent) ? agent.slice('comptoir/'.length) : null;
};

/** To the minute: a row that changed at each request would cost more than the request. */
async function noteContact(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  last: { seen_at: Date | null; program: string | null },
  { program, nowMs }: { program: string | null; nowMs: number },
): Promise<void> {
  const recent = last.seen_at !== null && nowMs - last.seen_at.getTime() < contactStepMs;
  if (recent && (program === null || program === last.program)) return;
  await trx
    .updateTable('terminals')
    .set({ seen_at: new Date(nowMs), program: program ?? last.program })
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .execute();
}

function signatureFault(request: ArrivedRequest, parsed: RequestSignature, publicKey: string): string | null {
  const key = readPublicKey(publicKey);
  if (!key) throw new Error(`the registered key of terminal ${parsed.keyid} cannot be read`);
  const verified = verifyRequest(request, parsed, {
    sha256: (bytes) => sha256(bytes),
    verify: (bytes, signature) => verifyEs256(key, bytes, signature),
  });
  return verified.ok ? null : verified.error.type;
}

/** Nonces are remembered until their signature would be too old anyway, and no more than a fixed number of them. */
async function spendNonce(
  trx: TenantTransaction,
  { terminal, tenant }: Writer,
  { nonce, created }: RequestSignature,
  nowMs: number,
): Promise<'spent' | 'RequestReplayed' | 'TooManyRequests'> {
  await trx
    .deleteFrom('request_nonces')
    .where('terminal_id', '=', terminal)
    .where('expires_at', '<', new Date(nowMs))
    .execute();
  const expiresAt = new Date(created * 1000 + toleranceMs + clocksDifferMs);
  const { rows } = await sql<{ live: number; inserted: boolean }>`
    WITH live AS (SELECT count(*)::int AS n FROM request_nonces WHERE terminal_id = ${terminal}),
    spent AS (
      INSERT INTO request_nonces (terminal_id, nonce, tenant_id, expires_at)
      SELECT ${terminal}, ${nonce}, ${tenant}, ${expiresAt} FROM live WHERE n < ${maxLiveNonces}
      ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT n AS live, EXISTS (SELECT 1 FROM spent) AS inserted FROM live
  `.execute(trx);
  if (rows[0]!.inserted) return 'spent';
  return rows[0]!.live < maxLiveNonces ? 'RequestReplayed' : 'TooManyRequests';
}
