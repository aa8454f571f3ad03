import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Random } from '#backend/random.ts';

/** 256 random bits in hex, made once and kept in a file that only we may read. */
export async function keptSecret(path: string, random: Random): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(random(32).toString('hex'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(secret)) throw new Error(`${path} does not hold the secret it should`);
  return secret;
}
