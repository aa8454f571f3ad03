/** Keys closer than this are a scanner: no hand types 28 keys a second for long. */
export const scanGapMs = 35;
/** Fewer than this in a burst are fingers rolling over two keys, and are given back as typed. */
const shortestScan = 4;
/** A QR of ours has about 150 characters; what is longer than this is noise and its end is dropped. */
const longestScan = 512;

export type ScanGate<K> = {
  /** A key that writes one character. It is held until it is clear whether a scanner or a person sent it. */
  character(key: K, character: string, atMs: number): void;
  /** Settles what is held when the next key comes too late to belong to it. */
  expire(atMs: number): void;
  /** Enter or Tab: true when it ended a scan and is used up, false when it is a person's. */
  terminator(atMs: number): boolean;
  /** Any other key: what was held is settled first, so that order stays. */
  other(): void;
};

type Parts<K> = {
  after: (delayMs: number, task: () => void) => () => void;
  /** Keys a person typed, in order. */
  onKeys: (keys: K[]) => void;
  onScan: (text: string) => void;
  /** A burst is certain now: a field that took its beginning can be put back. */
  onBurst?: () => void;
};

/** Tells a scanner from fingers by the time between keys, before any field or shortcut sees them. */
export function createScanGate<K>({ after, onKeys, onScan, onBurst }: Parts<K>): ScanGate<K> {
  let held: { key: K; character: string }[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  let callOff = () => {};

  const settle = () => {
    callOff();
    const burst = held;
    held = [];
    if (burst.length >= shortestScan) onScan(burst.map(({ character }) => character).join(''));
    else if (burst.length > 0) onKeys(burst.map(({ key }) => key));
  };

  const expire = (atMs: number) => {
    if (atMs - lastMs >= scanGapMs) settle();
  };

  return {
    expire,
    character(key, character, atMs) {
      expire(atMs);
      lastMs = atMs;
      if (held.length < longestScan) held.push({ key, character });
      if (held.length === shortestScan) onBurst?.();
      callOff();
      callOff = after(scanGapMs, settle);
    },
    terminator(atMs) {
      const endsScan = held.length >= shortestScan && atMs - lastMs < scanGapMs;
      settle();
      return endsScan;
    },
    other: settle,
  };
}
