import type { KeyObject } from 'node:crypto';
import { sha256, verifyEs256Async } from '#backend/pki/terminal-key.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { sealableOf } from '#contract/journal/chain.ts';
import type { SealedEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

/** An entry whose hash and signature hold, with the bytes they stand on. */
export type ProvenEntry = { sealed: SealedEntry; canonical: string; hash: Buffer; signature: Buffer };

/** Recomputes each hash and verifies each signature; signatures are checked in parallel, off the event loop. */
export async function proveSeals(
  entries: readonly SealedEntry[],
  key: KeyObject,
): Promise<Result<ProvenEntry[], CentralError>> {
  const checks = entries.map(async (sealed, index) => {
    const bytes = sealableOf(sealed.entry);
    if (bytes === null) return { index, fault: 'schema', proven: [] };
    const hash = sha256(bytes);
    const signature = Buffer.from(sealed.signature, 'base64url');
    const what = hash.toString('hex') !== sealed.hash ? 'hash' : null;
    const fault = what ?? ((await verifyEs256Async(key, bytes, signature)) ? null : 'signature');
    return { index, fault, proven: [{ sealed, canonical: Buffer.from(bytes).toString('utf8'), hash, signature }] };
  });
  const results = await Promise.all(checks);
  const bad = results.find(({ fault }) => fault !== null);
  if (!bad) return ok(results.flatMap(({ proven }) => proven));
  const { epoch, seq } = entries[bad.index]!.entry;
  return err(refusal('EntryInvalid', { index: bad.index, epoch, seq, what: bad.fault }));
}
