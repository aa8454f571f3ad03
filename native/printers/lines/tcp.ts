import { connect, type Socket } from 'node:net';
import { err, ok } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { TcpAddress } from '../address.ts';
import type { Connect, Connection } from './line.ts';

const CONNECT_TIMEOUT_MS = 3000;
const KEEP_ALIVE_AFTER_MS = 10_000;

function connectionOf(socket: Socket): Connection {
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(err({ type: 'LineAbsent', code: null }));
        const lost = () => resolve(err({ type: 'LineLost' }));
        socket.once('close', lost);
        socket.write(bytes, (failure) => {
          socket.off('close', lost);
          resolve(failure ? err({ type: 'LineLost' }) : ok(undefined));
        });
      }),
    onData: (listener) => void socket.on('data', listener),
    onEnd: (listener) => void socket.once('close', listener),
    close: () =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}

/** Opens a raw TCP stream, as network printers take on port 9100. A printer that hangs up is called again. */
export const connectTcp =
  (address: TcpAddress, clock: Pick<Clock, 'after'>): Connect =>
  () =>
    new Promise((resolve) => {
      const socket = connect({
        host: address.host,
        port: address.port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
      });
      const giveUp = (code: string | null) => {
        callOff();
        socket.destroy();
        resolve(err({ type: 'LineAbsent', code }));
      };
      const callOff = clock.after(CONNECT_TIMEOUT_MS, () => giveUp('ETIMEDOUT'));
      socket.on('end', () => socket.destroy());
      socket.on('error', (cause: NodeJS.ErrnoException) => giveUp(cause.code ?? null));
      socket.once('connect', () => {
        callOff();
        resolve(ok(connectionOf(socket)));
      });
    });
