import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { canonicalJson } from '#contract/journal/canonical.ts';
import { Head } from '#contract/journal/entry.ts';

/** The server's countersignature of the head it has accepted: ES256 over the canonical JSON of `head` and `terminal`. */
export const CountersignedHead = z.object({
  terminal: Uuid,
  head: Head,
  /** Server wall time, ms. */
  atMs: z.int(),
  signature: z.string(),
});
export type CountersignedHead = z.infer<typeof CountersignedHead>;

/** The bytes the server signs (ES256) when it countersigns a head: the canonical JSON of `head` and `terminal`. */
export function countersignedBytes({ terminal, head }: { terminal: string; head: Head }): Uint8Array {
  const { epoch, seq, hash } = head;
  return new TextEncoder().encode(canonicalJson({ head: { epoch, hash, seq }, terminal }));
}
