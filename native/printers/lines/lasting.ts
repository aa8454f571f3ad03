import { err } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { ByteLine, Connect, Connection, LineFault, LineState } from './line.ts';
import { createListeners } from './listeners.ts';

/** Waits between attempts: doubled each time, up to the longest, and back to the first once open. */
export type BackOff = { firstMs: number; longestMs: number };

/** A device plugged back in is found again within this, without the system being asked all the time. */
export const LINE_BACK_OFF: BackOff = { firstMs: 250, longestMs: 4000 };

/**
 * A line that comes back by itself: opens at once, and again whenever the connection ends, until closed.
 * It never sends anything again: what was under way when a connection ended is the caller's to settle.
 */
export function lastingLine(connect: Connect, clock: Pick<Clock, 'after'>, backOff: BackOff = LINE_BACK_OFF): ByteLine {
  const data = createListeners<Uint8Array>();
  const states = createListeners<LineState>();
  let connection: Connection | null = null;
  let fault: LineFault | null = null;
  let closed = false;
  let waitMs = backOff.firstMs;
  let callOff = () => {};

  const tryLater = () => {
    callOff = clock.after(waitMs, () => void open());
    waitMs = Math.min(waitMs * 2, backOff.longestMs);
  };

  const ended = () => {
    connection = null;
    if (closed) return;
    fault = { type: 'LineLost' };
    tryLater();
    states.tell('absent');
  };

  const open = async () => {
    const opened = await connect();
    if (!opened.ok) {
      fault = opened.error;
      if (!closed) tryLater();
      return;
    }
    if (closed) return opened.value.close();
    connection = opened.value;
    fault = null;
    waitMs = backOff.firstMs;
    connection.onData(data.tell);
    connection.onEnd(ended);
    states.tell('open');
  };

  const opening = open();
  return {
    write: async (bytes) => connection?.write(bytes) ?? err(fault ?? { type: 'LineAbsent', code: null }),
    onData: data.add,
    state: () => (connection === null ? 'absent' : 'open'),
    fault: () => fault,
    onState: states.add,
    async renew() {
      await connection?.close();
    },
    async close() {
      if (closed) return;
      closed = true;
      callOff();
      await opening;
      await connection?.close();
      connection = null;
      states.tell('absent');
    },
  };
}
