import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The office's built screens under /office/. They may be built, or built anew, while the server runs: files are looked up at
 * each request, and until there are any the address answers 404.
 */
export async function serveOfficeScreens(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/office/',
    index: ['index.html'],
    dotfiles: 'deny',
    suppressWarning: true,
    maxAge: 0,
  });
  app.get('/office', (_request, reply) => reply.redirect('/office/'));
}
