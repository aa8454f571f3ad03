import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The office's built screens under /office/. Without a build there are none, and the address says so with a 404. */
export async function serveOfficeScreens(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/office/',
    index: ['office.html', 'index.html'],
    dotfiles: 'deny',
    cacheControl: true,
    maxAge: 0,
  });
  app.get('/office', (_request, reply) => reply.redirect('/office/'));
}
