import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Random } from '#backend/random.ts';

/**
 * 256 random bits in hex, made once and kept in a file that only we may read. Written aside and put into place whole: of two
 * servers that start at once both read the same secret, and neither half of it.
 */
export async function keptSecret(path: string, random: Random): Promise<string> {
  const kept = await readIfThere(path);
  const secret = (kept ?? (await makeSecret(path, random))).trim();
  if (!/^[0-9a-f]{64}$/.test(secret)) throw new Error(`${path} does not hold the secret it should`);
  return secret;
}

async function makeSecret(path: string, random: Random): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${random(6).toString('hex')}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(random(32).toString('hex'));
    await file.sync();
    await link(aside, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    await file.close();
    await rm(aside, { force: true });
  }
  return readFile(path, 'utf8');
}

const readIfThere = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
