import { createHash } from 'node:crypto';
import { type Database, inScope, inTenant } from '#backend/db/tenancy.ts';
import { announce } from '#backend/live/announcements.ts';
import type { Random } from '#backend/random.ts';
import { type Person, personOf } from './sign-in.ts';

const lifeMs = 12 * 3_600_000;
const sessionsPerPerson = 10;

export type Session = { person: Person; tokenHash: string; expiresAtMs: number };

/** The database knows a token by its hash alone: who reads the table cannot sign in. */
const tokenHashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Opens a session; the oldest ones of a person who has too many end. */
export async function openSession(db: Database, person: Person, random: Random, nowMs: number) {
  const token = random(32).toString('base64url');
  const expiresAtMs = nowMs + lifeMs;
  await inTenant(db, person.tenant, async (trx) => {
    const mine = trx.selectFrom('sessions').where('tenant_id', '=', person.tenant).where('code', '=', person.code);
    const kept = mine.select('token_hash').where('expires_at', '>', new Date(nowMs)).orderBy('expires_at', 'desc');
    await trx
      .deleteFrom('sessions')
      .where('tenant_id', '=', person.tenant)
      .where('code', '=', person.code)
      .where('token_hash', 'not in', kept.limit(sessionsPerPerson - 1))
      .execute();
    const row = { tenant_id: person.tenant, code: person.code, expires_at: new Date(expiresAtMs) };
    await trx
      .insertInto('sessions')
      .values({ token_hash: tokenHashOf(token), ...row })
      .execute();
  });
  return { token, expiresAtMs };
}

/** The session of a bearer token, or null: unknown, ended, expired, or of someone who has left. */
export async function sessionOf(db: Database, token: string, nowMs: number): Promise<Session | null> {
  const tokenHash = tokenHashOf(token);
  const row = await inScope(db, { key: tokenHash }, (trx) =>
    trx.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst(),
  );
  if (!row || row.expires_at.getTime() <= nowMs) return null;
  const person = await personOf(db, row);
  return person && { person, tokenHash, expiresAtMs: row.expires_at.getTime() };
}

/** Ends a session everywhere: pages that watch under it are cut off, on whichever server. */
export async function endSession(db: Database, { person, tokenHash }: Session): Promise<void> {
  await inTenant(db, person.tenant, async (trx) => {
    await trx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
    await announce(trx, { sessionEnded: tokenHash });
  });
}
