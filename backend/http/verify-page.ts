import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const keysTag = '<meta name="comptoir-server-keys" content="';

/** What stands inside the page's own script and style, as a policy names them (CSP Level 3, section 8.3). */
function hashesOf(page: string, tag: 'script' | 'style'): string {
  const found = page.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'));
  return [...found].map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`).join(' ');
}

/** The page runs what it was built with and nothing else; its service worker may fetch the page again, and that is all. */
const policyOf = (page: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashesOf(page, 'script')}`,
    `style-src ${hashesOf(page, 'style')}`,
    'img-src data:',
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The page that checks tickets, under /verify/: one file with the server's public keys in it, which a phone keeps and a person may
 * save. Looked up at each request, since it may be built while the server runs; until it is, the address answers 404.
 * @param serverKeys SPKI, base64: all that have ever certified a till of this network
 */
export function serveVerifyPage(app: FastifyInstance, folder: string, serverKeys: readonly string[]): void {
  const send = async (reply: FastifyReply, file: string, answer: (text: string) => FastifyReply) => {
    const text = await readFile(join(folder, file), 'utf8').catch(() => null);
    if (text === null) return reply.callNotFound();
    return answer(text).header('cache-control', 'no-cache');
  };
  app.get('/verify', (_request, reply) => reply.redirect('/verify/'));
  app.get('/verify/', (_request, reply) =>
    send(reply, 'index.html', (text) => {
      const page = text.replace(keysTag, () => keysTag + serverKeys.join(' '));
      return reply.type('text/html; charset=utf-8').header('content-security-policy', policyOf(page)).send(page);
    }),
  );
  app.get('/verify/service-worker.js', (_request, reply) =>
    send(reply, 'service-worker.js', (text) => reply.type('text/javascript; charset=utf-8').send(text)),
  );
}
