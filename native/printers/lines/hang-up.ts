import { read as readFile } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readAsync = promisify(readFile);

/** What serialport's port is on Linux and macOS. */
type UnixPort = {
  readonly isOpen: boolean;
  readonly fd: number | null;
  readonly poller: { once(event: 'readable', callback: (failure: Error | null) => void): unknown };
  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
};

const nothingYet = (cause: unknown): boolean =>
  ['EAGAIN', 'EWOULDBLOCK', 'EINTR'].includes((cause as NodeJS.ErrnoException).code ?? '');

const closed = (): Error => Object.assign(new Error('closed'), { canceled: true });

/** The poller of a closed port is freed memory: asking it ends the process. */
const readable = (port: UnixPort): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!port.isOpen) return reject(closed());
    port.poller.once('readable', (failure) => (failure ? reject(failure) : resolve()));
  });

/** One read; `null` when nothing is there yet. */
async function readOnce(port: UnixPort, buffer: Buffer, offset: number, length: number): Promise<number | null> {
  if (!port.isOpen || port.fd === null) throw closed();
  try {
    const { bytesRead } = await readAsync(port.fd, buffer, offset, length, null);
    return bytesRead;
  } catch (cause) {
    if (nothingYet(cause)) return null;
    throw cause;
  }
}

/**
 * Makes a read of 0 bytes, which is how a hung-up terminal answers (termios(3), "Modem disconnect"), the end of the
 * connection. serialport 13 reads on for ever instead: unplugging an adapter would take the whole process with it
 * (github.com/serialport/bindings-cpp, issue 162). To be called before anyone listens for data; nothing on Windows.
 */
export function endAtHangUp(serialPort: SerialPort): void {
  const opened = serialPort.port;
  if (opened === undefined || !('poller' in opened)) return;
  const port: UnixPort = opened;
  port.read = async (buffer, offset, length) => {
    for (;;) {
      const bytesRead = await readOnce(port, buffer, offset, length);
      if (bytesRead === 0) throw new Error('hung up');
      if (bytesRead !== null) return { buffer, bytesRead };
      await readable(port);
    }
  };
}
