/**
 * What the service is started with: everything after `--` on the app's own command line, with the platform's data
 * folder where none was named. Before `--` stand switches for Electron and Chromium, which the service never sees.
 *
 * @param argv the whole command line
 * @param userData Electron's folder for this app and user
 */
export function serviceArguments(argv: readonly string[], userData: string): string[] {
  const separator = argv.indexOf('--');
  const given = separator === -1 ? [] : argv.slice(separator + 1);
  return given.includes('--data') ? given : ['--data', userData, ...given];
}
