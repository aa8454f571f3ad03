import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { err, ok } from '#contract/result/index.ts';
import type { SerialAddress } from '../address.ts';
import { endAtHangUp } from './hang-up.ts';
import type { Connect, Connection, LineFault } from './line.ts';

/**
 * serialport gives no error code when it fails to open, and a message is no thing to match on: ask the system why.
 * A port that may be opened and was not is held by another program. Windows names no file: the port is absent.
 */
async function whyNotOpen(path: string): Promise<LineFault> {
  if (!path.startsWith('/')) return { type: 'LineAbsent', code: null };
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return { type: 'LineForbidden', code: 'EBUSY' };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? null;
    return { type: code === 'EACCES' || code === 'EPERM' ? 'LineForbidden' : 'LineAbsent', code };
  }
}

function connectionOf(port: SerialPort): Connection {
  endAtHangUp(port);
  // Without a listener an error event would end the process; the close that follows it tells the same.
  port.on('error', () => port.isOpen && port.close());
  return {
    // Not drained: tcdrain(3) would hold a thread of the pool for as long as a printer stalls.
    write: (bytes) =>
      new Promise((resolve) => {
        if (!port.isOpen) return resolve(err({ type: 'LineAbsent', code: null }));
        const lost = () => resolve(err({ type: 'LineLost' }));
        port.once('close', lost);
        port.write(bytes, (failure) => {
          port.off('close', lost);
          resolve(failure ? err({ type: 'LineLost' }) : ok(undefined));
        });
      }),
    onData: (listener) => void port.on('data', listener),
    onEnd: (listener) => void port.once('close', listener),
    close: () =>
      new Promise((resolve) => {
        if (!port.isOpen) return resolve();
        port.flush(() => (port.isOpen ? port.close(() => resolve()) : resolve()));
      }),
  };
}

/** Opens a serial port, alone. RS232, USB adapters and pseudo-terminals alike. */
export const connectSerial =
  (address: SerialAddress): Connect =>
  () =>
    new Promise((resolve) => {
      const { path, baudRate, dataBits, parity, stopBits, flow } = address;
      const port = new SerialPort({
        ...{ path, baudRate, dataBits, parity, stopBits },
        ...{ rtscts: flow === 'rtscts', xon: flow === 'xonxoff', xoff: flow === 'xonxoff' },
        autoOpen: false,
      });
      port.open((failure) => {
        if (failure === null || failure === undefined) resolve(ok(connectionOf(port)));
        else void whyNotOpen(path).then((fault) => resolve(err(fault)));
      });
    });
