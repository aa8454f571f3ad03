import { createHmac } from 'node:crypto';
import type { Trade } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Random } from '#backend/random.ts';

/** Crockford's base32: no I, L, O or U, so that a code can be read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const validForMs = 24 * 3_600_000;

/** Eight characters, 40 random bits, as `K7Q2-9XMD`. */
export function newCode(random: Random): string {
  const characters = Array.from(random(8), (byte) => alphabet[byte & 31]).join('');
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/** As typed by a person: case, blanks and hyphens do not matter, O is 0, I and L are 1. */
export const normalCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/** What the database keeps of a code: 40 bits could be searched through, were they not hashed with the server secret. */
export const codeHash = (serverSecret: string, typed: string): string =>
  createHmac('sha256', serverSecret)
    .update(`enrolment ${normalCode(typed)}`)
    .digest('hex');

/** Makes a code for one more till of the tenant. Shown once; works once, for 24 hours. */
export async function makeEnrolmentCode(
  trx: TenantTransaction,
  { tenant, label, trades }: { tenant: string; label: string; trades: Trade[] },
  { serverSecret, random, nowMs }: { serverSecret: string; random: Random; nowMs: number },
): Promise<{ code: string; expiresAtMs: number }> {
  const code = newCode(random);
  const expiresAtMs = nowMs + validForMs;
  await trx
    .deleteFrom('enrolment_codes')
    .where('tenant_id', '=', tenant)
    .where('expires_at', '<', new Date(nowMs))
    .execute();
  await trx
    .insertInto('enrolment_codes')
    .values({
      code_hash: codeHash(serverSecret, code),
      tenant_id: tenant,
      label,
      trades,
      expires_at: new Date(expiresAtMs),
      used_by: null,
    })
    .execute();
  return { code, expiresAtMs };
}
