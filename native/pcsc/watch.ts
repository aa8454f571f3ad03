import type { Result } from '#contract/result/index.ts';
import { type Clock, sleep } from '#contract/time/index.ts';
import { meaningOf, nameOf } from './codes.ts';
import type { CardServiceUnavailable, Handle, PcscLibrary, WatchedReader } from './library.ts';
import { inTime } from './patience.ts';
import { chooseReader } from './reader-name.ts';
import { type Sighting, StateBits } from './reader-states.ts';

/** The pseudo reader whose state changes when readers come and go (Windows, pcsc-lite; macOS does not know it). */
const PLUG_AND_PLAY = '\\\\?PnP?\\Notification';

const limits = {
  /** One look. Short enough for a clean end should the cancel get lost, and for a reader list that changed unnoticed. */
  lookMs: 1_000,
  callMs: 3_000,
  firstPauseMs: 100,
  longestPauseMs: 2_000,
} as const;

export type WatchParts = {
  library: () => Promise<Result<PcscLibrary, CardServiceUnavailable>>;
  clock: Clock;
  readerName?: string | undefined;
  onSighting: (sighting: Sighting) => void;
};

/** Watches for readers and cards on a context of its own until stopped; `stop` resolves when the last native call is back. */
export function startWatch(parts: WatchParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const run: Run = { ...parts, signal: stopping.signal, failures: 0 };
  const ended = keepWatching(run);
  return {
    async stop() {
      stopping.abort();
      const { open } = run;
      if (open) await inTime(parts.clock, open.library.cancel(open.context), limits.callMs);
      await inTime(parts.clock, ended, limits.callMs);
    },
  };
}

type Open = { library: PcscLibrary; context: Handle };
type Run = WatchParts & { signal: AbortSignal; failures: number; open?: Open | undefined };

/** Rebuilds the context as often as it breaks, with growing pauses. */
async function keepWatching(run: Run): Promise<void> {
  while (!run.signal.aborted) {
    const detail = await watchOneContext(run);
    if (run.signal.aborted) return;
    run.onSighting({ kind: 'service-down', detail });
    const pauseMs = Math.min(limits.firstPauseMs * 2 ** run.failures, limits.longestPauseMs);
    run.failures = Math.min(run.failures + 1, 10);
    await sleep(run.clock, pauseMs, run.signal);
  }
}

/** Watches until the context breaks; answers why. */
async function watchOneContext(run: Run): Promise<string> {
  const loaded = await run.library();
  if (!loaded.ok) return loaded.error.detail;
  const library = loaded.value;
  const context = await audible(run, library.establishContext(), limits.callMs);
  if (!context.ok) return nameOf(context.error);
  run.open = { library, context: context.value };
  try {
    return await lookRepeatedly(run, run.open);
  } finally {
    run.open = undefined;
    await audible(run, library.releaseContext(context.value), limits.callMs);
  }
}

async function lookRepeatedly(run: Run, { library, context }: Open): Promise<string> {
  const plugAndPlay = await knowsPlugAndPlay(run, { library, context });
  let reader: WatchedReader | undefined;
  while (!run.signal.aborted) {
    const names = await audible(run, library.listReaders(context), limits.callMs);
    if (!names.ok) return nameOf(names.error);
    run.failures = 0;
    const name = chooseReader(names.value, run.readerName);
    if (name !== reader?.name) reader = name === undefined ? undefined : { name, current: 0 };
    if (!reader)
      run.onSighting({ kind: 'absent', detail: run.readerName === undefined ? 'NoReader' : 'ReaderNotFound' });

    const watched = [...plugAndPlay, ...(reader ? [reader] : [])];
    if (watched.length === 0) {
      await sleep(run.clock, limits.lookMs, run.signal);
      continue;
    }
    const seen = await audible(run, library.getStatusChange(context, limits.lookMs, watched), 2 * limits.lookMs);
    if (!seen.ok) {
      const meaning = meaningOf(seen.error);
      if (meaning === 'service-lost') return nameOf(seen.error);
      if (meaning === 'timeout' && reader) report(run, reader);
      if (meaning !== 'timeout' && meaning !== 'cancelled') reader = await lose(run, nameOf(seen.error));
      continue;
    }
    for (const [index, { event }] of seen.value.entries()) watched[index]!.current = event & ~StateBits.changed;
    if (reader && reader.current & (StateBits.unknown | StateBits.unavailable)) reader = await lose(run, 'ReaderLost');
    else if (reader) report(run, reader);
  }
  return 'Stopped';
}

function report(run: Run, reader: WatchedReader): void {
  run.onSighting({ kind: 'reader', name: reader.name, event: reader.current });
}

/** The pause keeps a reader that is listed but broken from turning the watch into a busy loop. */
async function lose(run: Run, detail: string): Promise<undefined> {
  run.onSighting({ kind: 'absent', detail });
  await sleep(run.clock, limits.firstPauseMs, run.signal);
  return undefined;
}

async function knowsPlugAndPlay(run: Run, { library, context }: Open): Promise<WatchedReader[]> {
  const probe = library.getStatusChange(context, 0, [{ name: PLUG_AND_PLAY, current: 0 }]);
  const seen = await audible(run, probe, limits.callMs);
  const known = seen.ok ? !((seen.value[0]?.event ?? 0) & StateBits.unknown) : meaningOf(seen.error) === 'timeout';
  return known ? [{ name: PLUG_AND_PLAY, current: 0 }] : [];
}

/** Waits for the call however long it takes (its context may not be used meanwhile), but says when the service is mute. */
async function audible<T>(run: Run, call: Promise<T>, limitMs: number): Promise<T> {
  const done = await inTime(run.clock, call, limitMs);
  if (!done.late) return done.value;
  run.onSighting({ kind: 'service-down', detail: 'ServiceSilent' });
  return call;
}
