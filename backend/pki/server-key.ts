import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Database } from '#backend/db/tenancy.ts';
import { countersignedBytes } from '#contract/central/countersign.ts';
import type { Head } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Seal } from './sealing.ts';

/** The server's P-256 key: every server of a network shares it, so it lies in the database, sealed under the server secret. */
export type ServerKey = {
  /** SPKI, base64. */
  publicKey: string;
  /** ES256 (r‖s, base64url) over the canonical JSON of `head` and `terminal`. */
  countersign(terminal: string, head: Head): string;
  /** ES256 (r‖s, 64 bytes) over bytes that begin with, or hold, what they are for: no two uses may read alike. */
  sign(bytes: Uint8Array): Buffer;
};

const purpose = 'countersigning key';

export type ServerKeyError = { type: 'ServerSecretWrong' };

/**
 * Reads the key, or makes it at the first start. Of several first starts one wins, and all use its key.
 * Errors: ServerSecretWrong, when the database was sealed under another secret than ours.
 * @param db a session of the owner of the tables: the role that serves requests never sees this one
 */
export async function serverKey(db: Database, seal: Seal): Promise<Result<ServerKey, ServerKeyError>> {
  const read = () => db.selectFrom('server_keys').select('sealed').where('purpose', '=', purpose).executeTakeFirst();
  if (!(await read())) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sealed = seal.seal(purpose, privateKey.export({ format: 'der', type: 'pkcs8' }));
    await db
      .insertInto('server_keys')
      .values({ purpose, sealed })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const { sealed } = (await read())!;
  const opened = openSealed(seal, sealed);
  if (!opened) return err({ type: 'ServerSecretWrong' });
  const key = createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  const signed = (bytes: Uint8Array) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
  return ok({
    publicKey,
    sign: signed,
    countersign: (terminal, head) => signed(countersignedBytes({ terminal, head })).toString('base64url'),
  });
}

function openSealed(seal: Seal, sealed: Buffer): Buffer | null {
  try {
    return seal.open(purpose, sealed);
  } catch {
    return null;
  }
}
