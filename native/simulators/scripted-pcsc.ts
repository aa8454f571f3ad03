import type { Clock } from '#contract/time/index.ts';
import type { PcscLibrary } from '../pcsc/library.ts';

/** A system's PC/SC library where all goes well, but for what `script` replaces; `log` names the calls in order. */
export function scriptedPcsc(script: Partial<PcscLibrary>): { library: PcscLibrary; log: string[] } {
  const log: string[] = [];
  let contexts = 0;
  const well: PcscLibrary = {
    establishContext: async () => ({ ok: true, value: ++contexts }),
    releaseContext: async () => 0,
    isValidContext: async () => true,
    listReaders: async () => ({ ok: true, value: ['R 00 00'] }),
    getStatusChange: () => new Promise(() => {}),
    cancel: async () => 0,
    connect: async () => ({ ok: true, value: { card: 7, protocol: 2 } }),
    reconnect: async () => ({ ok: true, value: 2 }),
    disconnect: async () => 0,
    beginTransaction: async () => 0,
    endTransaction: async () => 0,
    status: async () => ({ ok: true, value: Uint8Array.of(0x3b, 0x00) }),
    newRoom: () => ({ command: Buffer.alloc(0), answer: Buffer.alloc(0), answerLength: Buffer.alloc(0) }),
    transmit: async () => ({ ok: true, value: Uint8Array.of(0x90, 0x00) }),
  };
  const library = new Proxy(
    { ...well, ...script },
    {
      get(target, name, receiver) {
        if (name !== 'newRoom') log.push(String(name));
        return Reflect.get(target, name, receiver);
      },
    },
  );
  return { library, log };
}

/** A clock that stands still until it is told to go on. */
export function handClock(): Clock & { advance(ms: number): Promise<void> } {
  let nowMs = 0;
  const tasks = new Set<{ atMs: number; task: () => void }>();
  /** Lets everything that is already decided happen. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs,
    bootId: 'hand',
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    async advance(ms) {
      await settle();
      const endMs = nowMs + ms;
      for (;;) {
        const next = [...tasks].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        tasks.delete(next);
        nowMs = next.atMs;
        next.task();
        await settle();
      }
      nowMs = endMs;
    },
  };
}
