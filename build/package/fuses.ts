import type { Configuration } from 'electron-builder';

/**
 * What is burnt into the packaged program, so that no argument, environment variable or loose file turns a till's app
 * into something else. https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  onlyLoadAppFromAsar: true,
  enableEmbeddedAsarIntegrityValidation: true,
  grantFileProtocolExtraPrivileges: false,
  loadBrowserProcessSpecificV8Snapshot: false,
} as const satisfies Configuration['electronFuses'];

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * Reads the fuses of a program, in Electron's own order (version 1 of its fuse wire).
 *
 * @param program the bytes of Electron's program, or of the stand-in
 * @returns each fuse as '0' off, '1' on or 'r' removed; undefined where there is no wire
 */
export function fuseWireOf(program: Buffer): string | undefined {
  const at = program.indexOf(sentinel);
  if (at === -1) return undefined;
  const start = at + sentinel.length;
  const [version, length] = [program[start], program[start + 1]];
  return version === 1 && length !== undefined ? program.toString('latin1', start + 2, start + 2 + length) : undefined;
}

/** A fuse wire as a fresh Electron carries it, for a stand-in: eight fuses, run-as-node on. */
export function freshFuseWire(): Buffer {
  const states = '10111001';
  return Buffer.concat([Buffer.from(sentinel), Buffer.from([1, states.length]), Buffer.from(states)]);
}
