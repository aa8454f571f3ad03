import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Built screens under /NAME/. They may be built, or built anew, while the server runs: files are looked up at each request, and until
 * there are any the address answers 404.
 */
export async function serveScreens(app: FastifyInstance, name: 'office' | 'portal', folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    prefix: `/${name}/`,
    index: ['index.html'],
    dotfiles: 'deny',
    suppressWarning: true,
    decorateReply: false,
    maxAge: 0,
  });
  app.get(`/${name}`, (request, reply) => {
    // What follows the name stays: a link may say which network it is of.
    const query = request.url.slice(name.length + 1);
    return reply.redirect(`/${name}/${query}`);
  });
}
