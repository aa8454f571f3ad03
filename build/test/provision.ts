import { spawnSync } from 'node:child_process';
import type { SystemPart } from './system-parts.ts';

export interface Installer {
  /** Root, on a system with apt. */
  mayInstall: boolean;
  /** Runs a program to its end; true when it left with 0. */
  run: (program: string, args: readonly string[]) => boolean;
  say: (line: string) => void;
}

/**
 * Brings the missing system parts from Debian's packages where this user can, else says which command would.
 *
 * @returns the parts that are still missing
 */
export function provision(parts: readonly SystemPart[], installer: Installer): SystemPart[] {
  const missing = parts.filter((part) => !part.isPresent());
  if (missing.length === 0) return [];
  const packages = [...new Set(missing.map((part) => part.debianPackage))];
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  installer.say(`missing on this machine: ${missing.map((part) => part.name).join(', ')}`);
  if (!installer.mayInstall) {
    installer.say(`to have them, as root on Debian: apt-get update && apt-get ${install.join(' ')}`);
    return missing;
  }
  // An old package list is the usual reason for a failure, and no list at all in a fresh container.
  const done = installer.run('apt-get', ['update', '-q']) && installer.run('apt-get', ['-q', ...install]);
  if (!done) installer.say('apt-get could not bring them');
  return missing.filter((part) => !part.isPresent());
}

/** The machine itself: apt-get without questions. */
export function debianInstaller(): Installer {
  return {
    mayInstall: process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0,
    run: (program, args) =>
      spawnSync(program, args, {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0,
    say: (line) => console.log(line),
  };
}
