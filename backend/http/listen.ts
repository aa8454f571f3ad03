import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { err, ok, type Result } from '#contract/result/index.ts';

export type ListenError = { type: 'PortUnavailable'; host: string; port: number; why: string };

/**
 * Opens the door. With port 0 the server takes the port it had last time, so that the addresses people have kept go on working,
 * or any other when that one is taken.
 * @returns the address, `http://127.0.0.1:PORT`
 */
export async function listen(
  app: FastifyInstance,
  { folder, host, port }: { folder: string; host: string; port: number },
): Promise<Result<string, ListenError>> {
  const memory = join(folder, 'port');
  const last = port === 0 ? Number(await readFile(memory, 'utf8').catch(() => '0')) : port;
  const isPort = Number.isInteger(last) && last > 0 && last < 65_536;
  for (const candidate of isPort && port === 0 ? [last, 0] : [port]) {
    try {
      await app.listen({ host, port: candidate });
    } catch (cause) {
      const { code = 'unknown' } = cause as NodeJS.ErrnoException;
      if (candidate === last && port === 0 && code === 'EADDRINUSE') continue;
      if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL') {
        return err({ type: 'PortUnavailable', host, port: candidate, why: code });
      }
      throw cause;
    }
    const address = app.server.address() as AddressInfo;
    await writeFile(memory, String(address.port), { mode: 0o600 });
    return ok(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`);
  }
  return err({ type: 'PortUnavailable', host, port, why: 'EADDRINUSE' });
}
