import { join } from 'node:path';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { invalidInputInterceptor } from './http/invalid-input.ts';
import { logFormat } from './http/log-format.ts';
import { openApiDocument } from './http/openapi.ts';
import { requestContext } from './http/request-context.ts';
import { serveScreens } from './http/screens.ts';
import { securityHeaders } from './http/security-headers.ts';
import { serveVerifyPage } from './http/verify-page.ts';
import { refusal, refused } from './refusal.ts';
import { centralRouter, type Desks } from './router.ts';

/** A full batch of 500 entries is under 1 MB. */
const bodyLimit = 4 * 1024 * 1024;

export type AppOptions = {
  /** Of the built screens, a folder each. */
  screensFolder: string;
  /** The page that checks tickets, and the server's public keys (SPKI, base64) that go into it. */
  verify: { folder: string; serverKeys: readonly string[] };
  /** Where log lines go, as JSON. */
  logTo: NodeJS.WritableStream;
  requestId: () => string;
};

/** The central server's web application; it listens nowhere by itself. */
export async function centralApp(desks: Desks, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    // One line for each answer, made below: the query of a request may hold a card's number or a person's name.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: options.requestId,
    logger: {
      ...logFormat(desks.clock),
      level: 'info',
      stream: options.logTo,
      redact: ['req.headers', 'password', 'token', 'code'],
    },
  });
  readBodies(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      ...securityHeaders,
      date: new Date(desks.clock.wallMs()).toUTCString(),
      'x-request-id': request.id,
    });
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?')[0];
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method: request.method, path, status: reply.statusCode, ms }, 'answered');
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(refused(refusal('NotFound')).toJSON()));
  app.setErrorHandler((cause: { statusCode?: number; code?: string }, request, reply) => {
    const status = cause.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: cause }, 'defect');
    const what = refused(refusal('InvalidRequest', { what: cause.code ?? 'request' })).toJSON();
    return reply.status(status).send(status >= 500 ? { code: 'INTERNAL_SERVER_ERROR', status } : { ...what, status });
  });

  const handler = new OpenAPIHandler(centralRouter(desks), { clientInterceptors: [invalidInputInterceptor] });
  const document = await openApiDocument(desks.version);
  app.get('/v1/openapi.json', () => document);
  app.all('/v1/*', async (request, reply) => {
    const { matched } = await handler.handle(request, reply, { context: requestContext(request) });
    if (!matched) reply.callNotFound();
  });
  for (const name of ['office', 'portal'] as const) await serveScreens(app, name, join(options.screensFolder, name));
  serveVerifyPage(app, options.verify.folder, options.verify.serverKeys);
  return app;
}

/** JSON only; its bytes are kept, for signatures and digests stand on them. */
function readBodies(app: FastifyInstance): void {
  app.decorateRequest('rawBody');
  app.addHook('onRequest', async (request) => {
    request.rawBody = Buffer.alloc(0);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400, code: 'json' }));
    }
  });
}
