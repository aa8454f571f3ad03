import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { serveVerifyPage } from './verify-page.ts';

it('[N10] serves the ticket page with the server’s keys in it, under a policy that lets its own script run alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-verify-'));
  const app = fastify();
  serveVerifyPage(app, folder, ['MFkwOne=', 'MFkwTwo=']);
  expect((await app.inject('/verify/')).statusCode).toBe(404);
  const script = 'const a = 1;';
  await writeFile(
    join(folder, 'index.html'),
    `<meta name="comptoir-server-keys" content=""><style>p{}</style><script type="module">${script}</script>`,
  );
  await writeFile(join(folder, 'service-worker.js'), 'self;');
  const page = await app.inject('/verify/');
  expect(page.body).toContain('<meta name="comptoir-server-keys" content="MFkwOne= MFkwTwo=">');
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`);
  expect(policy).not.toContain('unsafe');
  const worker = await app.inject('/verify/service-worker.js');
  expect(worker.headers['content-type']).toContain('text/javascript');
  expect((await app.inject('/verify')).headers.location).toBe('/verify/');
  await app.close();
  await rm(folder, { recursive: true });
});
