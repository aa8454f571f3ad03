import path from 'node:path';
import { isAllowedNavigation } from './addresses.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface AppFile {
  /** Absolute. */
  file: string;
  contentType: string;
}

/**
 * The file that an address of the app's protocol stands for. A folder stands for its `index.html`.
 *
 * @param folder absolute, what the protocol serves
 * @returns undefined for an address outside the app, one that leads out of the folder by any spelling, or a kind of file the app has none of
 */
export function resolveAppPath(folder: string, url: string): AppFile | undefined {
  if (!isAllowedNavigation(url)) return undefined;
  const decoded = decode(new URL(url).pathname);
  // Encoded separators, drive letters and NUL have no place in a name we made; refusing them all is simpler than judging each.
  if (decoded === undefined || /[\\:\0]|\/\/|(^|\/)\.\.?(\/|$)/.test(decoded)) return undefined;
  const name = decoded.endsWith('/') ? `${decoded}index.html` : decoded;
  const file = path.join(folder, name);
  if (!file.startsWith(folder + path.sep)) return undefined;
  const contentType = contentTypes[path.extname(file)];
  return contentType === undefined ? undefined : { file, contentType };
}

function decode(pathname: string): string | undefined {
  if (/%2f/i.test(pathname)) return undefined;
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
