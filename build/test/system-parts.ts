import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/** A program or file of the operating system that tests on real parts lean on. */
export interface SystemPart {
  name: string;
  debianPackage: string;
  /** The projects of vitest.config.ts that need it. */
  neededBy: readonly Project[];
  isPresent: () => boolean;
}

export type Project = 'unit' | 'integration' | 'e2e';

export const systemParts: readonly SystemPart[] = [
  program('pcscd', 'pcscd', ['integration', 'e2e']),
  file('vpcd driver', 'vsmartcard-vpcd', '/usr/lib/pcsc/drivers/serial/libifdvpcd.so', ['integration', 'e2e']),
  program('unshare', 'util-linux', ['integration', 'e2e']),
  program('ip', 'iproute2', ['integration', 'e2e']),
  program('socat', 'socat', ['integration', 'e2e']),
  // An independent reader of DESFire cards, which judges the virtual card.
  program('mifare-desfire-info', 'libfreefare-bin', ['integration']),
  // Python's csv module reads our files.
  program('python3', 'python3', ['integration']),
  // With which a card and a reader that are none of ours reckon.
  file('python3-cryptography', 'python3-cryptography', '/usr/lib/python3/dist-packages/cryptography', ['integration']),
  program('strace', 'strace', ['integration']),
  program('chromium', 'chromium', ['e2e']),
  program('Xvfb', 'xvfb', ['e2e']),
];

function program(name: string, debianPackage: string, neededBy: readonly Project[]): SystemPart {
  return { name, debianPackage, neededBy, isPresent: () => isOnPath(name) };
}

function file(name: string, debianPackage: string, place: string, neededBy: readonly Project[]): SystemPart {
  return { name, debianPackage, neededBy, isPresent: () => existsSync(place) };
}

function isOnPath(name: string): boolean {
  // Daemons such as pcscd live in sbin, which a user's own PATH often lacks.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
