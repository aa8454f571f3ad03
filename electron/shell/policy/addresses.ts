/** The app's own protocol: a scheme of its own gives the screens an origin that no web page can have. */
export const appScheme = 'app';
export const appHost = 'comptoir';
const appOrigin = `${appScheme}://${appHost}`;

/** The page that the till's window shows. */
export const tillUrl = `${appOrigin}/till/`;

/** Whether a frame of the app may go to this address: the app's own pages, and nothing else in the world. */
export function isAllowedNavigation(url: string): boolean {
  const parsed = parse(url);
  // A custom scheme's `origin` is 'null' outside Chromium, so its parts are compared.
  return parsed?.protocol === `${appScheme}:` && parsed.host === appHost && parsed.username === '';
}

/**
 * Whether a message to the main process comes from where it must: the top frame of a page of the app.
 *
 * @param frame the sender as Electron knows it; null when it has gone in the meantime
 */
export function isTrustedSender(frame: { url: string; parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && isAllowedNavigation(frame.url);
}

/**
 * The address to hand to the system's browser, or undefined when it may not be opened.
 * Only origins that the service named pass: the network's own server. In clear they pass on this machine alone.
 *
 * @param allowedOrigins such as `https://central.example`, or `http://127.0.0.1:4000` in a demonstration
 */
export function externalLink(url: string, allowedOrigins: readonly string[]): string | undefined {
  const parsed = parse(url);
  if (parsed === undefined || parsed.username !== '' || parsed.password !== '') return undefined;
  const isHere = parsed.hostname === '127.0.0.1' || parsed.hostname === 'localhost' || parsed.hostname === '[::1]';
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && isHere)) return undefined;
  return allowedOrigins.includes(parsed.origin) ? parsed.href : undefined;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
