import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keptSecret } from './secret.ts';

it('is the same for all who ask at once, and later; for our eyes alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-secret-'));
  const path = join(folder, 'data', 'secret');
  const secrets = await Promise.all(Array.from({ length: 20 }, () => keptSecret(path, randomBytes)));
  expect(new Set([...secrets, await keptSecret(path, randomBytes)]).size).toBe(1);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'data'))).toEqual(['secret']);
  await rm(folder, { recursive: true });
});
