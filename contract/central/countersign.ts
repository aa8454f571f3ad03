import { canonicalJson } from '#contract/journal/canonical.ts';
import type { Head } from '#contract/journal/entry.ts';

/** The bytes the server signs (ES256) when it countersigns a head: the canonical JSON of `head` and `terminal`. */
export function countersignedBytes({ terminal, head }: { terminal: string; head: Head }): Uint8Array {
  const { epoch, seq, hash } = head;
  return new TextEncoder().encode(canonicalJson({ head: { epoch, hash, seq }, terminal }));
}
