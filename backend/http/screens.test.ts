import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { serveScreens } from './screens.ts';

it('serves the screens as soon as they are built, and nothing beside them', async () => {
  const place = await mkdtemp(join(tmpdir(), 'comptoir-screens-'));
  const folder = join(place, 'office');
  const app = fastify();
  await serveScreens(app, 'office', folder);
  await serveScreens(app, 'portal', join(place, 'portal'));
  const get = async (url: string) => (await app.inject(url)).statusCode;
  expect(await get('/office/')).toBe(404);
  await mkdir(folder);
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, '.sources'), 'x');
  await writeFile(join(place, 'secret'), 'x');
  expect(await get('/office/')).toBe(200);
  expect(await get('/office/.sources')).toBe(403);
  expect(await get('/office/..%2fsecret')).not.toBe(200);
  expect((await app.inject('/office')).headers.location).toBe('/office/');
  expect((await app.inject('/portal?network=1')).headers.location).toBe('/portal/?network=1');
  await app.close();
  await rm(place, { recursive: true });
});
