import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, inScope, inTenant } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Role } from '#contract/till/state.ts';
import { passwordMatches } from './passwords.ts';

const attemptsPerWindow = 5;
export const windowMs = 15 * 60_000;
/** Each check takes 19 MiB and 20 ms of a core. */
const checksAtOnce = 8;
/** Someone's hash, of a password nobody has: an unknown login costs the same time as a known one. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$Vj3WBrZsas1m3SxgCLq1Sg$MxdvpeScP/T9IkttVKN9vBghE1Us4EvrW3we89/+o6A';

export type Person = { tenant: string; code: string; name: string; role: Role };

/**
 * Checks a login and its password. The counter is raised, durably, before the check: a cut connection or a crash gives no free try.
 * A wrong login and a wrong password get the same answer in the same time.
 * Refusals: SignInRefused, SignInThrottled (with `waitMs`).
 */
export function signInChecker(
  db: Database,
): (login: string, password: string, nowMs: number) => Promise<Result<Person, CentralError>> {
  let checking = 0;
  return async (login, password, nowMs) => {
    if (checking >= checksAtOnce) return err(refusal('SignInThrottled', { waitMs: 1_000 }));
    checking += 1;
    try {
      const bucket = bucketOf(login);
      const waitMs = await countAttempt(db, bucket, nowMs, attemptsPerWindow);
      if (waitMs > 0) return err(refusal('SignInThrottled', { waitMs: waitMs }));
      const account = await accountOf(db, login);
      const matches = await passwordMatches(account?.password_hash ?? nobodysHash, password);
      const person = account && matches ? await personOf(db, account) : null;
      if (!person) return err(refusal('SignInRefused'));
      await db.deleteFrom('sign_in_throttles').where('bucket', '=', bucket).execute();
      return ok(person);
    } finally {
      checking -= 1;
    }
  };
}

/** 20 bits of a hash: a bounded table, and no telling which logins exist. */
export const bucketOf = (login: string): string => createHash('sha256').update(login).digest('hex').slice(0, 5);

/** @returns how long to wait, ms; 0 when this attempt may go on */
export async function countAttempt(db: Database, bucket: string, nowMs: number, most: number): Promise<number> {
  const now = new Date(nowMs);
  const { rows } = await sql<{ attempts: number; window_ends_at: Date }>`
    INSERT INTO sign_in_throttles AS throttle (bucket, attempts, window_ends_at)
    VALUES (${bucket}, 1, ${new Date(nowMs + windowMs)})
    ON CONFLICT (bucket) DO UPDATE SET
      attempts = CASE WHEN throttle.window_ends_at < ${now} THEN 1 ELSE throttle.attempts + 1 END,
      window_ends_at = CASE WHEN throttle.window_ends_at < ${now} THEN excluded.window_ends_at ELSE throttle.window_ends_at END
    RETURNING attempts, window_ends_at
  `.execute(db);
  const { attempts, window_ends_at } = rows[0]!;
  return attempts <= most ? 0 : Math.max(1, window_ends_at.getTime() - nowMs);
}

const accountOf = (db: Database, login: string) =>
  inScope(db, { key: login }, (trx) =>
    trx.selectFrom('office_accounts').selectAll().where('login', '=', login).executeTakeFirst(),
  );

/** The person as the tenant's staff list has them now; null for one who has left. */
export async function personOf(
  db: Database,
  { tenant_id, code }: { tenant_id: string; code: string },
): Promise<Person | null> {
  const row = await inTenant(db, tenant_id, (trx) =>
    trx
      .selectFrom('staff')
      .select(['name', 'role', 'active'])
      .where('tenant_id', '=', tenant_id)
      .where('code', '=', code)
      .executeTakeFirst(),
  );
  return row?.active ? { tenant: tenant_id, code, name: row.name, role: row.role } : null;
}
