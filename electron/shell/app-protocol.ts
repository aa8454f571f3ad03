import { readFile } from 'node:fs/promises';
import type { ShellElectron } from './electron.ts';
import { appScheme } from './policy/addresses.ts';
import { resolveAppPath } from './policy/app-files.ts';
import { appHeaders } from './policy/content-security.ts';

/** Makes the app's scheme an origin of its own with a secure context. Before Electron is ready, or it has no effect. */
export function registerAppScheme(protocol: ShellElectron['protocol']): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }]);
}

/** Serves the screens' files, and nothing else, under the app's scheme. */
export function serveApp(protocol: ShellElectron['protocol'], folder: string): void {
  protocol.handle(appScheme, (request) => answerTo(request, folder));
}

async function answerTo(request: Request, folder: string): Promise<Response> {
  const found = request.method === 'GET' ? resolveAppPath(folder, request.url) : undefined;
  if (found === undefined) return notFound();
  try {
    return new Response(new Uint8Array(await readFile(found.file)), { headers: appHeaders(found.contentType) });
  } catch {
    return notFound();
  }
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: appHeaders('text/plain; charset=utf-8') });
}
